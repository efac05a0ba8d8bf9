using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// A building's month in the order of composition of rules.md section 14: building volumes, account volumes, days,
/// norms and averages, tariffs, amounts, raising factor, common needs or their negative, absence, acts, quality,
/// benefits, VAT, rounding.
/// </summary>
internal sealed class BuildingEvaluation
{
    private static readonly Service[] ByVolume =
        [Service.ColdWater, Service.HotWater, Service.Drainage, Service.Electricity, Service.Gas];

    private static readonly Service[] WithCommonNeeds = [Service.ColdWater, Service.HotWater, Service.Electricity];

    private readonly BuildingFacts _facts;
    private readonly MonthRules _month;
    private readonly List<ChargeLine> _lines = [];
    private readonly LineWriter _writer;
    private readonly BuildingVolumes _volumes;
    private readonly Dictionary<Service, CommonNeedsRule> _common;
    private readonly Heating _heating;
    private readonly VolumeLines _byVolume;
    private readonly AbsenceRule _absence;
    private readonly ActsRule _acts;
    private readonly QualityRule _quality;
    private readonly BenefitRule _benefits;

    private BuildingEvaluation(BuildingFacts facts, Rules rules, BillingPeriod period)
    {
        (_facts, _month) = (facts, rules.For(period));
        _writer = new(_month, facts.Currency, Passports.Of(facts.Building, period).HotWaterSystem, _lines);
        _volumes = new(facts, rules, _month);
        _common = WithCommonNeeds.ToDictionary(s => s, s => new CommonNeedsRule(facts, _volumes, _month, s));
        _heating = new(facts, rules, _volumes, _month, _writer);
        _byVolume = new(_volumes, _writer, _month);
        _absence = new(facts, _volumes, _month, _writer);
        _acts = new(facts, rules, _volumes, _month, _writer);
        _quality = new(facts, _volumes, _absence, _heating, _month, _writer);
        _benefits = new(facts, _volumes, _absence, _heating, _month, _writer);
    }

    public static EvaluatedBuilding Run(BuildingFacts facts, Rules rules, BillingPeriod period) =>
        new BuildingEvaluation(facts, rules, period).Run();

    private EvaluatedBuilding Run()
    {
        foreach (var account in _facts.Building.Accounts)
        {
            if (!People.Open(account, _month.Month).IsEmpty)
                Write(account);
        }

        var balances = _common.Values.Select(c => c.Balance(_lines)).OfType<ServiceBalance>();
        return new(_lines, [.. balances, .. HeatingBalance()]);
    }

    private void Write(AccountRecord account)
    {
        var first = _lines.Count;
        foreach (var service in ByVolume)
        {
            var needs = _common.GetValueOrDefault(service);
            _byVolume.Write(account, service, needs?.TakenOff(account));
            needs?.Write(account, _writer);
            _absence.Write(account, service);
        }

        GasPlan.WriteDistribution(account, _volumes.PremisesOf(account), _month, _writer);
        _heating.Write(account);
        _acts.Write(account);
        foreach (var service in ByVolume.Append(Service.Heating))
        {
            _quality.Write(account, service, first);
            _benefits.Write(account, service, _common.GetValueOrDefault(service)?.TakenOff(account)?.Value ?? Exact.Zero, first);
        }
    }

    private IEnumerable<ServiceBalance> HeatingBalance()
    {
        if (_heating.Volume is not { } volume)
            yield break;
        var billed = _lines.Where(l => l.Service == Service.Heating && l.Component == new Component(ComponentKind.Heat))
            .Aggregate(Exact.Zero, (sum, l) => sum + l.Quantity);
        yield return new(Service.Heating, volume, volume, Exact.Zero, Exact.Zero, Exact.Zero, Exact.Zero, billed);
    }
}

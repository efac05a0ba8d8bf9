using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// A building's month in the order of composition of rules.md section 14: building volumes, account volumes, days,
/// norms and averages, tariffs, amounts, raising factor, common needs or their negative, absence, VAT, rounding.
/// </summary>
internal static class BuildingEvaluation
{
    private static readonly Service[] ByVolume =
        [Service.ColdWater, Service.HotWater, Service.Drainage, Service.Electricity];

    private static readonly Service[] WithCommonNeeds = [Service.ColdWater, Service.HotWater, Service.Electricity];

    public static EvaluatedBuilding Run(BuildingFacts facts, Rules rules, BillingPeriod period)
    {
        var month = rules.For(period);
        var lines = new List<ChargeLine>();
        var writer = new LineWriter(month, facts.Currency, lines);
        var volumes = new BuildingVolumes(facts, rules, month);
        var system = Passports.Of(facts.Building, period).HotWaterSystem;
        var common = WithCommonNeeds.ToDictionary(s => s, s => new CommonNeedsRule(facts, volumes, month, s));
        var heating = new Heating(facts, rules, volumes, month, writer);
        var byVolume = new VolumeLines(volumes, writer, system);
        var absence = new AbsenceRule(month, writer, system);
        foreach (var account in facts.Building.Accounts)
        {
            if (People.Open(account, period).IsEmpty)
                continue;
            var absences = facts.Absences.GetValueOrDefault(account.Id) ?? [];
            foreach (var service in ByVolume)
            {
                var needs = common.GetValueOrDefault(service);
                byVolume.Write(account, service, needs?.TakenOff(account) ?? Exact.Zero);
                needs?.Write(account, writer, system);
                absence.Write(account, service, volumes.Segments(account, service), absences);
            }

            heating.Write(account);
        }

        var balances = common.Values.Select(c => c.Balance(lines)).OfType<ServiceBalance>();
        return new(lines, [.. balances, .. HeatingBalance(heating, lines)]);
    }

    private static IEnumerable<ServiceBalance> HeatingBalance(Heating heating, List<ChargeLine> lines)
    {
        if (heating.Volume is not { } volume)
            yield break;
        var billed = lines.Where(l => l.Service == Service.Heating && l.Component == new Component(ComponentKind.Heat))
            .Aggregate(Exact.Zero, (sum, l) => sum + l.Quantity);
        yield return new(Service.Heating, volume, volume, Exact.Zero, Exact.Zero, Exact.Zero, Exact.Zero, billed);
    }
}

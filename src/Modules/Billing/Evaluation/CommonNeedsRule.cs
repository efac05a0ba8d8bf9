using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>What is left of a building's volume after its rooms, of one service (p.40, 44, 47; rules.md 1.4, 18.16).</summary>
internal sealed class CommonNeedsRule
{
    private readonly BuildingFacts _facts;
    private readonly BuildingVolumes _volumes;
    private readonly MonthRules _month;
    private readonly CommonNeeds? _needs;
    private readonly Exact _commonArea;
    private readonly Exact _allRooms;
    private readonly Dictionary<AccountId, Fragment> _takenOff = [];
    private readonly Tape _tape = new();

    public CommonNeedsRule(BuildingFacts facts, BuildingVolumes volumes, MonthRules month, Service service)
    {
        (_facts, _volumes, _month, Service) = (facts, volumes, month, service);
        _needs = facts.Building.CommonNeeds.FirstOrDefault(n =>
            n.Service == service && n.From <= month.Month.FirstDay && (n.To is null || month.Month.FirstDay <= n.To));
        _commonArea = Passports.Of(facts.Building, month.Month).CommonArea.ToExact();
        _allRooms = facts.Building.Premises.Aggregate(
            Exact.Zero, (sum, p) => sum + Passports.Of(p, month.Month, 0).Area.ToExact());
        BuildingVolume = _needs is { Mode: CommonNeedsMode.Meter } ? BuildingMeters.VolumeOf(facts, service, month.Month) : null;
        if (_needs is null)
            return;
        Individual = facts.Building.Accounts.Aggregate(Exact.Zero, (sum, a) => sum + volumes.Volume(a, service))
            + volumes.CheckedVolume(service);
        if (BuildingVolume is { } volume && volume < Individual)
            TakeOff(volume);
    }

    public Service Service { get; }
    public Exact? BuildingVolume { get; }
    public Exact Individual { get; }

    private bool ByNorm => BuildingVolume is null;
    private string NormKey => "odn." + BuildingVolumes.NormKey(Service);

    /// <summary>p.47: the volume taken off the account, with how it was shared; null: none.</summary>
    public Fragment? TakenOff(AccountRecord account) => _takenOff.GetValueOrDefault(account.Id);

    public void Write(AccountRecord account, LineWriter writer)
    {
        if (_needs is null || (!ByNorm && BuildingVolume!.Value <= Individual))
            return;
        foreach (var component in VolumeLines.ComponentsOf(Service, _month).Where(c => c.Zone is null or Zone.Single))
        {
            var some = false;
            foreach (var served in People.Served(account, Service, _month.Month))
                some = writer.PutPriced(account, component, served, some, days => PutShare(account, writer, days));
            if (some)
            {
                writer.Close(
                    account, Service, new(ComponentKind.Common, VolumeLines.PartOf(component)),
                        Bases.Of(ByNorm ? Basis.Norm : Basis.BuildingShare), component.Unit,
                        ByNorm ? Formula.CommonByNorm : Formula.CommonByMeter);
            }
        }
    }

    /// <summary>The service's balance, null where there are no common needs, or their meter is silent.</summary>
    public ServiceBalance? Balance(IEnumerable<ChargeLine> lines)
    {
        if (_needs is null || (ByNorm && _needs.Mode == CommonNeedsMode.Meter))
            return null;
        var rest = BuildingVolume is { } volume ? volume - Individual : NormVolume();
        var common = ByNorm ? rest : Exact.Min(Exact.Max(rest, Exact.Zero), Cap());
        var over = Exact.Max(rest - common, Exact.Zero);
        var negative = _takenOff.Values.Aggregate(Exact.Zero, (sum, v) => sum + v.Value);
        var residual = rest.Sign < 0 ? rest + negative : Exact.Zero;
        var part = VolumeLines.PartOf(VolumeLines.ComponentsOf(Service, _month)[0]);
        var billed = lines.Where(l => l.Service == Service && l.Component == new Component(ComponentKind.Common, part))
            .Aggregate(Exact.Zero, (sum, l) => sum + l.Quantity);
        return new(Service, BuildingVolume, Individual, common, over, negative, residual, billed);
    }

    private Exact NormVolume() => _month.Mean(ParameterTable.Norm, NormKey) * _commonArea;

    private Exact Cap() => _needs!.Capped ? NormVolume() : BuildingVolume!.Value;

    /// <summary>The house's rest, at most the norm where p.44 caps it, by area and by the account's days.</summary>
    private void PutShare(AccountRecord account, LineWriter writer, Span days)
    {
        var tape = writer.Tape;
        if (!ByNorm)
            tape.In((int)Symbol.BuildingVolume, BuildingVolume!.Value).In((int)Symbol.IndividualVolume, Individual).Subtract();
        if (ByNorm || _needs!.Capped)
        {
            tape.In((int)Symbol.Norm, _month.Mean(ParameterTable.Norm, NormKey)).In((int)Symbol.CommonArea, _commonArea).Multiply();
            if (!ByNorm)
                tape.Min();
        }

        tape.Name((int)Symbol.HouseVolume)
            .In((int)Symbol.Area, Passports.Of(_volumes.PremisesOf(account), _month.Month, 0).Area).Multiply()
            .In((int)Symbol.AreaOfAllRooms, _allRooms).Divide();
        tape.Share(days, _month.Days);
    }

    /// <summary>
    /// Shares the surplus by the mean persons of the premises, at most its volume; on a premises with two accounts by
    /// their shares of its volume. What finds no volume is not carried on.
    /// </summary>
    private void TakeOff(Exact houseVolume)
    {
        var personDays = _facts.Building.Premises.ToDictionary(p => p.Id, p => _volumes.AccountsOf(p.Id)
            .Sum(a => People.PersonDaysOf(a, _month, People.Open(a, _month.Month))));
        var all = personDays.Values.Sum();
        if (all == 0)
            return;
        foreach (var premises in _facts.Building.Premises)
        {
            var accounts = _volumes.AccountsOf(premises.Id).ToList();
            var volume = accounts.Aggregate(Exact.Zero, (sum, a) => sum + _volumes.Volume(a, Service));
            if (personDays[premises.Id] == 0 || volume.Sign <= 0)
                continue;
            foreach (var account in accounts)
            {
                PutPart(houseVolume, personDays[premises.Id], all, volume);
                if (accounts.Count > 1)
                    _tape.In((int)Symbol.Volume, _volumes.Volume(account, Service)).Multiply().In((int)Symbol.Volume, volume).Divide();
                _takenOff[account.Id] = _tape.Name((int)Symbol.VolumeTakenOff).Cut();
            }
        }
    }

    /// <summary>The premises' part of the surplus by its persons, at most its volume.</summary>
    private void PutPart(Exact houseVolume, long personDays, long all, Exact volume)
    {
        _tape.In((int)Symbol.IndividualVolume, Individual).In((int)Symbol.BuildingVolume, houseVolume).Subtract()
            .Name((int)Symbol.Surplus)
            .In((int)Symbol.Residents, Exact.Fraction(personDays, _month.Days)).Multiply()
            .In((int)Symbol.AllResidents, Exact.Fraction(all, _month.Days)).Divide();
        if (_tape.Top > volume)
            _tape.In((int)Symbol.Volume, volume).Min();
    }
}

using Ochag.Foundation;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Intake;

/// <summary>Turns drafts of buildings into rows, ids reserved in ranges, and writes them table by table.</summary>
internal sealed class BuildingFill(OchagDb db, IBulkWriter bulk, Recorded recorded)
{
    private readonly List<BuildingPassportFact> _passports = [];
    private readonly List<CommonNeedsFact> _needs = [];
    private readonly List<Premises> _premises = [];
    private readonly List<PremisesPassportFact> _rooms = [];
    private readonly List<NormChoiceFact> _norms = [];
    private readonly List<GasSupplyFact> _gas = [];
    private readonly List<Account> _accounts = [];
    private readonly List<AccountTermFact> _terms = [];
    private readonly List<Holder> _holders = [];
    private readonly List<HolderShareFact> _shares = [];
    private readonly List<ResidentsFact> _residents = [];
    private readonly List<ConnectionFact> _connections = [];
    private readonly List<Meter> _meters = [];
    private readonly List<InstallationFact> _installations = [];
    private readonly List<VerificationFact> _verifications = [];
    private readonly List<MeterFailureFact> _failures = [];
    private readonly Dictionary<Type, long> _next = [];

    public async Task<IReadOnlyList<PlacedBuilding>> Write(IReadOnlyList<BuildingDraft> buildings, CancellationToken cancel)
    {
        await Reserve(buildings, cancel);
        var placed = buildings.Select(Place).ToList();
        await bulk.Write(db, _passports, cancel);
        await bulk.Write(db, _needs, cancel);
        await bulk.Write(db, _premises, cancel);
        await bulk.Write(db, _rooms, cancel);
        await bulk.Write(db, _norms, cancel);
        await bulk.Write(db, _gas, cancel);
        await bulk.Write(db, _accounts, cancel);
        await bulk.Write(db, _terms, cancel);
        await bulk.Write(db, _holders, cancel);
        await bulk.Write(db, _shares, cancel);
        await bulk.Write(db, _residents, cancel);
        await bulk.Write(db, _connections, cancel);
        await bulk.Write(db, _meters, cancel);
        await bulk.Write(db, _installations, cancel);
        await bulk.Write(db, _verifications, cancel);
        await bulk.Write(db, _failures, cancel);
        return placed;
    }

    private async Task Reserve(IReadOnlyList<BuildingDraft> buildings, CancellationToken cancel)
    {
        var premises = buildings.SelectMany(b => b.Premises).ToList();
        var accounts = premises.SelectMany(p => p.Accounts).ToList();
        var meters = buildings.SelectMany(b => b.Meters).Concat(premises.SelectMany(p => p.Meters)).ToList();
        await Take<BuildingPassportFact>(buildings.Sum(b => b.Passports.Count));
        await Take<CommonNeedsFact>(buildings.Sum(b => b.CommonNeeds.Count));
        await Take<Premises>(premises.Count);
        await Take<PremisesPassportFact>(premises.Sum(p => p.Passports.Count));
        await Take<NormChoiceFact>(premises.Sum(p => p.Norms.Count));
        await Take<GasSupplyFact>(premises.Sum(p => p.Gas.Count));
        await Take<Account>(accounts.Count);
        await Take<AccountTermFact>(accounts.Count);
        await Take<Holder>(accounts.Sum(a => a.Holders.Count));
        await Take<HolderShareFact>(accounts.Sum(a => a.Holders.Count));
        await Take<ResidentsFact>(accounts.Sum(a => a.Residents.Count));
        await Take<ConnectionFact>(accounts.Sum(a => a.Connections.Count));
        await Take<Meter>(meters.Count);
        await Take<InstallationFact>(meters.Count);
        await Take<VerificationFact>(meters.Sum(m => m.Verifications.Count));
        await Take<MeterFailureFact>(meters.Sum(m => m.Failures.Count));

        async Task Take<TRow>(int count) =>
            _next[typeof(TRow)] = count == 0 ? 0 : await db.ReserveIds<TRow>(count, cancel);
    }

    private long Next<TRow>() => _next[typeof(TRow)]++;

    private PlacedBuilding Place(BuildingDraft draft)
    {
        var meters = new List<(MeterDraft, MeterId, PremisesId?)>();
        var accounts = new List<(AccountDraft, AccountId, PremisesId)>();
        _passports.AddRange(draft.Passports.Select(passport => new BuildingPassportFact
        {
            Id = Next<BuildingPassportFact>(),
            BuildingId = draft.Building,
            CommonArea = passport.CommonArea,
            HotWaterSystem = passport.HotWaterSystem,
            ElectricitySources = (short)passport.ElectricitySources,
            HeatMeterPossible = passport.HeatMeterPossible,
            EffectiveFrom = passport.From,
            EffectiveTo = passport.To,
            Recorded = recorded,
        }));
        _needs.AddRange(draft.CommonNeeds.Select(needs => new CommonNeedsFact
        {
            Id = Next<CommonNeedsFact>(),
            BuildingId = draft.Building,
            Service = needs.Service,
            Mode = needs.Mode,
            Capped = needs.Capped,
            EffectiveFrom = needs.From,
            EffectiveTo = needs.To,
            Recorded = recorded,
        }));
        foreach (var meter in draft.Meters)
            meters.Add((meter, Place(meter, draft.Building, null), null));
        foreach (var premises in draft.Premises)
        {
            var id = Place(premises, draft.Building);
            foreach (var meter in premises.Meters)
                meters.Add((meter, Place(meter, draft.Building, id), id));
            foreach (var account in premises.Accounts)
                accounts.Add((account, Place(account, draft.Building, id), id));
        }

        return new(draft.Building, meters, accounts);
    }

    private PremisesId Place(PremisesDraft draft, BuildingId building)
    {
        var id = new PremisesId(Next<Premises>());
        _premises.Add(new() { Id = id, BuildingId = building, Number = draft.Number, SortKey = SearchKey.SortNumber(draft.Number) });
        _rooms.AddRange(draft.Passports.Select(passport => new PremisesPassportFact
        {
            Id = Next<PremisesPassportFact>(),
            PremisesId = id,
            Kind = passport.Kind,
            Area = passport.Area,
            OwnHeatSource = passport.OwnHeatSource,
            ColdMeterPossible = passport.ColdMeterPossible,
            HotMeterPossible = passport.HotMeterPossible,
            EffectiveFrom = passport.From,
            EffectiveTo = passport.To,
            Recorded = recorded,
        }));
        PlaceSupply(draft, id);
        return id;
    }

    private void PlaceSupply(PremisesDraft draft, PremisesId premises)
    {
        _norms.AddRange(draft.Norms.Select(norm => new NormChoiceFact
        {
            Id = Next<NormChoiceFact>(),
            PremisesId = premises,
            Service = norm.Service,
            Key = norm.Key,
            EffectiveFrom = norm.From,
            EffectiveTo = norm.To,
            Recorded = recorded,
        }));
        _gas.AddRange(draft.Gas.Select(gas => new GasSupplyFact
        {
            Id = Next<GasSupplyFact>(),
            PremisesId = premises,
            Group = gas.Group,
            YearVolume = gas.YearVolume,
            DistributionYearVolume = gas.DistributionYearVolume,
            EffectiveFrom = gas.From,
            EffectiveTo = gas.To,
            Recorded = recorded,
        }));
    }

    private MeterId Place(MeterDraft draft, BuildingId building, PremisesId? premises)
    {
        var id = new MeterId(Next<Meter>());
        _meters.Add(new()
        {
            Id = id,
            BuildingId = building,
            PremisesId = premises,
            Service = draft.Service,
            Serial = draft.Serial,
            Digits = (short)draft.Digits,
            Multiplier = draft.Multiplier,
            Zones = ZoneSet.Of(draft.Zones),
        });
        _installations.Add(new()
        {
            Id = Next<InstallationFact>(),
            MeterId = id,
            EffectiveFrom = draft.Installed,
            EffectiveTo = draft.Removed?.PlusDays(-1),
            Recorded = recorded,
        });
        _verifications.AddRange(draft.Verifications.Select(days => new VerificationFact
        {
            Id = Next<VerificationFact>(),
            MeterId = id,
            EffectiveFrom = days.From,
            EffectiveTo = days.To,
            Recorded = recorded,
        }));
        _failures.AddRange(draft.Failures.Select(days => new MeterFailureFact
        {
            Id = Next<MeterFailureFact>(),
            MeterId = id,
            EffectiveFrom = days.From,
            EffectiveTo = days.To,
            Recorded = recorded,
        }));
        return id;
    }

    private AccountId Place(AccountDraft draft, BuildingId building, PremisesId premises)
    {
        var id = new AccountId(Next<Account>());
        _accounts.Add(new() { Id = id, PremisesId = premises, BuildingId = building, Number = draft.Number });
        _terms.Add(new()
        {
            Id = Next<AccountTermFact>(),
            AccountId = id,
            HolderKind = draft.HolderKind,
            Owners = (short)draft.Owners,
            EffectiveFrom = draft.Opened,
            EffectiveTo = draft.Closed?.PlusDays(-1),
            Recorded = recorded,
        });
        foreach (var holder in draft.Holders)
            Place(holder, draft, id);
        _residents.AddRange(draft.Residents.Select(residents => new ResidentsFact
        {
            Id = Next<ResidentsFact>(),
            AccountId = id,
            Count = (short)residents.Count,
            Temporary = residents.Temporary,
            EffectiveFrom = residents.From,
            EffectiveTo = residents.To,
            Recorded = recorded,
        }));
        _connections.AddRange(draft.Connections.Select(connection => new ConnectionFact
        {
            Id = Next<ConnectionFact>(),
            AccountId = id,
            Service = connection.Service,
            EffectiveFrom = connection.From,
            EffectiveTo = connection.To,
            Recorded = recorded,
        }));
        return id;
    }

    private void Place(HolderDraft draft, AccountDraft account, AccountId id)
    {
        var holder = new HolderId(Next<Holder>());
        _holders.Add(new()
        {
            Id = holder,
            Kind = account.HolderKind,
            Name = draft.Name,
            NameKey = SearchKey.Fold(draft.Name),
            Phone = draft.Phone,
            Email = draft.Email,
        });
        _shares.Add(new()
        {
            Id = Next<HolderShareFact>(),
            AccountId = id,
            HolderId = holder,
            Numerator = draft.Numerator,
            Denominator = draft.Denominator,
            EffectiveFrom = account.Opened,
            Recorded = recorded,
        });
    }
}

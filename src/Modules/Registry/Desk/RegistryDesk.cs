using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

internal sealed class RegistryDesk(OchagDb db, AddressBook addresses, PeopleBook people, IClock clock) : IRegistryDesk
{
    /// <summary>Meters and accounts that others are asked about.</summary>
    private const int Asked = 500;

    public Task<DeskFindings> Search(string text, IReadOnlyCollection<TerritoryId> sight, int limit, CancellationToken cancel) =>
        Finder(sight, limit).Find(text, cancel);

    public async Task WarmUpSearch(CancellationToken cancel) =>
        await Finder(await db.Set<Territory>().Select(t => t.Id).ToListAsync(cancel), 1).WarmUp(cancel);

    public async Task<AccountCard?> FindAccount(
        AccountId account, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var seen = sight.ToArray();
        var found = await (
            from a in db.Set<Account>().AsNoTracking()
            join building in db.Set<Building>() on a.BuildingId equals building.Id
            join premises in db.Set<Premises>() on a.PremisesId equals premises.Id
            where a.Id == account && seen.Contains(building.TerritoryId)
            select new { a.Number, building.TerritoryId, a.BuildingId, building.Address, a.PremisesId, Flat = premises.Number })
            .FirstOrDefaultAsync(cancel);
        if (found is null)
            return null;
        var premisesId = found.PremisesId;
        var meters = await new MeterReader(db).Read(db.Set<Meter>().Where(m => m.PremisesId == premisesId), cancel);
        return new(
            account, found.Number, found.TerritoryId, found.BuildingId, found.Address, premisesId, found.Flat,
            await db.Set<AccountTermFact>().AsNoTracking().Known().Where(f => f.AccountId == account).OrderBy(f => f.EffectiveFrom)
                .Select(f => new AccountTerm(f.EffectiveFrom, f.EffectiveTo, f.HolderKind, f.Owners)).ToListAsync(cancel),
            await Holders(account, cancel),
            await db.Set<ResidentsFact>().AsNoTracking().Known().Where(f => f.AccountId == account).OrderBy(f => f.EffectiveFrom)
                .Select(f => new ResidentsLine(f.Id, f.EffectiveFrom, f.EffectiveTo, f.Count, f.Temporary,
                    new(f.Recorded.By, f.Recorded.At, f.Recorded.Evidence))).ToListAsync(cancel),
            await db.Set<ConnectionFact>().AsNoTracking().Known().Where(f => f.AccountId == account).OrderBy(f => f.Service)
                .Select(f => new Connection(f.Service, f.EffectiveFrom, f.EffectiveTo)).ToListAsync(cancel),
            await db.Set<PremisesPassportFact>().AsNoTracking().Known().Where(f => f.PremisesId == premisesId)
                .OrderByDescending(f => f.EffectiveFrom).Select(f => new PremisesPassport(
                    f.EffectiveFrom, f.EffectiveTo, f.Kind, f.Area, f.OwnHeatSource, f.ColdMeterPossible, f.HotMeterPossible)
                {
                    HeatedArea = f.HeatedArea, Rooms = f.Rooms,
                })
                .ToListAsync(cancel),
            [.. meters.SelectMany(m => m).OrderBy(m => m.Service).ThenBy(m => m.Serial, StringComparer.Ordinal)]);
    }

    public async Task<BuildingCard?> FindBuilding(
        BuildingId building, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var seen = sight.ToArray();
        var found = await db.Set<Building>().AsNoTracking()
            .FirstOrDefaultAsync(b => b.Id == building && seen.Contains(b.TerritoryId), cancel);
        if (found is null)
            return null;
        var passports = await db.Set<BuildingPassportFact>().AsNoTracking().Known().Where(f => f.BuildingId == building)
            .OrderByDescending(f => f.EffectiveFrom).ToListAsync(cancel);
        var needs = await db.Set<CommonNeedsFact>().AsNoTracking().Known().Where(f => f.BuildingId == building)
            .OrderBy(f => f.Service).ToListAsync(cancel);
        var meters = await new MeterReader(db).Read(
            db.Set<Meter>().Where(m => m.BuildingId == building && m.PremisesId == null), cancel);
        return new(
            building, found.TerritoryId, found.Address, found.YearBuilt, found.Floors, found.FlatsDeclared, found.Doubt,
            [.. passports.Select(p => (
                new BuildingPassport(
                    p.EffectiveFrom, p.EffectiveTo, p.CommonArea, p.HotWaterSystem, p.ElectricitySources, p.HeatMeterPossible),
                new FactOrigin(p.Recorded.By, p.Recorded.At, p.Recorded.Evidence)))],
            [.. needs.Select(n => new CommonNeeds(n.EffectiveFrom, n.EffectiveTo, n.Service, n.Mode, n.Capped))],
            [.. meters.SelectMany(m => m).OrderBy(m => m.Service).ThenBy(m => m.Serial, StringComparer.Ordinal)],
            await Premises(building, cancel));
    }

    public async Task<IReadOnlyDictionary<BuildingId, string>> AddressesOf(
        IReadOnlyCollection<BuildingId> buildings, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var (ids, seen) = (buildings.ToArray(), sight.ToArray());
        return await db.Set<Building>().AsNoTracking().Where(b => ids.Contains(b.Id) && seen.Contains(b.TerritoryId))
            .ToDictionaryAsync(b => b.Id, b => b.Address, cancel);
    }

    public async Task<IReadOnlyDictionary<AccountId, AccountLabel>> LabelsOf(
        IReadOnlyCollection<AccountId> accounts, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        // One table after another, each by its key: joined, a database may walk all houses for each of a thousand accounts.
        var ids = accounts.ToArray();
        var found = await db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Number, a.BuildingId, a.PremisesId }).ToListAsync(cancel);
        var streets = await AddressesOf([.. found.Select(a => a.BuildingId).Distinct()], sight, cancel);
        var rooms = found.Select(a => a.PremisesId).Distinct().ToArray();
        var numbers = await db.Set<Premises>().AsNoTracking().Where(p => rooms.Contains(p.Id))
            .ToDictionaryAsync(p => p.Id, p => p.Number, cancel);
        return found.Where(a => streets.ContainsKey(a.BuildingId)).ToDictionary(
            a => a.Id, a => new AccountLabel(a.Number, a.BuildingId, streets[a.BuildingId], numbers[a.PremisesId]));
    }

    public async Task<IReadOnlyList<(BuildingId Building, TerritoryId Territory, string ExternalId)>> FindByExternalIds(
        IReadOnlyCollection<string> ids, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var (named, seen) = (ids.ToArray(), sight.ToArray());
        var rows = await db.Set<Building>().AsNoTracking()
            .Where(b => seen.Contains(b.TerritoryId) && b.ExternalId != null && named.Contains(b.ExternalId))
            .OrderBy(b => b.Id).Select(b => new { b.Id, b.TerritoryId, b.ExternalId }).ToListAsync(cancel);
        return [.. rows.Select(r => (r.Id, r.TerritoryId, r.ExternalId!))];
    }

    public async Task<TerritoryCounts> Count(TerritoryId territory, CancellationToken cancel)
    {
        var buildings = db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory);
        return new(
            await buildings.CountAsync(cancel),
            await buildings.CountAsync(b => !db.Set<Premises>().Any(p => p.BuildingId == b.Id), cancel));
    }

    public Task<int> CountAccounts(TerritoryId territory, CancellationToken cancel) =>
        db.Set<Building>().Where(b => b.TerritoryId == territory)
            .Join(db.Set<Account>(), b => b.Id, a => a.BuildingId, (_, a) => a).CountAsync(cancel);

    public async Task<EnteredCounts> CountEntered(TerritoryId territory, int most, CancellationToken cancel)
    {
        var houses = db.Set<Building>().Where(b => b.TerritoryId == territory);
        var accounts = houses.Join(db.Set<Account>(), b => b.Id, a => a.BuildingId, (_, a) => a);
        var meters = houses.Join(db.Set<Meter>(), b => b.Id, m => m.BuildingId, (_, m) => m);
        // Ordered as the index is: what is cut off is cut off without a sort.
        return new(
            await houses.Join(db.Set<Premises>(), b => b.Id, p => p.BuildingId, (_, p) => p).Take(most).CountAsync(cancel),
            await accounts.Join(db.Set<HolderShareFact>().Known(), a => a.Id, s => s.AccountId, (_, s) => s).Take(most).CountAsync(cancel),
            await accounts.Join(db.Set<ResidentsFact>().Known(), a => a.Id, r => r.AccountId, (_, r) => r).Take(most).CountAsync(cancel),
            await accounts.Join(db.Set<ConnectionFact>().Known(), a => a.Id, c => c.AccountId, (_, c) => c).Take(most).CountAsync(cancel),
            await meters.Take(most).CountAsync(cancel),
            await meters.OrderBy(m => m.BuildingId).Select(m => m.Id).Take(Asked).ToListAsync(cancel),
            await accounts.OrderBy(a => a.BuildingId).Select(a => a.Id).Take(Asked).ToListAsync(cancel));
    }

    private Finder Finder(IReadOnlyCollection<TerritoryId> sight, int limit)
    {
        TerritoryId[] seen = [.. sight];
        var found = new FoundAccounts(db, clock.GetCurrentInstant().InUtc().Date, seen, Math.Clamp(limit, 1, DeskLimits.Hits));
        return new(db, addresses, people, found, seen);
    }

    private async Task<List<HolderLine>> Holders(AccountId account, CancellationToken cancel) => await (
        from share in db.Set<HolderShareFact>().AsNoTracking().Known()
        join holder in db.Set<Holder>() on share.HolderId equals holder.Id
        where share.AccountId == account
        orderby share.EffectiveFrom descending, share.Id
        select new HolderLine(
            holder.Id, holder.Kind, holder.Name, holder.Phone, holder.Email, share.EffectiveFrom, share.EffectiveTo, share.Numerator,
            share.Denominator)).ToListAsync(cancel);

    private async Task<IReadOnlyList<PremisesLine>> Premises(BuildingId building, CancellationToken cancel)
    {
        var rooms = await db.Set<Premises>().AsNoTracking().Where(p => p.BuildingId == building)
            .OrderBy(p => p.SortKey).ThenBy(p => p.Id).ToListAsync(cancel);
        var passports = (await (
            from fact in db.Set<PremisesPassportFact>().AsNoTracking().Known()
            join room in db.Set<Premises>() on fact.PremisesId equals room.Id
            where room.BuildingId == building
            orderby fact.EffectiveFrom
            select new { fact.PremisesId, fact.Kind, fact.Area }).ToListAsync(cancel)).ToLookup(p => p.PremisesId);
        var accounts = (await db.Set<Account>().AsNoTracking().Where(a => a.BuildingId == building).OrderBy(a => a.Number)
            .ToListAsync(cancel)).ToLookup(a => a.PremisesId);
        var names = await FoundAccounts.NamesOf(db, [.. accounts.SelectMany(a => a).Select(a => a.Id)], cancel);
        return [.. rooms.SelectMany(room => accounts[room.Id].DefaultIfEmpty().Select(account => new PremisesLine(
            room.Id,
            room.Number,
            room.SortKey,
            passports[room.Id].LastOrDefault()?.Kind ?? PremisesKind.Living,
            passports[room.Id].LastOrDefault()?.Area ?? default,
            account?.Id,
            account?.Number,
            account is null ? null : names.GetValueOrDefault(account.Id))))];
    }
}

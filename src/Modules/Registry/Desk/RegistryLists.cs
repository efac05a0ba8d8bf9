using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

internal sealed class RegistryLists(OchagDb db) : IRegistryLists
{
    public async Task<Slice<BuildingLine>> ListBuildings(
        IReadOnlyCollection<TerritoryId> sight, BuildingId after, int limit, CancellationToken cancel)
    {
        var seen = sight.ToArray();
        var rows = await db.Set<Building>().AsNoTracking().Where(b => seen.Contains(b.TerritoryId) && b.Id > after)
            .OrderBy(b => b.Id).Take(limit + 1).ToListAsync(cancel);
        return Cut([.. rows.Select(Line)], limit);
    }

    public async Task<BuildingLine?> FindBuilding(
        BuildingId building, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var seen = sight.ToArray();
        return await db.Set<Building>().AsNoTracking()
            .FirstOrDefaultAsync(b => b.Id == building && seen.Contains(b.TerritoryId), cancel) is { } found
                ? Line(found)
                : null;
    }

    public async Task<Slice<RoomLine>> ListPremises(BuildingId building, PremisesId after, int limit, CancellationToken cancel)
    {
        var rooms = await db.Set<Premises>().AsNoTracking().Where(p => p.BuildingId == building && p.Id > after)
            .OrderBy(p => p.Id).Take(limit + 1).ToListAsync(cancel);
        var ids = rooms.Select(r => r.Id).ToArray();
        var passports = (await db.Set<PremisesPassportFact>().AsNoTracking().Known().Where(f => ids.Contains(f.PremisesId))
            .OrderBy(f => f.EffectiveFrom).ToListAsync(cancel)).ToLookup(f => f.PremisesId);
        return Cut(
            [.. rooms.Select(r => new RoomLine(r.Id, r.BuildingId, r.Number, passports[r.Id].LastOrDefault() is { } p
                ? new(p.EffectiveFrom, p.EffectiveTo, p.Kind, p.Area, p.OwnHeatSource, p.ColdMeterPossible, p.HotMeterPossible)
                : null))],
            limit);
    }

    public async Task<Slice<AccountLine>> ListAccounts(
        AccountFilter filter, IReadOnlyCollection<TerritoryId> sight, AccountId after, int limit, CancellationToken cancel)
    {
        var (seen, wished, number) = (sight.ToArray(), filter.Building, filter.Number);
        var rows = await (
            from account in db.Set<Account>().AsNoTracking()
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
            where account.Id > after && seen.Contains(building.TerritoryId)
                && (wished == null || account.BuildingId == wished) && (number == null || account.Number == number)
            orderby account.Id
            select new { account, building.TerritoryId, premises.Number }).Take(limit + 1).ToListAsync(cancel);
        var ids = rows.Select(r => r.account.Id).ToArray();
        var terms = (await db.Set<AccountTermFact>().AsNoTracking().Known().Where(f => ids.Contains(f.AccountId))
            .OrderBy(f => f.EffectiveFrom).ToListAsync(cancel)).ToLookup(f => f.AccountId);
        return Cut(
            [.. rows.Select(r => new AccountLine(
                r.account.Id, r.account.Number, r.TerritoryId, r.account.BuildingId, r.account.PremisesId, r.Number,
                terms[r.account.Id].FirstOrDefault()?.EffectiveFrom, terms[r.account.Id].LastOrDefault()?.EffectiveTo))],
            limit);
    }

    public async Task<IReadOnlyDictionary<MeterId, (MeterPlace Place, TerritoryId Territory)>> FindMeters(
        IReadOnlyCollection<MeterId> meters, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel)
    {
        var (ids, seen) = (meters.Distinct().ToArray(), sight.ToArray());
        var rows = await (
            from meter in db.Set<Meter>().AsNoTracking()
            join building in db.Set<Building>() on meter.BuildingId equals building.Id
            where ids.Contains(meter.Id) && seen.Contains(building.TerritoryId)
            select new { meter, building.TerritoryId }).ToListAsync(cancel);
        return rows.ToDictionary(
            r => r.meter.Id,
            r => (new MeterPlace(
                r.meter.Id, r.meter.Serial, r.meter.Service, r.meter.Digits, ZoneSet.List(r.meter.Zones), r.meter.BuildingId,
                r.meter.PremisesId), r.TerritoryId));
    }

    private static BuildingLine Line(Building b) =>
        new(b.Id, b.TerritoryId, b.Address, b.ExternalId, b.YearBuilt, b.Floors, b.FlatsDeclared);

    /// <summary>One more than asked was read: it only tells that there is one.</summary>
    private static Slice<T> Cut<T>(IReadOnlyList<T> read, int limit) =>
        read.Count > limit ? new([.. read.Take(limit)], true) : new(read, false);
}

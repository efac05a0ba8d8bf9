using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Buildings;

internal sealed class Registry(OchagDb db) : IRegistry
{
    public async Task<IReadOnlyList<TerritoryRecord>> ListTerritories(CancellationToken cancel) =>
        [.. (await db.Set<Territory>().AsNoTracking().OrderBy(t => t.Name).ToListAsync(cancel)).Select(Record)];

    public async Task<Outcome<TerritoryRecord>> FindTerritory(string code, CancellationToken cancel) =>
        await db.Set<Territory>().AsNoTracking().FirstOrDefaultAsync(t => t.Code == code, cancel) is { } territory
            ? Record(territory)
            : new Refusal("registry.territory-unknown", ("territory", code));

    public async Task<IReadOnlyList<string>> SuppliersOf(TerritoryId territory, CancellationToken cancel) =>
        await db.Set<Supplier>().AsNoTracking().Where(s => s.TerritoryId == territory).OrderBy(s => s.Id).Select(s => s.Name)
            .ToListAsync(cancel);

    public async Task<IReadOnlyList<BuildingId>> ListBuildings(TerritoryId territory, CancellationToken cancel) =>
        await db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory)
            .OrderBy(b => b.Id).Select(b => b.Id).ToListAsync(cancel);

    public async Task<IReadOnlyList<InhabitedBuilding>> ListInhabited(TerritoryId territory, CancellationToken cancel)
    {
        var counts = await (
            from account in db.Set<Account>().AsNoTracking()
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            where building.TerritoryId == territory
            group account by building.Id into g
            select new { g.Key, Count = g.Count() }).ToListAsync(cancel);
        return [.. counts.OrderBy(c => c.Key.Value).Select(c => new InhabitedBuilding(c.Key, c.Count))];
    }

    /// <summary>
    /// A backup of an earlier program is counted before it is brought up to this one: so by columns of the first release alone,
    /// and without the filter of merged houses, which have no accounts anyway.
    /// </summary>
    public async Task<IReadOnlyDictionary<TerritoryId, int>> CountAccounts(CancellationToken cancel) => await (
        from account in db.Set<Account>().AsNoTracking()
        join building in db.Set<Building>().IgnoreQueryFilters() on account.BuildingId equals building.Id
        group account by building.TerritoryId into g
        select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    public async Task<IReadOnlyList<BuildingRecord>> ReadBuildings(
        IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel)
    {
        var ids = buildings.ToArray();
        var passports = (await db.Set<BuildingPassportFact>().AsNoTracking().Known(db.AsOf).Where(p => ids.Contains(p.BuildingId))
            .ToListAsync(cancel)).ToLookup(p => p.BuildingId);
        var needs = (await db.Set<CommonNeedsFact>().AsNoTracking().Known(db.AsOf).Where(n => ids.Contains(n.BuildingId))
            .ToListAsync(cancel)).ToLookup(n => n.BuildingId);
        var meters = await new MeterReader(db).Read(ids, cancel);
        var premises = await ReadPremises(ids, meters, cancel);
        var accounts = await new AccountReader(db).Read(ids, cancel);
        return [.. buildings.Where(passports.Contains).Select(id => new BuildingRecord(
            id,
            [.. passports[id].OrderBy(p => p.EffectiveFrom).Select(p => new BuildingPassport(
                p.EffectiveFrom, p.EffectiveTo, p.CommonArea, p.HotWaterSystem, p.ElectricitySources, p.HeatMeterPossible))],
            [.. needs[id].Select(n => new CommonNeeds(n.EffectiveFrom, n.EffectiveTo, n.Service, n.Mode, n.Capped))],
            [.. premises[id]],
            [.. accounts[id]],
            [.. meters[(id, null)]]))];
    }

    public async Task<IReadOnlyDictionary<string, AccountPlace>> FindAccounts(
        TerritoryId territory, IEnumerable<string> numbers, CancellationToken cancel)
    {
        var asked = numbers.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        return await (
            from account in db.Set<Account>().AsNoTracking()
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            where asked.Contains(account.Number)
            select new { account.Id, account.Number, account.PremisesId, account.BuildingId, building.TerritoryId })
            .ToDictionaryAsync(
                a => a.Number,
                a => new AccountPlace(a.Id, a.PremisesId, a.BuildingId, a.TerritoryId != territory),
                StringComparer.Ordinal,
                cancel);
    }

    public async Task<ILookup<string, MeterPlace>> FindMeters(
        TerritoryId territory, IEnumerable<string> serials, CancellationToken cancel)
    {
        var asked = serials.Where(n => n.Length > 0).Distinct(StringComparer.Ordinal).ToArray();
        var rows = await (
            from meter in db.Set<Meter>().AsNoTracking()
            join building in db.Set<Building>() on meter.BuildingId equals building.Id
            where asked.Contains(meter.Serial) && building.TerritoryId == territory
            select meter).ToListAsync(cancel);
        return rows.ToLookup(m => m.Serial, m => new MeterPlace(
            m.Id, m.Serial, m.Service, m.Digits, ZoneSet.List(m.Zones), m.BuildingId, m.PremisesId), StringComparer.Ordinal);
    }

    private async Task<ILookup<BuildingId, PremisesRecord>> ReadPremises(
        BuildingId[] ids, ILookup<(BuildingId, PremisesId?), MeterRecord> meters, CancellationToken cancel)
    {
        var passports = (await Of<PremisesPassportFact>(ids, f => f.PremisesId).Select(f => new
        {
            f.PremisesId, f.EffectiveFrom, f.EffectiveTo, f.Kind, f.Area, f.OwnHeatSource, f.ColdMeterPossible, f.HotMeterPossible,
        }).ToListAsync(cancel)).ToLookup(f => f.PremisesId);
        var norms = (await Of<NormChoiceFact>(ids, f => f.PremisesId).ToListAsync(cancel)).ToLookup(f => f.PremisesId);
        var gas = (await Of<GasSupplyFact>(ids, f => f.PremisesId).ToListAsync(cancel)).ToLookup(f => f.PremisesId);
        var rooms = await db.Set<Premises>().AsNoTracking().Where(p => ids.Contains(p.BuildingId))
            .OrderBy(p => p.SortKey).ThenBy(p => p.Id).Select(p => new { p.Id, p.BuildingId }).ToListAsync(cancel);
        if (db.AsOf is not null)
            rooms.RemoveAll(r => !passports.Contains(r.Id)); // nobody knew of it yet
        return rooms.ToLookup(r => r.BuildingId, r => new PremisesRecord(
            r.Id,
            [.. passports[r.Id].OrderBy(p => p.EffectiveFrom).Select(p => new PremisesPassport(
                p.EffectiveFrom, p.EffectiveTo, p.Kind, p.Area, p.OwnHeatSource, p.ColdMeterPossible, p.HotMeterPossible))],
            [.. meters[(r.BuildingId, r.Id)]])
        {
            Norms = [.. norms[r.Id].OrderBy(n => n.Id).Select(n => new NormChoice(n.EffectiveFrom, n.EffectiveTo, n.Service, n.Key))],
            Gas = [.. gas[r.Id].OrderBy(g => g.EffectiveFrom).Select(g => new GasSupply(
                g.EffectiveFrom, g.EffectiveTo, g.Group, g.YearVolume, g.DistributionYearVolume))],
        });
    }

    private IQueryable<TFact> Of<TFact>(BuildingId[] ids, Expression<Func<TFact, PremisesId>> premisesOf)
        where TFact : Fact => db.Set<TFact>().AsNoTracking().Known(db.AsOf)
            .Join(db.Set<Premises>().Where(p => ids.Contains(p.BuildingId)), premisesOf, p => p.Id, (fact, _) => fact);

    private static TerritoryRecord Record(Territory territory) => new(
        territory.Id,
        territory.Code,
        territory.Name,
        DateTimeZoneProviders.Tzdb[territory.TimeZone],
        territory.RulePack,
        territory.Currency,
        territory.BilledSince);
}

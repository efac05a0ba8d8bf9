using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Intake;

internal sealed class RegistryIntake(OchagDb db, IBulkWriter bulk, IRegistry registry, IClock clock) : IRegistryIntake
{
    public async Task<Outcome<TerritoryRecord>> AddTerritory(TerritoryDraft draft, CancellationToken cancel)
    {
        if (TerritoryRules.Refuse(draft) is { } refusal)
            return refusal;
        if (await db.Set<Territory>().AnyAsync(t => t.Code == draft.Code, cancel))
            return new Refusal("registry.territory-exists", ("territory", draft.Code));
        var id = new TerritoryId(await db.ReserveIds<Territory>(1, cancel));
        db.Add(new Territory
        {
            Id = id,
            Code = draft.Code,
            Name = draft.Name,
            TimeZone = draft.TimeZone,
            RulePack = draft.RulePack,
            Currency = draft.Currency,
            BilledSince = draft.BilledSince,
        });
        db.Add(new Supplier { Id = new(await db.ReserveIds<Supplier>(1, cancel)), TerritoryId = id, Name = draft.Supplier });
        await db.SaveChangesAsync(cancel);
        return await registry.FindTerritory(draft.Code, cancel);
    }

    public async Task<IReadOnlyList<BuildingId>> AddHouses(
        TerritoryId territory, IReadOnlyList<HouseDraft> houses, CancellationToken cancel)
    {
        if (houses.Count == 0)
            return [];
        var known = await Known(territory, cancel);
        var added = houses.Where(h => h.ExternalId is null || !known.Contains(h.ExternalId)).ToList();
        var first = await db.ReserveIds<Building>(Math.Max(1, added.Count), cancel);
        var rows = added.Select((house, i) => Row(territory, new(first + i), house)).ToList();
        await bulk.Write(db, rows, cancel);
        return [.. rows.Select(r => r.Id)];
    }

    public async Task<IReadOnlyList<HouseRecord>> ListEmptyHouses(TerritoryId territory, CancellationToken cancel) =>
        await db.Set<Building>().AsNoTracking()
            .Where(b => b.TerritoryId == territory && b.FlatsDeclared > 0 && !db.Set<Premises>().Any(p => p.BuildingId == b.Id))
            .OrderBy(b => b.Id)
            .Select(b => new HouseRecord(b.Id, b.Address, b.YearBuilt, b.Floors, b.FlatsDeclared, b.LivingArea, b.CommonArea))
            .ToListAsync(cancel);

    public Task<IReadOnlyList<PlacedBuilding>> Fill(
        IReadOnlyList<BuildingDraft> buildings, string by, string evidence, CancellationToken cancel) =>
        new BuildingFill(db, bulk, new(clock.GetCurrentInstant(), by, evidence)).Write(buildings, cancel);

    private async Task<HashSet<string>> Known(TerritoryId territory, CancellationToken cancel) =>
        await db.Set<Building>().IgnoreQueryFilters().AsNoTracking().Where(b => b.TerritoryId == territory && b.ExternalId != null)
            .Select(b => b.ExternalId!).ToHashSetAsync(StringComparer.Ordinal, cancel);

    private static Building Row(TerritoryId territory, BuildingId id, HouseDraft house) => new()
    {
        Id = id,
        TerritoryId = territory,
        Address = house.Address,
        AddressKey = SearchKey.Fold(house.Address),
        ExternalId = house.ExternalId,
        YearBuilt = house.YearBuilt,
        Floors = house.Floors,
        LatitudeMicro = house.LatitudeMicro,
        LongitudeMicro = house.LongitudeMicro,
        FlatsDeclared = house.Flats,
        LivingArea = house.LivingArea,
        CommonArea = house.CommonArea,
        Doubt = house.Doubt,
    };
}

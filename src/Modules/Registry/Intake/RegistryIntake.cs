using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Intake;

internal sealed class RegistryIntake(OchagDb db, IBulkWriter bulk, IRegistry registry, IClock clock) : IRegistryIntake
{
    private const int RefusalsShown = 10_000;

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

    public async Task<Outcome<ImportReport>> ImportHouses(
        TerritoryId territory, string file, int? limitRows, CancellationToken cancel)
    {
        if (!File.Exists(file))
            return new Refusal("registry.file-not-found", ("file", file));
        try
        {
            using var table = DelimitedTable.Open(file);
            if (HouseRegister.MissingColumns(table) is { Count: > 0 } missing)
                return new Refusal("registry.register-layout-unknown", ("file", file), ("missing columns", string.Join(", ", missing)));
            var rows = HouseRegister.Read(table).Take(limitRows ?? int.MaxValue).ToList();
            var houses = rows.Where(r => r.House is not null).Select(r => r.House!).ToList();
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            var known = await Known(territory, cancel);
            await AddHouses(territory, houses, cancel);
            await transaction.CommitAsync(cancel);
            return Report(rows, known);
        }
        catch (InvalidDataException broken)
        {
            return new Refusal("registry.file-broken", ("file", file), ("reason", broken.Message.TrimEnd('.')));
        }
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
        await db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory && b.ExternalId != null)
            .Select(b => b.ExternalId!).ToHashSetAsync(StringComparer.Ordinal, cancel);

    private static ImportReport Report(List<HouseRow> rows, HashSet<string> known)
    {
        var refusals = rows.Where(r => r.Refusal is not null).Select(r => r.Refusal!).ToList();
        var houses = rows.Where(r => r.House is not null).Select(r => r.House!).ToList();
        var added = houses.Where(h => h.ExternalId is null || !known.Contains(h.ExternalId)).ToList();
        var doubtful = added.Where(h => h.Doubt is not null).ToList();
        return new(
            rows.Count,
            added.Count - doubtful.Count,
            doubtful.Count,
            houses.Count - added.Count,
            refusals.Count,
            [.. refusals.Take(RefusalsShown)],
            doubtful.SelectMany(h => h.Doubt!.Split(' ')).CountBy(d => d, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }

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

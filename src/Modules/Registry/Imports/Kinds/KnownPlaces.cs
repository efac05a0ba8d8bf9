using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Addresses;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>What rows name (houses, premises, accounts), looked up some rows at a time.</summary>
internal static class KnownPlaces
{
    public static readonly ImportColumn House = new(
        "house", ImportValue.Text, false, "г. Чита, ул. Алая, д. 1",
        "адрес", "дом адрес", "адрес дома", "address", "адреса", "house_id", "будинок");

    public static readonly ImportColumn Street = new("street", ImportValue.Text, false, "", "улица", "вулиця");
    public static readonly ImportColumn HouseNumber = new("house_number", ImportValue.Text, false, "", "дом", "номер дома", "№ дома");
    public static readonly ImportColumn City = new("city", ImportValue.Text, false, "", "город", "населенный пункт", "нас пункт", "місто");

    public static readonly ImportColumn Premises = new(
        "premises", ImportValue.Text, true, "12", "квартира", "кв", "помещение", "№ квартиры", "номер помещения", "flat");

    /// <summary>The house that a row names by its id, its address or the address' parts in columns of their own.</summary>
    public static async Task<Outcome<BuildingId>> HouseOf(OchagDb db, ImportBatch batch, ImportCells cells, CancellationToken cancel)
    {
        var named = cells.Text(House.Name);
        if (named.Length == 0)
        {
            var parts = new[] { City, Street, HouseNumber }.Select(c => cells.Text(c.Name)).ToArray();
            named = parts[2].Length == 0 ? "" : string.Join(", ", parts.Where(p => p.Length > 0));
        }

        if (named.Length == 0)
            cells.Refuse("imports.field-empty", House.Name, "");
        if (cells.Fault is { } fault)
            return fault;
        return (await Houses(db, batch, cancel)).Find(named);
    }

    /// <summary>Read once for a file, and told of the houses that it brings.</summary>
    public static async Task<HouseFinder> Houses(OchagDb db, ImportBatch batch, CancellationToken cancel)
    {
        if (!batch.Memory.TryGetValue(nameof(HouseFinder), out var kept))
            batch.Memory[nameof(HouseFinder)] = kept = await HouseFinder.Of(db, batch.Territory.Id, cancel);
        return (HouseFinder)kept;
    }

    /// <summary>Premises of some houses by house and sorted number.</summary>
    public static async Task<Dictionary<(BuildingId Building, string Number), PremisesId>> PremisesOf(
        OchagDb db, IEnumerable<BuildingId> buildings, CancellationToken cancel)
    {
        var ids = buildings.Distinct().ToArray();
        var rows = await db.Set<Premises>().AsNoTracking().Where(p => ids.Contains(p.BuildingId))
            .Select(p => new { p.Id, p.BuildingId, p.SortKey }).ToListAsync(cancel);
        return rows.GroupBy(p => (p.BuildingId, p.SortKey)).ToDictionary(g => g.Key, g => g.First().Id);
    }

    /// <summary>Facts of some subjects, a list for each that a timeline grows in.</summary>
    public static Dictionary<TKey, List<TFact>> Lines<TKey, TFact>(this IEnumerable<TFact> facts, Func<TFact, TKey> subject)
        where TKey : notnull
        where TFact : Fact => facts.GroupBy(subject).ToDictionary(g => g.Key, g => g.ToList());

    public static List<TFact> Of<TKey, TFact>(this Dictionary<TKey, List<TFact>> lines, TKey subject)
        where TKey : notnull
        where TFact : Fact => lines.TryGetValue(subject, out var line) ? line : lines[subject] = [];
}

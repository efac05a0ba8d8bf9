using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Addresses;

/// <summary>
/// The houses of a territory by how registers name them: by the id they came with, by the address as it is written, by its
/// parts, and where it is the only such house, by street and number alone.
/// </summary>
internal sealed class HouseFinder
{
    private readonly Dictionary<string, BuildingId> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<BuildingId>> _byAddress = new(StringComparer.Ordinal);

    public static async Task<HouseFinder> Of(OchagDb db, TerritoryId territory, CancellationToken cancel)
    {
        var finder = new HouseFinder();
        // With the doubles: their names lead to the house that they were merged into.
        var rows = db.Set<Building>().IgnoreQueryFilters().AsNoTracking().Where(b => b.TerritoryId == territory)
            .Select(b => new { Id = b.MergedIntoId ?? b.Id, b.ExternalId, b.Address }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancel))
            finder.Add(row.Id, row.ExternalId, row.Address);
        return finder;
    }

    public void Add(BuildingId id, string? externalId, string address)
    {
        if (externalId is not null)
            _byId.TryAdd(externalId, id);
        foreach (var key in Keys(address))
        {
            if (!_byAddress.TryGetValue(key, out var houses))
                _byAddress[key] = houses = [];
            if (!houses.Contains(id))
                houses.Add(id);
        }
    }

    public BuildingId? FindById(string externalId) => _byId.TryGetValue(externalId, out var id) ? id : null;

    /// <summary>
    /// Refused with <c>registry.house-unknown</c> or <c>registry.house-ambiguous</c>.
    /// </summary>
    public Outcome<BuildingId> Find(string named)
    {
        if (FindById(named) is { } known)
            return known;
        foreach (var key in Keys(named))
        {
            if (_byAddress.TryGetValue(key, out var houses))
            {
                return houses is [var only]
                    ? only
                    : new Refusal("registry.house-ambiguous", ("house", named), ("houses", $"{houses.Count}"));
            }
        }

        return new Refusal("registry.house-unknown", ("house", named));
    }

    /// <summary>From the closest likeness to the loosest.</summary>
    private static IEnumerable<string> Keys(string address)
    {
        yield return "= " + SearchKey.Fold(address);
        var parts = AddressParts.Of(address);
        if (!parts.IsHouse)
            yield break;
        yield return "d " + parts.District + "|" + parts.HouseKey;
        yield return "h " + parts.HouseKey;
        // "Алая, 1" may be a village or a street without its kind.
        if (parts.Street.Length == 0)
            parts = parts with { Settlement = "", Street = parts.Settlement };
        yield return "k " + (parts with { StreetKind = "" }).HouseKey;
        yield return "s " + (parts with { Settlement = "" }).HouseKey;
        yield return "n " + (parts with { Settlement = "", StreetKind = "" }).HouseKey;
    }
}

using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Addresses;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Doubles;

/// <summary>Houses of one address. The addresses of a city are taken apart in a second, so nothing is kept of it.</summary>
internal sealed class ProposeDoubles(OchagDb db)
{
    private sealed record House(BuildingId Id, string Address, string? ExternalId, AddressParts Parts);

    public async Task<IReadOnlyList<DoublesGroup>> Propose(TerritoryId territory, CancellationToken cancel)
    {
        var rows = await db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory).OrderBy(b => b.Id)
            .Select(b => new { b.Id, b.Address, b.ExternalId }).ToListAsync(cancel);
        var apart = (await db.Set<ToldApart>().AsNoTracking().Select(p => new { p.OneId, p.OtherId }).ToListAsync(cancel))
            .Select(p => (p.OneId, p.OtherId)).ToHashSet();
        var groups = rows.Select(r => new House(r.Id, r.Address, r.ExternalId, AddressParts.Of(r.Address)))
            .Where(h => h.Parts.IsHouse)
            .GroupBy(h => h.Parts.HouseKey, StringComparer.Ordinal).Where(g => g.Skip(1).Any())
            .SelectMany(g => Together([.. g]))
            .Where(g => !AllToldApart(g.Houses, apart)).ToList();
        return await WithCounts(groups, cancel);
    }

    /// <summary>By district where every house tells it; a house that tells none may be any of the others.</summary>
    private static IEnumerable<(List<House> Houses, bool IsSure)> Together(List<House> alike)
    {
        var byDistrict = alike.GroupBy(h => h.Parts.District, StringComparer.Ordinal).ToList();
        var silent = byDistrict.Find(g => g.Key.Length == 0);
        if (silent is not null && byDistrict.Count == 2)
        {
            yield return (alike, false);
            yield break;
        }

        foreach (var district in byDistrict.Where(g => g.Skip(1).Any()))
            yield return ([.. district], true);
    }

    private static bool AllToldApart(List<House> houses, HashSet<(BuildingId, BuildingId)> apart)
    {
        for (var i = 0; i < houses.Count; i++)
        {
            for (var j = i + 1; j < houses.Count; j++)
            {
                if (!apart.Contains((houses[i].Id, houses[j].Id)))
                    return false;
            }
        }

        return true;
    }

    private async Task<IReadOnlyList<DoublesGroup>> WithCounts(List<(List<House> Houses, bool IsSure)> groups, CancellationToken cancel)
    {
        var ids = groups.SelectMany(g => g.Houses).Select(h => h.Id).ToList();
        var counts = await CountUnder(db, ids, cancel);
        return [.. groups.OrderByDescending(g => g.IsSure).ThenBy(g => g.Houses[0].Address, StringComparer.Ordinal).Select(g =>
            new DoublesGroup([.. g.Houses.Select(h => counts(h.Id, h.Address, h.ExternalId))], g.IsSure))];
    }

    public static async Task<Func<BuildingId, string, string?, DoubledHouse>> CountUnder(
        OchagDb db, IReadOnlyList<BuildingId> ids, CancellationToken cancel)
    {
        var premises = await Count(db.Set<Premises>().Where(p => ids.Contains(p.BuildingId)).GroupBy(p => p.BuildingId));
        var accounts = await Count(db.Set<Account>().Where(a => ids.Contains(a.BuildingId)).GroupBy(a => a.BuildingId));
        var meters = await Count(db.Set<Meter>().Where(m => ids.Contains(m.BuildingId)).GroupBy(m => m.BuildingId));
        return (id, address, externalId) => new(
            id, address, externalId, premises.GetValueOrDefault(id), accounts.GetValueOrDefault(id), meters.GetValueOrDefault(id));

        Task<Dictionary<BuildingId, int>> Count<T>(IQueryable<IGrouping<BuildingId, T>> groups) =>
            groups.Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
    }
}

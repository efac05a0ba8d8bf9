using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

internal sealed record Address(BuildingId Id, TerritoryId Territory, string Text);

/// <summary>The addresses of a territory as the search compares them.</summary>
internal sealed record Addresses(Address[] Buildings, WordIndex Index);

/// <summary>
/// The addresses of each territory, kept in memory: buildings are a hundredth of the accounts, and every key pressed in
/// the search looks at all of them. An address never changes, so their number and the newest say whether more came.
/// </summary>
internal sealed class AddressBook
{
    private readonly ConcurrentDictionary<TerritoryId, Kept> _kept = new();

    private sealed record Kept(int Count, long Newest, Addresses Addresses);

    public async Task<Addresses> Read(OchagDb db, TerritoryId territory, CancellationToken cancel)
    {
        var buildings = db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory);
        var count = await buildings.CountAsync(cancel);
        var newest = await buildings.OrderByDescending(b => b.Id).Select(b => b.Id).FirstOrDefaultAsync(cancel);
        if (_kept.TryGetValue(territory, out var kept) && kept.Count == count && kept.Newest == newest.Value)
            return kept.Addresses;
        var index = new WordIndex.Builder();
        var addresses = new List<Address>(count);
        var rows = buildings.OrderBy(b => b.AddressKey).Select(b => new { b.Id, b.Address, b.AddressKey }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            addresses.Add(new(row.Id, territory, row.Address));
            index.Add(row.AddressKey.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Question.Split));
        }

        kept = new(count, newest.Value, new([.. addresses], index.Build()));
        _kept[territory] = kept;
        return kept.Addresses;
    }
}

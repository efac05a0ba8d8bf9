using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

/// <summary>A building's address as the search compares it: folded, in words.</summary>
internal sealed record Address(BuildingId Id, TerritoryId Territory, string Text, string[] Words);

/// <summary>
/// The addresses of each territory, kept in memory: buildings are a hundredth of the accounts, and every key pressed in
/// the search looks at all of them. An address never changes, so their number and the newest say whether more came.
/// </summary>
internal sealed class AddressBook
{
    private readonly ConcurrentDictionary<TerritoryId, Kept> _kept = new();

    private sealed record Kept(int Count, long Newest, Address[] Addresses);

    public async Task<IReadOnlyList<Address>> Read(OchagDb db, TerritoryId territory, CancellationToken cancel)
    {
        var buildings = db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory);
        var count = await buildings.CountAsync(cancel);
        var newest = await buildings.OrderByDescending(b => b.Id).Select(b => b.Id).FirstOrDefaultAsync(cancel);
        if (_kept.TryGetValue(territory, out var kept) && kept.Count == count && kept.Newest == newest.Value)
            return kept.Addresses;
        var rows = await buildings.OrderBy(b => b.AddressKey).Select(b => new { b.Id, b.Address, b.AddressKey }).ToListAsync(cancel);
        kept = new(count, newest.Value, [.. rows.Select(r => new Address(r.Id, territory, r.Address, r.AddressKey.Split(' ')))]);
        _kept[territory] = kept;
        return kept.Addresses;
    }
}

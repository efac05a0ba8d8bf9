using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

/// <summary>
/// Accounts that were found, as a list shows them: only where the asker may look, the nearest first, open ones before
/// closed ones, and not more than was asked for.
/// </summary>
internal sealed class FoundAccounts(OchagDb db, LocalDate today, TerritoryId[] sight, int limit)
{
    /// <summary>Keys looked at in one question to the database, and how many such questions before we give up.</summary>
    public const int Step = 500;

    public const int Steps = 20;

    public int Limit => limit;

    /// <summary>
    /// Takes keys in their order, a step at a time, until enough of them lie where the asker may look. The territory is
    /// not joined to the key's range: a database without statistics would begin with the territory and read it whole.
    /// </summary>
    public async Task<List<FoundAccount>> Collect(
        Func<int, Task<List<(AccountId Id, int Cost)>>> from, CancellationToken cancel)
    {
        var found = new List<FoundAccount>();
        for (var step = 0; step < Steps && found.Count < limit; step++)
        {
            var near = await from(step);
            if (near.Count == 0)
                break;
            found.AddRange(await Show(near, cancel));
        }

        return [.. found.DistinctBy(f => f.Id).Take(limit)];
    }

    public Task<List<FoundAccount>> Collect(Func<int, IQueryable<AccountId>> from, CancellationToken cancel) =>
        Collect(async step => [.. (await from(step * Step).ToListAsync(cancel)).Select(id => (id, 0))], cancel);

    /// <summary>Those of a few accounts that the asker may see.</summary>
    public async Task<List<FoundAccount>> Show(IReadOnlyCollection<(AccountId Id, int Cost)> near, CancellationToken cancel)
    {
        if (near.Count == 0)
            return [];
        var costs = near.GroupBy(n => n.Id).ToDictionary(g => g.Key, g => g.Min(n => n.Cost));
        var accounts = costs.Keys.ToArray();
        var rows = await (
            from account in db.Set<Account>()
            where accounts.Contains(account.Id)
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
            select new { account.Id, account.Number, building.TerritoryId, account.BuildingId, building.Address, Flat = premises.Number })
            .ToListAsync(cancel);
        var visible = rows.Where(r => sight.Contains(r.TerritoryId)).ToList();
        var closed = await Closed([.. visible.Select(r => r.Id)], cancel);
        var shown = visible.OrderBy(r => costs[r.Id]).ThenBy(r => closed.Contains(r.Id)).ThenBy(r => r.Number, StringComparer.Ordinal)
            .Take(limit).ToList();
        var names = await NamesOf(db, [.. shown.Select(a => a.Id)], cancel);
        return [.. shown.Select(a => new FoundAccount(
            a.Id, a.Number, a.TerritoryId, a.BuildingId, a.Address, a.Flat, names.GetValueOrDefault(a.Id)))];
    }

    /// <summary>The first known holder of each account.</summary>
    public static async Task<Dictionary<AccountId, string>> NamesOf(OchagDb db, AccountId[] accounts, CancellationToken cancel)
    {
        var names = await (
            from share in db.Set<HolderShareFact>().AsNoTracking().Known()
            join holder in db.Set<Holder>() on share.HolderId equals holder.Id
            where accounts.Contains(share.AccountId)
            orderby share.EffectiveFrom descending, share.Id
            select new { share.AccountId, holder.Name }).ToListAsync(cancel);
        return names.GroupBy(n => n.AccountId).ToDictionary(g => g.Key, g => g.First().Name);
    }

    private async Task<HashSet<AccountId>> Closed(AccountId[] accounts, CancellationToken cancel)
    {
        if (accounts.Length < 2)
            return [];
        var ended = await db.Set<AccountTermFact>().AsNoTracking().Known().Where(t => accounts.Contains(t.AccountId))
            .GroupBy(t => t.AccountId).Where(g => g.All(t => t.EffectiveTo != null && t.EffectiveTo < today)).Select(g => g.Key)
            .ToListAsync(cancel);
        return [.. ended];
    }
}

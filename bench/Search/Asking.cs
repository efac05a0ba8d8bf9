using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Bench.Search;

internal enum Sought
{
    Flat,
    House,
    Name,
    Serial,
    Phone,
    Account,
}

/// <summary>A question as it is typed, and what it means.</summary>
/// <param name="Account">The account that is sought; a house alone is sought by its building.</param>
/// <param name="Name">For people: whoever bears it is as right, nobody could tell them apart.</param>
internal sealed record Asked(
    Sought Sought, Harm Harm, string Meant, string Text, AccountId Account, BuildingId Building, string Name)
{
    public bool IsAnswered(DeskFindings found, int first) => Sought switch
    {
        Sought.House => found.Buildings.Take(Math.Max(0, first - found.Accounts.Count)).Any(b => b.Id == Building),
        Sought.Name => found.Accounts.Take(first).Any(a =>
            a.Holder is { } holder && SearchKey.Fold(holder).StartsWith(Name, StringComparison.Ordinal)),
        _ => found.Accounts.Take(first).Any(a => a.Id == Account),
    };
}

/// <summary>Draws questions from rows of the base, as people ask them.</summary>
internal sealed class Asking(OchagDb db)
{
    private static readonly Sought[] Mixture =
        [Sought.Flat, Sought.Flat, Sought.House, Sought.Name, Sought.Name, Sought.Serial, Sought.Phone, Sought.Account];

    private sealed record Row(AccountId Account, string Number, BuildingId Building, string Address, PremisesId Premises, string Flat);

    public async Task<List<Asked>> Draw(ulong seed, int count, CancellationToken stop)
    {
        var random = new Seeded(seed);
        var last = await db.Set<Account>().MaxAsync(a => a.Id, stop);
        var harms = Enum.GetValues<Harm>();
        var asked = new List<Asked>(count);
        while (asked.Count < count)
        {
            var harm = harms[asked.Count % harms.Length];
            var id = new AccountId(random.Next(1, last.Value));
            var sought = random.Pick(Mixture);
            if (await ReadRow(id, stop) is { } row && await Words(sought, row, random, stop) is { } meant && Damage.Touches(harm, meant))
            {
                var name = sought == Sought.Name ? SearchKey.Fold(meant) : "";
                asked.Add(new(sought, harm, meant, Damage.Do(harm, meant, random), row.Account, row.Building, name));
            }
        }

        return asked;
    }

    private Task<Row?> ReadRow(AccountId id, CancellationToken stop) => (
        from account in db.Set<Account>()
        where account.Id == id
        join building in db.Set<Building>() on account.BuildingId equals building.Id
        join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
        select new Row(account.Id, account.Number, building.Id, building.Address, premises.Id, premises.Number)).FirstOrDefaultAsync(stop);

    private async Task<string?> Words(Sought sought, Row row, Seeded random, CancellationToken stop)
    {
        switch (sought)
        {
            case Sought.Flat or Sought.House:
                return Address(row.Address, sought == Sought.Flat ? row.Flat : null, random);
            case Sought.Name:
                return await Holder(row, h => h.Name, stop) is { } name
                    ? string.Join(' ', name.Split(' ').Take(random.Chance(50) ? 3 : 2))
                    : null;
            case Sought.Phone:
                return await Holder(row, h => h.Phone, stop) is { Length: 12 } phone
                    ? random.Pick([phone, "8" + phone[2..], phone[2..], $"+7 {phone[2..5]} {phone[5..8]}-{phone[8..10]}-{phone[10..]}"])
                    : null;
            case Sought.Serial:
                var meters = await db.Set<Meter>().Where(m => m.PremisesId == row.Premises).OrderBy(m => m.Id).Select(m => m.Serial)
                    .ToListAsync(stop);
                return meters.Count == 0 ? null : random.Pick(meters);
            default:
                return row.Number;
        }
    }

    private async Task<string?> Holder(Row row, System.Linq.Expressions.Expression<Func<Holder, string?>> what, CancellationToken stop) =>
        await db.Set<HolderShareFact>().Where(s => s.AccountId == row.Account).OrderBy(s => s.Id)
            .Join(db.Set<Holder>().Where(h => h.Kind == HolderKind.Person), s => s.HolderId, h => h.Id, (_, h) => h).Select(what)
            .FirstOrDefaultAsync(stop);

    /// <summary>As it stands on the bill, or as it is said: without the region and the words that every address has.</summary>
    private static string Address(string address, string? flat, Seeded random)
    {
        var parts = address.Split(',', StringSplitOptions.TrimEntries).Where(p => !p.StartsWith("обл", StringComparison.Ordinal)).ToList();
        if (random.Chance(50))
            return string.Join(", ", flat is null ? parts : [.. parts, "кв. " + flat]);
        var said = parts.Select(p => p.Contains(". ", StringComparison.Ordinal) ? p[(p.IndexOf(". ", StringComparison.Ordinal) + 2)..] : p);
        return string.Join(' ', flat is null ? said : [.. said, flat]).ToLowerInvariant();
    }
}

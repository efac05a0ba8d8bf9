using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

#pragma warning disable CA1309 // the comparisons of keys are translated: the columns themselves compare by code points

/// <summary>
/// The search. Numbers, names and meters go by the beginning of an indexed key; addresses are compared here, because
/// buildings are a hundredth of the accounts and words come in any order.
/// </summary>
internal sealed class Finder(OchagDb db, AddressBook book, TerritoryId[] sight, int limit)
{
    /// <summary>Sorts behind every text that begins like the key, in the order of code points.</summary>
    private const char Last = '\uFFFD';

    /// <summary>Keys looked at in one question to the database, and how many such questions before we give up.</summary>
    private const int Step = 500;

    private const int Steps = 20;

    public async Task<DeskFindings> Find(string text, CancellationToken cancel)
    {
        var question = Question.Of(text);
        if (question.Words.Count == 0 || sight.Length == 0)
            return DeskFindings.None;
        if (question.AccountNumber is { } number && await ByNumber(number, cancel) is { Count: > 0 } numbered)
            return new(numbered, [], false);
        var addresses = question.Names.Length > 0 ? await Addresses(cancel) : [];
        if (await Everywhere(question, text, addresses, cancel) is { } found)
            return found;
        if (Question.OnOtherLayout(text) is { } turned
            && await Everywhere(Question.Of(turned), turned, addresses, cancel) is { } other)
        {
            return other with { Guessed = true };
        }

        return await Misheard(question, addresses, cancel) ?? DeskFindings.None;
    }

    private async Task<DeskFindings?> Everywhere(
        Question question, string text, IReadOnlyList<Address> addresses, CancellationToken cancel)
    {
        var buildings = question.Names.Length > 0
            ? addresses.Select(a => (Building: a, Flat: AddressMatch.Flat(question, a.Words))).Where(a => a.Flat is not null).ToList()
            : [];
        if (buildings.Count > 0)
            return await InBuildings([.. buildings.Select(b => (b.Building, b.Flat!))], guessed: false, cancel);
        if (await ByName(question, cancel) is { Count: > 0 } named)
            return new(named, [], false);
        return await ByMeter(text.Trim(), cancel) is { Count: > 0 } metered ? new(metered, [], false) : null;
    }

    private async Task<DeskFindings?> Misheard(Question question, IReadOnlyList<Address> addresses, CancellationToken cancel)
    {
        if (question.Names.Length == 0)
            return null;
        var known = new Dictionary<(string, string), int>();
        var near = addresses.Select(a => (Building: a, Near: AddressMatch.Nearest(question, a.Words, known)))
            .Where(a => a.Near is not null)
            .OrderBy(a => a.Near!.Value.Distance).Select(a => (a.Building, a.Near!.Value.Flat)).ToList();
        return near.Count == 0 ? null : await InBuildings(near, guessed: true, cancel);
    }

    /// <summary>The accounts of the flat that was named; without a flat, the buildings themselves.</summary>
    private async Task<DeskFindings> InBuildings(List<(Address Building, string Flat)> found, bool guessed, CancellationToken cancel)
    {
        var flats = found.Where(f => f.Flat.Length > 0).Take(limit).ToDictionary(f => f.Building.Id, f => SearchKey.SortNumber(f.Flat));
        var (ids, keys) = (flats.Keys.ToArray(), flats.Values.Distinct(StringComparer.Ordinal).ToArray());
        List<AccountId> inFlats = ids.Length == 0 ? [] : await (
            from premises in db.Set<Premises>()
            where ids.Contains(premises.BuildingId) && keys.Contains(premises.SortKey)
            join account in db.Set<Account>() on premises.Id equals account.PremisesId
            select account.Id).ToListAsync(cancel);
        var accounts = await Visible(inFlats, cancel);

        // A building whose flat was found stands in that hit already; the nearest guess comes first.
        var order = found.Select((f, i) => (f.Building.Id, i)).ToDictionary(f => f.Id, f => f.i);
        var shown = accounts.Select(a => a.Building).ToHashSet();
        return new(
            [.. accounts.OrderBy(a => order[a.Building]).Take(limit)],
            [.. found.Where(f => !shown.Contains(f.Building.Id)).Take(Math.Max(0, limit - accounts.Count))
                .Select(f => new FoundBuilding(f.Building.Id, f.Building.Territory, f.Building.Text))],
            guessed);
    }

    /// <summary>Digits sort alike everywhere, so the end of the range is spelled in digits.</summary>
    private Task<List<FoundAccount>> ByNumber(string number, CancellationToken cancel)
    {
        var end = number + new string('9', RegistryModel.NumberLength - number.Length);
        var accounts = db.Set<Account>().Where(a => string.Compare(a.Number, number) >= 0 && string.Compare(a.Number, end) <= 0)
            .OrderBy(a => a.Number);
        return Collect(from => accounts.Skip(from).Take(Step).Select(a => a.Id), cancel);
    }

    /// <summary>The surname comes first as a rule; where nobody is called so, any other word is tried as one.</summary>
    private async Task<List<FoundAccount>> ByName(Question question, CancellationToken cancel)
    {
        foreach (var surname in question.Names.Where(w => w.Length >= 2))
        {
            var end = surname + Last;
            var holders = db.Set<Holder>().Where(h => string.Compare(h.NameKey, surname) >= 0 && string.Compare(h.NameKey, end) < 0);
            foreach (var word in question.Names.Where(w => w != surname))
                holders = holders.Where(h => h.NameKey.Contains(" " + word));
            var ordered = holders.OrderBy(h => h.NameKey).ThenBy(h => h.Id);
            var found = await Collect(
                from => ordered.Skip(from).Take(Step)
                    .Join(db.Set<HolderShareFact>().Known(), h => h.Id, s => s.HolderId, (_, s) => s.AccountId),
                cancel);
            if (found.Count > 0)
                return found;
        }

        return [];
    }

    private async Task<List<FoundAccount>> ByMeter(string serial, CancellationToken cancel)
    {
        if (serial.Length < 3 || !serial.Any(char.IsAsciiDigit))
            return [];
        var end = serial + Last;
        var meters = db.Set<Meter>().Where(m => string.Compare(m.Serial, serial) >= 0 && string.Compare(m.Serial, end) < 0)
            .OrderBy(m => m.Serial).ThenBy(m => m.Id);
        return await Collect(
            from => meters.Skip(from).Take(Step)
                .Join(db.Set<Account>(), m => m.PremisesId, a => (PremisesId?)a.PremisesId, (_, a) => a.Id),
            cancel);
    }

    /// <summary>
    /// Takes keys in their order, a step at a time, until enough of them lie where the asker may look. The territory is
    /// not joined to the key's range: a database without statistics would begin with the territory and read it whole.
    /// </summary>
    private async Task<List<FoundAccount>> Collect(Func<int, IQueryable<AccountId>> from, CancellationToken cancel)
    {
        var found = new List<FoundAccount>();
        for (var step = 0; step < Steps && found.Count < limit; step++)
        {
            var ids = await from(step * Step).ToListAsync(cancel);
            found.AddRange(await Visible([.. ids.Distinct()], cancel));
            if (ids.Count == 0)
                break;
        }

        return [.. found.DistinctBy(f => f.Id).Take(limit)];
    }

    private async Task<List<FoundAccount>> Visible(List<AccountId> accounts, CancellationToken cancel)
    {
        if (accounts.Count == 0)
            return [];
        var rows = await (
            from account in db.Set<Account>()
            where accounts.Contains(account.Id)
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
            select new { account.Id, account.Number, building.TerritoryId, account.BuildingId, building.Address, Flat = premises.Number })
            .ToListAsync(cancel);
        var seen = rows.Where(r => sight.Contains(r.TerritoryId)).OrderBy(r => r.Number, StringComparer.Ordinal).ToList();
        var names = await NamesOf(db, [.. seen.Take(limit).Select(a => a.Id)], cancel);
        return [.. seen.Take(limit).Select(a => new FoundAccount(
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

    private async Task<IReadOnlyList<Address>> Addresses(CancellationToken cancel)
    {
        var all = new List<Address>();
        foreach (var territory in sight)
            all.AddRange(await book.Read(db, territory, cancel));
        return all;
    }
}

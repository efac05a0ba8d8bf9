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
internal sealed class Finder(OchagDb db, TerritoryId[] sight, int limit)
{
    /// <summary>Sorts behind every text that begins like the key, in the order of code points.</summary>
    private const char Last = '\uFFFD';

    public async Task<DeskFindings> Find(string text, CancellationToken cancel)
    {
        var question = Question.Of(text);
        if (question.Words.Count == 0 || sight.Length == 0)
            return DeskFindings.None;
        if (question.AccountNumber is { } number && await ByNumber(number, cancel) is { Count: > 0 } numbered)
            return new(numbered, [], false);
        var addresses = await Addresses(cancel);
        if (await Everywhere(question, text, addresses, cancel) is { } found)
            return found;
        var turned = Question.OnOtherLayout(text);
        if (!turned.Equals(text, StringComparison.OrdinalIgnoreCase)
            && await Everywhere(Question.Of(turned), turned, addresses, cancel) is { } other)
            return other with { Guessed = true };
        return await Misheard(question, addresses, cancel) ?? DeskFindings.None;
    }

    private async Task<DeskFindings?> Everywhere(Question question, string text, List<Address> addresses, CancellationToken cancel)
    {
        var buildings = question.Names.Any()
            ? addresses.Select(a => (Building: a, Flat: AddressMatch.Flat(question, a.Key))).Where(a => a.Flat is not null).ToList()
            : [];
        if (buildings.Count > 0)
            return await InBuildings([.. buildings.Select(b => (b.Building, b.Flat!))], guessed: false, cancel);
        if (await ByName(question, cancel) is { Count: > 0 } named)
            return new(named, [], false);
        return await ByMeter(text.Trim(), cancel) is { Count: > 0 } metered ? new(metered, [], false) : null;
    }

    private async Task<DeskFindings?> Misheard(Question question, List<Address> addresses, CancellationToken cancel)
    {
        if (!question.Names.Any())
            return null;
        var near = addresses.Select(a => (Building: a, Near: AddressMatch.Nearest(question, a.Key))).Where(a => a.Near is not null)
            .OrderBy(a => a.Near!.Value.Distance).Select(a => (a.Building, a.Near!.Value.Flat)).ToList();
        return near.Count == 0 ? null : await InBuildings(near, guessed: true, cancel);
    }

    /// <summary>The accounts of the flat that was named; without a flat, the buildings themselves.</summary>
    private async Task<DeskFindings> InBuildings(List<(Address Building, string Flat)> found, bool guessed, CancellationToken cancel)
    {
        var flats = found.Where(f => f.Flat.Length > 0).Take(limit).ToDictionary(f => f.Building.Id, f => SearchKey.SortNumber(f.Flat));
        var (ids, keys) = (flats.Keys.ToArray(), flats.Values.Distinct(StringComparer.Ordinal).ToArray());
        var accounts = ids.Length == 0 ? [] : await Accounts(
            from account in db.Set<Account>()
            join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
            where ids.Contains(premises.BuildingId) && keys.Contains(premises.SortKey)
            select account, cancel);

        // A building whose flat was found stands in that hit already.
        var shown = accounts.Select(a => a.Building).ToHashSet();
        return new(
            accounts,
            [.. found.Where(f => !shown.Contains(f.Building.Id)).Take(Math.Max(0, limit - accounts.Count))
                .Select(f => new FoundBuilding(f.Building.Id, f.Building.Territory, f.Building.Text))],
            guessed);
    }

    /// <summary>Digits sort alike everywhere, so the end of the range is spelled in digits.</summary>
    private Task<List<FoundAccount>> ByNumber(string number, CancellationToken cancel)
    {
        var end = number + new string('9', RegistryModel.NumberLength - number.Length);
        return Accounts(
            db.Set<Account>().Where(a => string.Compare(a.Number, number) >= 0 && string.Compare(a.Number, end) <= 0), cancel);
    }

    /// <summary>The surname comes first as a rule; where nobody is called so, any other word is tried as one.</summary>
    private async Task<List<FoundAccount>> ByName(Question question, CancellationToken cancel)
    {
        var words = question.Words.Where(w => char.IsLetter(w[0])).ToList();
        foreach (var surname in words.Where(w => w.Length >= 2))
        {
            var end = surname + Last;
            var holders = db.Set<Holder>().Where(h => string.Compare(h.NameKey, surname) >= 0 && string.Compare(h.NameKey, end) < 0);
            foreach (var word in words.Where(w => w != surname))
                holders = holders.Where(h => h.NameKey.Contains(" " + word));
            var found = await Accounts(
                from holder in holders
                join share in db.Set<HolderShareFact>().Known() on holder.Id equals share.HolderId
                join account in db.Set<Account>() on share.AccountId equals account.Id
                select account, cancel);
            if (found.Count > 0)
                return found;
        }

        return [];
    }

    private async Task<List<FoundAccount>> ByMeter(string serial, CancellationToken cancel)
    {
        if (serial.Length < 3)
            return [];
        var end = serial + Last;
        return await Accounts(
            from meter in db.Set<Meter>()
            where string.Compare(meter.Serial, serial) >= 0 && string.Compare(meter.Serial, end) < 0 && meter.PremisesId != null
            join account in db.Set<Account>() on meter.PremisesId equals account.PremisesId
            select account, cancel);
    }

    private async Task<List<FoundAccount>> Accounts(IQueryable<Account> which, CancellationToken cancel)
    {
        var accounts = await (
            from account in which
            join building in db.Set<Building>() on account.BuildingId equals building.Id
            join premises in db.Set<Premises>() on account.PremisesId equals premises.Id
            where sight.Contains(building.TerritoryId)
            select new { account.Id, account.Number, building.TerritoryId, account.BuildingId, building.Address, Flat = premises.Number })
            .Distinct().OrderBy(a => a.Number).Take(limit).ToListAsync(cancel);
        var names = await NamesOf(db, [.. accounts.Select(a => a.Id)], cancel);
        return [.. accounts.Select(a => new FoundAccount(
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

    private async Task<List<Address>> Addresses(CancellationToken cancel) =>
        await db.Set<Building>().AsNoTracking().Where(b => sight.Contains(b.TerritoryId)).OrderBy(b => b.AddressKey)
            .Select(b => new Address(b.Id, b.TerritoryId, b.Address, b.AddressKey)).ToListAsync(cancel);

    private sealed record Address(BuildingId Id, TerritoryId Territory, string Text, string Key);
}

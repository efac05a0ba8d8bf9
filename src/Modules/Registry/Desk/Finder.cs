using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

/// <summary>
/// The search. What was typed is tried as it is, then as typed on another layout of the keyboard, then both with errors;
/// the first that finds anything answers. Words are compared in memory, numbers by indexed keys.
/// </summary>
internal sealed class Finder(OchagDb db, AddressBook addresses, PeopleBook people, FoundAccounts found, TerritoryId[] sight)
{
    /// <summary>Guesses that are this much farther off than the nearest are not shown.</summary>
    private const int Farthest = WordIndex.ErrorWeight + 1;

    /// <summary>Where an address is named whole, flats that its last number could mean too do not push it down.</summary>
    private const int FlatsBeforeHouse = 2;

    private readonly NumberFinder _numbers = new(db, people, found);
    private readonly Dictionary<TerritoryId, Addresses> _addresses = [];
    private IReadOnlyList<People>? _people;

    private sealed record House(Address Address, string Flat, int Cost);

    /// <summary>Reads what the first question would wait for.</summary>
    public async Task WarmUp(CancellationToken cancel)
    {
        await people.Read(db, cancel);
        foreach (var territory in sight)
            await addresses.Read(db, territory, cancel);
    }

    public async Task<DeskFindings> Find(string text, CancellationToken cancel)
    {
        var typed = Question.Of(text);
        if (typed.IsEmpty || sight.Length == 0)
            return DeskFindings.None;
        if (typed.Digits is { } digits)
            return await _numbers.Find(typed, digits, cancel);
        List<Question> readings = [typed, .. Typing.OtherLayouts(typed.Text).Select(Question.Of)];
        foreach (var forgiving in new[] { false, true })
        {
            foreach (var reading in readings)
            {
                if (await Read(reading, forgiving, cancel) is { } findings)
                    return findings with { Guessed = forgiving || !ReferenceEquals(reading, typed) };
            }
        }

        return DeskFindings.None;
    }

    private async Task<DeskFindings?> Read(Question question, bool forgiving, CancellationToken cancel)
    {
        var houses = await Houses(question, forgiving, cancel);
        var named = await Named(question, forgiving, cancel);
        if (houses.Count > 0 && (named.Count == 0 || houses[0].Cost < named[0].Cost))
            return await InHouses(question, houses, cancel);
        if (named.Count > 0 && await Accounts(named, cancel) is { Count: > 0 } holders)
        {
            // A street that is called like the person keeps its place at the end.
            var streets = houses.Where(h => h.Cost == named[0].Cost).Take(found.Limit / 4).ToList();
            return new([.. holders.Take(found.Limit - streets.Count)], [.. streets.Select(Found)], false);
        }

        if (houses.Count > 0)
            return await InHouses(question, houses, cancel);
        var metered = forgiving ? await _numbers.NearMeter(question.Text, cancel) : await _numbers.ByMeter(question.Text, cancel);
        return metered.Count > 0 ? new(metered, [], false) : null;
    }

    private async Task<List<House>> Houses(Question question, bool forgiving, CancellationToken cancel)
    {
        if (question.Names.Count == 0)
            return [];
        var all = new List<House>();
        foreach (var territory in sight)
        {
            if (!_addresses.TryGetValue(territory, out var book))
                _addresses[territory] = book = await addresses.Read(db, territory, cancel);
            all.AddRange(new AddressMatch(book.Index, question, forgiving).Find()
                .Select(h => new House(book.Buildings[h.Building], h.Flat, h.Cost)));
        }

        all = [.. all.OrderBy(h => h.Cost)];
        return forgiving ? [.. all.TakeWhile(h => h.Cost <= all[0].Cost + Farthest)] : all;
    }

    /// <summary>Where a number stands, no name is meant.</summary>
    private async Task<List<(HolderId Holder, int Cost)>> Named(Question question, bool forgiving, CancellationToken cancel)
    {
        if (question.Numbers.Count > 0 || question.Flat is not null || !question.Names.Any(n => n.Length >= 2))
            return [];
        var named = new List<(HolderId Holder, int Cost)>();
        foreach (var part in _people ??= await people.Read(db, cancel))
        {
            named.AddRange(PeopleMatch.Find(part.Names, question.Names, forgiving, FoundAccounts.Step * FoundAccounts.Steps)
                .Select(p => (part.Holders[p.Place], p.Cost)));
        }

        named = [.. named.OrderBy(n => n.Cost)];
        return forgiving ? [.. named.TakeWhile(h => h.Cost <= named[0].Cost + Farthest)] : named;
    }

    /// <summary>A few at first, for most often the nearest are enough, then by larger steps.</summary>
    private Task<List<FoundAccount>> Accounts(List<(HolderId Holder, int Cost)> named, CancellationToken cancel) => found.Collect(
        async step =>
        {
            var few = found.Limit * 2;
            var (from, count) = step == 0 ? (0, few) : (few + (step - 1) * FoundAccounts.Step, FoundAccounts.Step);
            var costs = named.Skip(from).Take(count).ToDictionary(n => n.Holder, n => n.Cost);
            var holders = costs.Keys.ToArray();
            if (holders.Length == 0)
                return [];
            var shares = await db.Set<HolderShareFact>().AsNoTracking().Known().Where(s => holders.Contains(s.HolderId))
                .Select(s => new { s.AccountId, s.HolderId }).ToListAsync(cancel);
            return [.. shares.Select(s => (s.AccountId, costs[s.HolderId]))];
        },
        cancel);

    /// <summary>The accounts of the flat that was named; without a flat, the buildings themselves.</summary>
    private async Task<DeskFindings> InHouses(Question question, List<House> houses, CancellationToken cancel)
    {
        var flats = houses.Where(h => h.Flat.Length > 0).Take(FoundAccounts.Step)
            .ToDictionary(h => h.Address.Id, h => (Key: SearchKey.SortNumber(h.Flat), h.Cost));
        // "69а" may be the flat 69 and the letter of a house that comes before it.
        static string Bare(string key) => key.TrimEnd([.. key.Where(char.IsLetter)]);
        var ids = flats.Keys.ToArray();
        var keys = flats.Values.SelectMany(f => new[] { f.Key, Bare(f.Key) }).Distinct(StringComparer.Ordinal).ToArray();
        var inFlats = ids.Length == 0 ? [] : await (
            from premises in db.Set<Premises>()
            where ids.Contains(premises.BuildingId) && keys.Contains(premises.SortKey)
            join account in db.Set<Account>() on premises.Id equals account.PremisesId
            select new { account.Id, premises.BuildingId, premises.SortKey }).ToListAsync(cancel);
        var accounts = await found.Show(
            [
                .. from flat in inFlats
                   let asked = flats[flat.BuildingId]
                   where flat.SortKey == asked.Key || flat.SortKey == Bare(asked.Key)
                   select (flat.Id, asked.Cost + (flat.SortKey == asked.Key ? 0 : 1)),
            ],
            cancel);

        if (question.Numbers.Count > 0 && houses[0].Flat.Length == 0)
            accounts = [.. accounts.Take(FlatsBeforeHouse)];

        // A building whose flat was found stands in that hit already.
        var shown = accounts.Select(a => a.Building).ToHashSet();
        return new(
            accounts,
            [.. houses.Where(h => !shown.Contains(h.Address.Id)).Take(Math.Max(0, found.Limit - accounts.Count)).Select(Found)],
            false);
    }

    private static FoundBuilding Found(House house) => new(house.Address.Id, house.Address.Territory, house.Address.Text);
}

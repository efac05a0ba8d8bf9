using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

#pragma warning disable CA1309 // the comparisons of keys are translated: the columns themselves compare by code points

/// <summary>
/// Numbers of accounts, meters and telephones: whole, begun, or one slip of a finger away, which is a list of some two
/// hundred numbers to look up in an index.
/// </summary>
internal sealed class NumberFinder(OchagDb db, PeopleBook book, FoundAccounts found)
{
    /// <summary>Sorts behind every text that begins like the key, in the order of code points.</summary>
    private const char Last = '\uFFFD';

    private const int ShortestSerial = 3;

    /// <summary>In a shorter number one digit more or less means too many.</summary>
    private const int ShortestForgiven = 6;

    /// <summary>A text without a letter.</summary>
    public async Task<DeskFindings> Find(Question question, string digits, CancellationToken cancel)
    {
        var text = question.Text;
        var asAccount = question.Numbers is [{ Digits.Length: >= 3 } only] ? only.Digits : digits;
        var accounts = asAccount.Length <= RegistryModel.NumberLength ? await ByAccount(asAccount, cancel) : [];
        if (accounts is [var one] && one.Number == asAccount)
            return new(accounts, [], false);
        var people = await book.Read(db, cancel);
        var phones = await ByHolders(people, p => Phones.Find(p.Phones, digits), cancel);
        var meters = await ByMeter(text, cancel);
        List<FoundAccount> typed = [.. accounts, .. phones, .. meters];
        var isWhole = phones.Count > 0 && digits.Length >= Phones.Whole
            || meters.Count > 0 && await db.Set<Meter>().AnyAsync(m => m.Serial == text, cancel);
        var near = isWhole || digits.Length < ShortestForgiven || typed.Count >= found.Limit
            ? [] : await Near(text, digits, people, cancel);
        return Of([.. typed, .. near], guessed: near.Count > 0);
    }

    /// <summary>By the beginning of a meter's number, in the letters it has on either alphabet.</summary>
    public async Task<List<FoundAccount>> ByMeter(string serial, CancellationToken cancel)
    {
        if (serial.Length < ShortestSerial || !serial.Any(char.IsAsciiDigit))
            return [];
        foreach (var spelled in Spellings(serial))
        {
            var end = spelled + Last;
            var meters = db.Set<Meter>().Where(m => string.Compare(m.Serial, spelled) >= 0 && string.Compare(m.Serial, end) < 0)
                .OrderBy(m => m.Serial).ThenBy(m => m.Id);
            var accounts = await found.Collect(
                from => meters.Skip(from).Take(FoundAccounts.Step)
                    .Join(db.Set<Account>(), m => m.PremisesId, a => (PremisesId?)a.PremisesId, (_, a) => a.Id),
                cancel);
            if (accounts.Count > 0)
                return accounts;
        }

        return [];
    }

    public async Task<List<FoundAccount>> NearMeter(string serial, CancellationToken cancel)
    {
        if (serial.Count(char.IsAsciiDigit) < ShortestForgiven - 1 || serial.Length > RegistryModel.NumberLength)
            return [];
        var near = Spellings(serial).SelectMany(Typing.OneSlipFrom).Distinct(StringComparer.Ordinal).ToArray();
        var ids = await db.Set<Meter>().Where(m => near.Contains(m.Serial))
            .Join(db.Set<Account>(), m => m.PremisesId, a => (PremisesId?)a.PremisesId, (_, a) => a.Id).Take(FoundAccounts.Step)
            .ToListAsync(cancel);
        return await found.Show([.. ids.Select(id => (id, 0))], cancel);
    }

    private async Task<List<FoundAccount>> Near(string text, string digits, IReadOnlyList<People> people, CancellationToken cancel)
    {
        var numbers = Typing.OneSlipFrom(digits).ToArray();
        var ids = await db.Set<Account>().Where(a => numbers.Contains(a.Number)).Select(a => a.Id).ToListAsync(cancel);
        return
        [
            .. await found.Show([.. ids.Select(id => (id, 0))], cancel),
            .. await NearMeter(text, cancel),
            .. await ByHolders(people, p => Phones.FindNear(p.Phones, digits), cancel),
        ];
    }

    /// <summary>Digits sort alike everywhere, so the end of the range is spelled in digits. The whole number comes alone.</summary>
    private async Task<List<FoundAccount>> ByAccount(string number, CancellationToken cancel)
    {
        var end = number + new string('9', RegistryModel.NumberLength - number.Length);
        var accounts = db.Set<Account>().Where(a => string.Compare(a.Number, number) >= 0 && string.Compare(a.Number, end) <= 0)
            .OrderBy(a => a.Number);
        var begun = await found.Collect(from => accounts.Skip(from).Take(FoundAccounts.Step).Select(a => a.Id), cancel);
        return begun.Find(a => a.Number == number) is { } whole ? [whole] : begun;
    }

    private async Task<List<FoundAccount>> ByHolders(
        IReadOnlyList<People> people, Func<People, IEnumerable<int>> places, CancellationToken cancel)
    {
        var holders = people.SelectMany(p => places(p).Select(i => p.Holders[i])).Take(FoundAccounts.Step).ToArray();
        if (holders.Length == 0)
            return [];
        var ids = await db.Set<HolderShareFact>().Known().Where(s => holders.Contains(s.HolderId)).Select(s => s.AccountId)
            .ToListAsync(cancel);
        return await found.Show([.. ids.Select(id => (id, 0))], cancel);
    }

    private DeskFindings Of(IEnumerable<FoundAccount> accounts, bool guessed) =>
        new([.. accounts.DistinctBy(a => a.Id).Take(found.Limit)], [], guessed);

    private static IEnumerable<string> Spellings(string serial)
    {
        var upper = serial.ToUpperInvariant();
        return new[] { serial, upper, SearchKey.AsCyrillic(serial.ToLowerInvariant()).ToUpperInvariant() }.Distinct(StringComparer.Ordinal);
    }
}

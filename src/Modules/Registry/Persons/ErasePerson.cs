using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Desk;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Persons;

/// <summary>
/// A person's name, contacts and tax number give place to a pseudonym, the marks of his household go. Who holds which share
/// of which account since when stays, and with it every sum: shares name a holder by his number.
/// </summary>
internal sealed class ErasePerson(OchagDb db, IClock clock)
{
    private const string Nothing = "[]";
    private const int RowsAtOnce = 1000;

    /// <summary>Shorter numbers would be found inside others.</summary>
    private const int LeastDigits = 8;

    public static Refusal? Decide(PersonRecord person, bool despiteOpenAccount)
    {
        if (person.First.ErasedAt is not null)
            return new("registry.person-erased");
        if (person.First.Kind == HolderKind.Company)
            return new("registry.person-is-company");
        return !despiteOpenAccount && person.Accounts.FirstOrDefault(a => a.Open) is { } open
            ? new("registry.person-holds-open-account", ("account", open.Number))
            : null;
    }

    public async Task<ErasedPerson> Run(PersonRecord person, string pseudonym, CancellationToken cancel)
    {
        var ids = person.Entries.Select(e => e.Id).ToArray();
        var (key, now) = (SearchKey.Fold(pseudonym), clock.GetCurrentInstant());
        var entries = await db.Set<Holder>().Where(h => ids.Contains(h.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(h => h.Name, pseudonym).SetProperty(h => h.NameKey, key).SetProperty(h => h.Phone, (string?)null)
                .SetProperty(h => h.Email, (string?)null).SetProperty(h => h.TaxNumber, (string?)null)
                .SetProperty(h => h.ErasedAt, (Instant?)now),
            cancel);
        var alone = person.Accounts.Where(a => a.Alone).Select(a => a.Id).ToArray();
        var marks = await db.Set<HouseholdMarkFact>().Where(m => alone.Contains(m.AccountId)).ExecuteDeleteAsync(cancel);
        return new(
            person.Accounts, entries, marks, person.Accounts.Where(a => !a.Alone).Sum(a => a.Marks.Count),
            await EmptyImportRows(person, cancel), TextsOf(person));
    }

    /// <summary>The person as others may have written him into a free text: whole, by initials, by a number of his.</summary>
    internal static IReadOnlyList<string> TextsOf(PersonRecord person) =>
        [.. person.Entries.SelectMany(Texts).Distinct(StringComparer.Ordinal).OrderByDescending(t => t.Length)];

    private static IEnumerable<string> Texts(PersonEntry entry)
    {
        foreach (var number in new[] { entry.Phone, entry.Phone?.TrimStart('+'), entry.TaxNumber })
        {
            if (number?.Length >= LeastDigits)
                yield return number;
        }

        if (entry.Email is { } email)
            yield return email;
        // A word alone may be a street's or a village's.
        if (entry.Name.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not { Length: > 1 } words)
            yield break;
        yield return entry.Name;
        yield return entry.Name.ToUpperInvariant();
        foreach (var apart in new[] { "", " " })
        {
            var initials = string.Join(apart, words[1..].Select(w => w[0] + "."));
            yield return $"{words[0]} {initials}";
            yield return $"{initials} {words[0]}";
        }
    }

    /// <summary>Rows of registers as they were written, which imports keep until they are mended.</summary>
    private async Task<int> EmptyImportRows(PersonRecord person, CancellationToken cancel)
    {
        var territories = person.Accounts.Select(a => a.Territory).Distinct().ToArray();
        var imports = await db.Set<Import>().Where(i => territories.Contains(i.TerritoryId)).Select(i => i.Id).ToListAsync(cancel);
        var emptied = 0;
        foreach (var import in imports)
        {
            var after = 0L;
            while (true)
            {
                var rows = await db.Set<ImportRemarkRow>().AsNoTracking()
                    .Where(r => r.ImportId == import && r.Line > after && (r.Fields != Nothing || r.Facts != Nothing))
                    .OrderBy(r => r.Line).Take(RowsAtOnce).ToListAsync(cancel);
                if (rows.Count == 0)
                    break;
                foreach (var line in rows.Where(r => Names(person, r)).Select(r => r.Line).Distinct())
                {
                    emptied += await db.Set<ImportRemarkRow>().Where(r => r.ImportId == import && r.Line == line).ExecuteUpdateAsync(
                        set => set.SetProperty(r => r.Fields, Nothing).SetProperty(r => r.Facts, Nothing), cancel);
                }

                after = rows[^1].Line;
            }
        }

        return emptied;
    }

    /// <summary>A row with his name or number in any spelling, and any row of his account: it may hold a name misspelt.</summary>
    private static bool Names(PersonRecord person, ImportRemarkRow row)
    {
        var fields = new[] { row.Fields, row.Facts }.SelectMany(t => JsonSerializer.Deserialize<string[]>(t)!).ToList();
        if (fields.Exists(f => person.Accounts.Any(a => f.Trim() == a.Number)))
            return true;
        var folded = fields.ConvertAll(SearchKey.Fold);
        return person.Entries.Any(entry =>
            (SearchKey.Fold(entry.Name) is { Length: > 0 } name && folded.Exists(f => f.Contains(name, StringComparison.Ordinal)))
            || (entry.Phone is { } phone && Phones.National(phone) is > 0 and var national
                && fields.Exists(f => Phones.National(f) == national))
            || (entry.Email is { } email && fields.Exists(f => f.Contains(email, StringComparison.OrdinalIgnoreCase)))
            || (entry.TaxNumber is { } number && fields.Exists(f => f.Contains(number, StringComparison.Ordinal))));
    }
}

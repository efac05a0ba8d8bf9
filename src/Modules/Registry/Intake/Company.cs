using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Foundation.Checks;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Books;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Intake;

internal sealed class Company(OchagDb db, IBulkWriter bulk, IClock clock) : ICompany
{
    private const string Evidence = "console";

    public async Task<CompanyRecord?> Find(CancellationToken cancel) =>
        (await Known(cancel)).OrderByDescending(f => f.EffectiveFrom).FirstOrDefault() is { } fact
            ? new(fact.Name, fact.TaxNumber, fact.EffectiveFrom, new(fact.Recorded.By, fact.Recorded.At, fact.Recorded.Evidence))
            : null;

    public async Task<Outcome<CompanyRecord>> Change(string name, string? taxNumber, string by, CancellationToken cancel)
    {
        name = name.Trim();
        taxNumber = string.IsNullOrWhiteSpace(taxNumber) ? null : taxNumber.Trim();
        if (name.Length is 0 or > RegistryModel.NameLength || name.Any(char.IsControl))
            return new Refusal("registry.company-name-wrong", ("most", RegistryModel.NameLength.ToString(CultureInfo.InvariantCulture)));
        if (taxNumber is not null && !IsTaxNumber(taxNumber))
            return new Refusal("registry.company-tax-number-wrong", ("number", taxNumber));
        try
        {
            await Write(name, taxNumber, by, cancel);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new Refusal("registry.changed-meanwhile");
        }

        return (await Find(cancel))!;
    }

    private async Task Write(string name, string? taxNumber, string by, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Whoever comes second waits here, and finds what the first has written.
        await db.ReserveIds<CompanyFact>(1, cancel);
        var now = clock.GetCurrentInstant();
        var book = new WriteBook(db, bulk, new(now, by, Evidence));
        var fact = new CompanyFact
        {
            Id = 0, Name = name, TaxNumber = taxNumber, EffectiveFrom = now.InUtc().Date, Recorded = book.Recorded,
        };
        await book.Put(await Known(cancel), fact, cancel);
        await book.Write(cancel);
        await transaction.CommitAsync(cancel);
    }

    private Task<List<CompanyFact>> Known(CancellationToken cancel) =>
        db.Set<CompanyFact>().AsNoTracking().Known().ToListAsync(cancel);

    /// <summary>A Russian company or entrepreneur, a Ukrainian company or person.</summary>
    private static bool IsTaxNumber(string text) =>
        RussianNumbers.IsInn(text) || UkrainianNumbers.IsEdrpou(text) || UkrainianNumbers.IsRnokpp(text);
}

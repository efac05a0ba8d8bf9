using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Imports;

/// <summary>What accounts owed, or were owed, by service when their books were opened here.</summary>
internal sealed class BalancesImport(OchagDb db, IRegistry registry) : IImportKind
{
    private const long MostSum = 100_000_000;

    public string Name => "balances";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportWords.Account, ImportWords.Service,
        new("sum", ImportValue.Decimal, true, "1 234,56", "сумма", "сальдо", "долг", "задолженность", "входящее сальдо", "борг"),
        new("date", ImportValue.Date, false, "01.10.2026", "дата", "на дату"),
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var accounts = await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel);
        var ids = accounts.Values.Select(a => a.Id).ToArray();
        var known = (await db.Set<OpeningBalanceFact>().AsNoTracking().Known().Where(b => ids.Contains(b.AccountId)).ToListAsync(cancel))
            .GroupBy(b => (b.AccountId, b.Service)).ToDictionary(g => g.Key, g => g.ToList());
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
            verdicts.Add(await Decide(batch, row, accounts, known, cancel));
        return verdicts;
    }

    private async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, IReadOnlyDictionary<string, AccountPlace> accounts,
        Dictionary<(AccountId, Service), List<OpeningBalanceFact>> known, CancellationToken cancel)
    {
        var cells = new ImportCells(row, Columns);
        var account = ImportWords.AccountOf(accounts, cells);
        if (account.Refusal is { } unknown)
            return RowVerdict.Refused(row, unknown);
        var service = cells.Choice<Service>("service");
        var sum = cells.Decimal("sum", -MostSum, MostSum);
        if (sum is { } told && told.Millionths % 10_000 != 0)
            cells.Refuse("billing.sum-not-in-kopecks", "sum", $"{told}");
        var day = cells.Date("date") ?? batch.Territory.BilledSince.FirstDay;
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        var key = (account.Value.Id, service!.Value);
        if (batch.SeenBefore($"{key}", row.Line) is { } first)
            return RowVerdict.Refused(row, new("billing.balance-twice", ("account", cells.Text("account")), ("line", $"{first}")));
        var money = new Money(sum!.Value.Millionths / 10_000, batch.Territory.Currency);
        var before = known.TryGetValue(key, out var list) ? list : [];
        if (before.Exists(b => b.Sum == money && b.EffectiveFrom == day))
            return RowVerdict.Unchanged(row);
        batch.Cite(row);
        // An opening balance is one sum, whatever its day: another one takes its place whole.
        foreach (var old in before.ToList())
            batch.Book.Withdraw(before, old);
        await batch.Book.Put(
            before,
            new OpeningBalanceFact
            {
                Id = 0,
                AccountId = account.Value.Id,
                Service = service.Value,
                Sum = money,
                EffectiveFrom = day,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        return RowVerdict.Taken(row);
    }
}

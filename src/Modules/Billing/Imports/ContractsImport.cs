using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Imports;

/// <summary>Loads of companies' contracts: what is charged where no meter says it (p.43 of the Rules).</summary>
internal sealed class ContractsImport(OchagDb db, IRegistry registry) : IImportKind
{
    private const int MostPerHour = 1_000_000;

    public string Name => "contracts";

    public IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportWords.Account,
        new("number", ImportValue.Text, true, "17-Т/2026", "договор", "номер договора", "№ договора", "договір"),
        ImportWords.Service,
        new("per_hour", ImportValue.Decimal, true, "0,034", "нагрузка", "нагрузка в час", "часовая нагрузка"),
        new("hours_per_day", ImportValue.Decimal, false, "24", "часов в сутки", "режим работы часов"),
        ImportWords.From, ImportWords.To,
    ];

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var accounts = await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel);
        var ids = accounts.Values.Select(a => a.Id).ToArray();
        var known = (await db.Set<ContractLoadFact>().AsNoTracking().Known().Where(b => ids.Contains(b.AccountId)).ToListAsync(cancel))
            .GroupBy(b => (b.AccountId, b.Service)).ToDictionary(g => g.Key, g => g.ToList());
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
            verdicts.Add(await Decide(batch, row, accounts, known, cancel));
        return verdicts;
    }

    private async Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, IReadOnlyDictionary<string, AccountPlace> accounts,
        Dictionary<(AccountId, Service), List<ContractLoadFact>> known, CancellationToken cancel)
    {
        var cells = new ImportCells(row, Columns);
        var account = ImportWords.AccountOf(accounts, cells);
        if (account.Refusal is { } unknown)
            return RowVerdict.Refused(row, unknown);
        var number = cells.Text("number", 60);
        var service = cells.Choice<Service>("service");
        var perHour = cells.Decimal("per_hour", 0, MostPerHour);
        var hours = cells.Decimal("hours_per_day", 0, 24) ?? Fixed.Of(24);
        var from = cells.Date("from") ?? batch.Territory.BilledSince.FirstDay;
        var to = cells.Date("to");
        if (to < from)
            cells.Refuse("imports.days-turned", "to", $"{to}");
        if (cells.Fault is { } fault)
            return RowVerdict.Refused(row, fault);
        batch.Cite(row);
        var key = (account.Value.Id, service!.Value);
        if (!known.TryGetValue(key, out var before))
            known[key] = before = [];
        var changed = await batch.Book.Put(
            before,
            new ContractLoadFact
            {
                Id = 0,
                AccountId = account.Value.Id,
                Number = number,
                Service = service.Value,
                PerHour = perHour!.Value,
                HoursPerDay = hours,
                EffectiveFrom = from,
                EffectiveTo = to,
                Recorded = batch.Book.Recorded,
            },
            cancel);
        return changed ? RowVerdict.Taken(row) : RowVerdict.Unchanged(row);
    }
}

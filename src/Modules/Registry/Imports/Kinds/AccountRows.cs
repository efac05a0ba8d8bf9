using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Registry.Imports.Kinds;

/// <summary>Kinds whose rows are each about one account.</summary>
internal abstract class AccountRows(OchagDb db, IRegistry registry) : IImportKind
{
    public abstract string Name { get; }
    public abstract IReadOnlyList<ImportColumn> Columns { get; }

    protected OchagDb Db => db;

    public async Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel)
    {
        var accounts = await registry.FindAccounts(batch.Territory.Id, ImportWords.AccountNumbers(batch, Columns), cancel);
        await Read([.. accounts.Values.Where(a => !a.Elsewhere)], cancel);
        var verdicts = new List<RowVerdict>(batch.Rows.Count);
        foreach (var row in batch.Rows)
        {
            var cells = new ImportCells(row, Columns);
            var account = ImportWords.AccountOf(accounts, cells);
            batch.Cite(row);
            verdicts.Add(account.Refusal is { } refusal
                ? RowVerdict.Refused(row, refusal)
                : await Decide(batch, row, cells, account.Value, cancel));
        }

        return verdicts;
    }

    /// <summary>Reads what is known of the accounts of a batch.</summary>
    protected abstract Task Read(IReadOnlyList<AccountPlace> accounts, CancellationToken cancel);

    protected abstract Task<RowVerdict> Decide(
        ImportBatch batch, ImportRow row, ImportCells cells, AccountPlace account, CancellationToken cancel);
}

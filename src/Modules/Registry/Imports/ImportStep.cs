using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Imports;

/// <summary>Takes a file in batch by batch, each with its counts and remarks in one transaction.</summary>
internal sealed class ImportStep(OchagDb db, IBulkWriter bulk, ImportBatch batch, IImportKind kind)
{
    private const int Attempts = 3;
    private int _batches;

    /// <summary>A verdict for each row, also for those that the kind never sees.</summary>
    public static async Task<IReadOnlyList<(ReadRow Row, RowVerdict Verdict)>> Decide(
        IImportKind kind, ImportBatch batch, IReadOnlyList<ReadRow> rows, CancellationToken cancel)
    {
        var readable = rows.Where(r => r.Row is not null).Select(r => r.Row!).ToList();
        var decided = await kind.Decide(batch with { Rows = readable }, cancel);
        if (decided.Count != readable.Count)
            throw new InvalidOperationException($"{kind.Name} decided {decided.Count} of {readable.Count} rows.");
        var verdicts = new Queue<RowVerdict>(decided);
        return [.. rows.Select(r => (r, r.Broken is { } broken ? new(r.Raw.Line, RowFate.Refused, broken) : verdicts.Dequeue()))];
    }

    public async Task<Import> Begin(ImportRequest request, ImportFile file, string hash, Instant now, CancellationToken cancel)
    {
        var import = new Import
        {
            Id = new(await db.ReserveIds<Import>(1, cancel)),
            TerritoryId = request.Territory.Id,
            Kind = kind.Name,
            File = request.Name.Length <= RegistryModel.NameLength ? request.Name : request.Name[..RegistryModel.NameLength],
            Hash = hash,
            Layout = file.Layout,
            Head = ImportBook.Text(file.Head.Foreign),
            State = ImportState.Working,
            StartedAt = now,
            StartedBy = request.By,
        };
        db.Add(import);
        await db.SaveChangesAsync(cancel);
        return import;
    }

    public async Task Take(Import import, IReadOnlyList<ReadRow> rows, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TakeOnce(import, rows, cancel);
                return;
            }
            catch (DbUpdateConcurrencyException) when (attempt < Attempts)
            {
                // Somebody has changed one of these facts at the desk just now: decided anew by what holds now.
                batch.Forget();
                db.ChangeTracker.Clear();
                await db.Entry(import).ReloadAsync(cancel);
            }
        }
    }

    public async Task End(Import import, ImportState state, string? fault, Instant now)
    {
        db.ChangeTracker.Clear();
        db.Attach(import);
        import.State = state;
        import.EndedAt = now;
        import.Fault = fault is { Length: > RegistryModel.NameLength } ? fault[..RegistryModel.NameLength] : fault;
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task TakeOnce(Import import, IReadOnlyList<ReadRow> rows, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var verdicts = await Decide(kind, batch, rows, cancel);
        db.ChangeTracker.Clear();
        var written = await batch.Book.Write(cancel);
        var number = _batches + 1;
        var writes = written.Added.Select(r => (Range: r, Superseded: false))
            .Concat(written.Superseded.Select(r => (Range: r, Superseded: true)))
            .Select(w => new ImportWrite
            {
                ImportId = import.Id,
                Batch = number,
                Table = w.Range.Table,
                First = w.Range.First,
                Last = w.Range.Last,
                Superseded = w.Superseded,
            });
        await bulk.Write(db, writes, cancel);
        await bulk.Write(db, verdicts.SelectMany(v => Remarks(import.Id, v.Row, v.Verdict)), cancel);
        db.Attach(import);
        import.Rows += verdicts.Count;
        import.Taken += Count(RowFate.Taken);
        import.Doubtful += Count(RowFate.Doubtful);
        import.Unchanged += Count(RowFate.Unchanged);
        import.Refused += Count(RowFate.Refused);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        _batches = number;

        int Count(RowFate fate) => verdicts.Count(v => v.Verdict.Fate == fate);
    }

    private static IEnumerable<ImportRemarkRow> Remarks(ImportId import, ReadRow row, RowVerdict verdict) =>
        verdict.Reasons.DistinctBy(r => r.Code, StringComparer.Ordinal).Select(reason => new ImportRemarkRow
        {
            ImportId = import,
            Line = verdict.Line,
            Fate = verdict.Fate,
            Code = reason.Code,
            Facts = ImportBook.Text(reason.Facts),
            Fields = ImportBook.Text(row.Raw.Fields),
        });
}

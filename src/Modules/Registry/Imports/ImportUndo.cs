using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Registry.Imports;

/// <summary>
/// Takes an import back from its last batch to its first, each in a transaction: broken off, it goes on where it stopped.
/// </summary>
internal sealed class ImportUndo(OchagDb db, IClock clock)
{
    public async Task<Outcome<ImportRecord>> Undo(ImportId import, string by, CancellationToken cancel)
    {
        try
        {
            while (await LastBatch(import, cancel) is { } batch)
                await TakeBack(import, batch, cancel);
        }
        catch (Exception rests) when (rests is DbUpdateException or System.Data.Common.DbException)
        {
            return new Refusal("imports.built-upon", ("import", $"{import.Value}"));
        }

        db.ChangeTracker.Clear();
        var row = await db.Set<Import>().FirstAsync(i => i.Id == import, cancel);
        row.State = ImportState.Undone;
        row.EndedAt = clock.GetCurrentInstant();
        row.Fault = by;
        await db.SaveChangesAsync(cancel);
        return ImportBook.Record(row);
    }

    private Task<int?> LastBatch(ImportId import, CancellationToken cancel) =>
        db.Set<ImportWrite>().Where(w => w.ImportId == import).MaxAsync(w => (int?)w.Batch, cancel);

    private async Task TakeBack(ImportId import, int batch, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var writes = await db.Set<ImportWrite>().AsNoTracking().Where(w => w.ImportId == import && w.Batch == batch).ToListAsync(cancel);
        await db.TakeBack(
            new(
                [.. writes.Where(w => !w.Superseded).Select(w => new IdRange(w.Table, w.First, w.Last))],
                [.. writes.Where(w => w.Superseded).Select(w => new IdRange(w.Table, w.First, w.Last))]),
            cancel);
        await db.Set<ImportWrite>().Where(w => w.ImportId == import && w.Batch == batch).ExecuteDeleteAsync(cancel);
        await transaction.CommitAsync(cancel);
    }
}

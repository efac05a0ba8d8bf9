using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Books;
using Ochag.Storage.Bulk;

namespace Ochag.Registry.Imports;

internal sealed class Imports(
    OchagDb db, IBulkWriter bulk, IEnumerable<IImportKind> kinds, IEnumerable<IImportGuard> guards, IClock clock) : IImports
{
    private const int RemarksShown = 200;

    public IReadOnlyList<IImportKind> Kinds { get; } = [.. kinds];

    public async Task<Outcome<ImportPreview>> Preview(
        ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        var opened = await Open(request, cancel);
        if (opened.Refusal is { } refusal)
            return refusal;
        using var file = opened.Value;
        // Which column is which is what a person has to see and mend, so a missing one is no reason to show nothing.
        if (file.Head.Missing.Count > 0)
            return Shown(file, new ImportTally(), [.. Examples(file)]);
        try
        {
            var batch = Batch(request, new(db, bulk, Known(request), isDry: true));
            var tally = new ImportTally();
            var examples = new List<ReadRow>();
            foreach (var rows in file.Batches())
            {
                examples.AddRange(rows.Take(ImportColumns.ExamplesShown - examples.Count));
                foreach (var (raw, verdict) in await ImportStep.Decide(file.Head.Kind, batch, rows, cancel))
                    tally.Count(raw, verdict, RemarksShown);
                batch.Book.Forget();
                progress?.Report(new(file.ReadPermille, tally.Counts));
            }

            return Shown(file, tally, examples);
        }
        catch (TableException broken)
        {
            return ImportFile.Broken(request, broken);
        }
    }

    public async Task<Outcome<ImportRecord>> Take(
        ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancel)
    {
        if (await ReadThrough(request, cancel) is { } broken)
            return broken;
        var opened = await Open(request, cancel);
        if (opened.Refusal is { } refusal)
            return refusal;
        using var file = opened.Value;
        await using var alone = await Exclusive.Take(db, Lock(request.Territory.Id), cancel);
        if (alone is null)
            return new Refusal("imports.in-progress", ("territory", request.Territory.Code));
        var step = new ImportStep(db, bulk, Batch(request, new(db, bulk, Known(request))), file.Head.Kind);
        var import = await step.Begin(request, file, await ImportHash.Of(request.File, cancel), clock.GetCurrentInstant(), cancel);
        await Remember(file.Head, cancel);
        try
        {
            foreach (var rows in file.Batches())
            {
                cancel.ThrowIfCancellationRequested();
                await step.Take(import, rows, cancel);
                progress?.Report(new(file.ReadPermille, ImportBook.Record(import).Counts));
            }

            await step.End(import, ImportState.Done, null, clock.GetCurrentInstant());
        }
        catch (OperationCanceledException)
        {
            await step.End(import, ImportState.Cancelled, null, clock.GetCurrentInstant());
        }
        catch (TableException changed)
        {
            await step.End(import, ImportState.Broken, changed.Message, clock.GetCurrentInstant());
        }

        return ImportBook.Record(import);
    }

    public async Task<Outcome<ImportRecord>> Undo(ImportId import, string by, CancellationToken cancel)
    {
        var found = await Find(import, cancel);
        if (found is null)
            return new Refusal("imports.unknown", ("import", $"{import.Value}"));
        if (found.State == ImportState.Undone)
            return new Refusal("imports.undone-already", ("import", $"{import.Value}"));
        await using var alone = await Exclusive.Take(db, Lock(found.Territory), cancel);
        if (alone is null)
            return new Refusal("imports.still-working", ("import", $"{import.Value}"));
        foreach (var guard in guards)
        {
            if (await guard.WhyKept(found, cancel) is { } kept)
                return kept;
        }

        return await new ImportUndo(db, clock).Undo(import, by, cancel);
    }

    public Task<IReadOnlyList<ImportRecord>> List(
        IReadOnlyCollection<TerritoryId> territories, int limit, CancellationToken cancel) =>
        new ImportBook(db).List(territories, limit, cancel);

    public Task<ImportRecord?> Find(ImportId import, CancellationToken cancel) => new ImportBook(db).Find(import, cancel);

    public Task<IReadOnlyList<ImportRemark>> ListRemarks(
        ImportId import, RowFate fate, long afterLine, int limit, CancellationToken cancel) =>
        new ImportBook(db).ListRemarks(import, fate, afterLine, limit, cancel);

    public Task<IReadOnlyList<string>> ColumnsOf(ImportId import, CancellationToken cancel) => new ImportBook(db).ColumnsOf(import, cancel);

    private static string Lock(TerritoryId territory) => $"import-{territory.Value}";

    private Recorded Known(ImportRequest request) => new(clock.GetCurrentInstant(), request.By, request.Name);

    private ImportBatch Batch(ImportRequest request, WriteBook book) => new(
        request.Territory, request.Name, [], book, clock.GetCurrentInstant().InZone(request.Territory.TimeZone).Date,
        new Dictionary<string, object>(StringComparer.Ordinal));

    private async Task<Outcome<ImportFile>> Open(ImportRequest request, CancellationToken cancel)
    {
        var kind = Kinds.FirstOrDefault(k => k.Name == request.Kind);
        if (kind is null)
            return new Refusal("imports.kind-unknown", ("kind", request.Kind), ("known", string.Join(", ", Kinds.Select(k => k.Name))));
        var memory = await db.Set<ImportMapping>().AsNoTracking().Where(m => m.Kind == kind.Name)
            .ToDictionaryAsync(m => m.Foreign, m => m.Column, StringComparer.Ordinal, cancel);
        return ImportFile.Open(request, kind, memory);
    }

    /// <summary>
    /// Reads the whole file before anything of it is taken: one that was cut in half must not come in by half.
    /// </summary>
    private async Task<Refusal?> ReadThrough(ImportRequest request, CancellationToken cancel)
    {
        var opened = await Open(request, cancel);
        if (opened.Refusal is { } refusal)
            return refusal;
        using var file = opened.Value;
        if (file.Missing(request.Name) is { } missing)
            return missing;
        try
        {
            foreach (var _ in file.Batches())
                cancel.ThrowIfCancellationRequested();
            return null;
        }
        catch (TableException broken)
        {
            return ImportFile.Broken(request, broken);
        }
    }

    /// <summary>What foreign columns were taken for is known the next time.</summary>
    private async Task Remember(ImportHead head, CancellationToken cancel)
    {
        var wanted = head.Map.Select(m => (Foreign: SearchKey.Fold(m.Value), Column: m.Key))
            .Where(m => m.Foreign is { Length: > 0 and <= RegistryModel.NameLength }).DistinctBy(m => m.Foreign, StringComparer.Ordinal)
            .ToList();
        var known = await db.Set<ImportMapping>().Where(m => m.Kind == head.Kind.Name)
            .ToDictionaryAsync(m => m.Foreign, StringComparer.Ordinal, cancel);
        foreach (var (foreign, column) in wanted)
        {
            if (known.TryGetValue(foreign, out var mapping))
                mapping.Column = column;
            else
                db.Add(new ImportMapping { Kind = head.Kind.Name, Foreign = foreign, Column = column });
        }

        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private static IEnumerable<ReadRow> Examples(ImportFile file) =>
        file.Batches().Take(1).SelectMany(b => b.Take(ImportColumns.ExamplesShown));

    private static ImportPreview Shown(ImportFile file, ImportTally tally, IReadOnlyList<ReadRow> examples) => new(
        file.Layout, file.HeadLine, ImportColumns.Of(file.Head, examples), tally.Counts, tally.Reasons, tally.Remarks);
}

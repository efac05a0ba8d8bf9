using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Imports;

/// <summary>A row of the file: to be decided by its kind, or refused before it gets there.</summary>
internal readonly record struct ReadRow(TableRow Raw, ImportRow? Row, Refusal? Broken);

/// <summary>A file opened as a register of a kind.</summary>
internal sealed class ImportFile : IDisposable
{
    private const int BatchRows = 1000;
    private readonly Table _table;
    private readonly int? _limit;

    private ImportFile(Table table, ImportHead head, int? limit) => (_table, Head, _limit) = (table, head, limit);

    public ImportHead Head { get; }
    public string Layout => _table.Layout;
    public long HeadLine => _table.HeadLine;
    public int ReadPermille => _table.ReadPermille;

    /// <summary>Refused with <c>imports.file-not-found</c>, <c>imports.file-broken</c> or <c>imports.columns-missing</c>.</summary>
    public static Outcome<ImportFile> Open(ImportRequest request, IImportKind kind, IReadOnlyDictionary<string, string> memory)
    {
        if (!File.Exists(request.File))
            return new Refusal("imports.file-not-found", ("file", request.Name));
        Table table;
        try
        {
            table = Table.Open(request.File, fields => ImportHead.Score(kind, memory, fields));
        }
        catch (TableException broken)
        {
            return Broken(request, broken);
        }

        return new ImportFile(table, ImportHead.Of(kind, table.Columns, request.Mapping, memory), request.LimitRows);
    }

    /// <summary>The reason is a code of its own, and its facts stand beside it.</summary>
    public static Refusal Broken(ImportRequest request, TableException broken) =>
        new("imports.file-broken", [("file", request.Name), ("reason", broken.Why.Code), .. broken.Why.Facts]);

    /// <summary>Null: every column that is needed is there.</summary>
    public Refusal? Missing(string name) => Head.Missing is { Count: > 0 } missing
        ? new("imports.columns-missing", ("file", name), ("columns", string.Join(", ", missing)),
            ("found", string.Join(", ", Head.Foreign.Take(40))))
        : null;

    /// <exception cref="TableException">The file breaks off.</exception>
    public IEnumerable<ReadRow[]> Batches() =>
        _table.Rows().Take(_limit ?? int.MaxValue).Select(Read).Chunk(BatchRows);

    public void Dispose() => _table.Dispose();

    private ReadRow Read(TableRow row)
    {
        if (Head.IsHeadAgain(row))
            return new(row, null, new("imports.head-again"));
        // A sheet leaves empty fields at the end of a row away; a text does not.
        var whole = _table is DelimitedTable ? row.IsWhole : row.Count <= Head.Foreign.Count;
        return whole
            ? new(row, Head.Row(row), null)
            : new(row, null, new("imports.row-broken", ("fields", $"{row.Count}"), ("head", $"{Head.Foreign.Count}")));
    }
}

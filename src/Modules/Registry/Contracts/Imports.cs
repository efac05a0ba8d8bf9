using NodaTime;
using Ochag.Foundation;
using Ochag.Storage.Books;

namespace Ochag.Registry.Contracts;

/// <summary>An import: one file of one kind, taken into a territory.</summary>
public readonly record struct ImportId(long Value) : ITypedId<ImportId, long>
{
    public static ImportId From(long value) => new(value);
}

/// <summary>How far an import is. Stored: never renumber.</summary>
public enum ImportState : short
{
    /// <summary>Rows are being taken; one whose process died stays so, and the same file goes on where it stopped.</summary>
    Working = 1,
    Done = 2,
    Cancelled = 3,
    Broken = 4,
    Undone = 5,
}

/// <summary>What became of a row. Stored: never renumber.</summary>
public enum RowFate : short
{
    Taken = 1,

    /// <summary>Taken, with a mark that somebody should look at.</summary>
    Doubtful = 2,

    /// <summary>Known already.</summary>
    Unchanged = 3,
    Refused = 4,
}

/// <summary>What stands in a column's fields.</summary>
public enum ImportValue
{
    Text,
    Whole,
    Decimal,
    Date,
    YesNo,
    Choice,
}

/// <summary>A column that an import understands.</summary>
/// <param name="Name">Its name in templates; a foreign name is mapped to it.</param>
/// <param name="Example">A field as it is written in the template.</param>
/// <param name="Aliases">Other names under which registers bring it.</param>
public sealed record ImportColumn(string Name, ImportValue Value, bool Required, string Example, params string[] Aliases)
{
    /// <summary>What a choice may say, by the words that say it; empty: anything.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}

/// <summary>A row as an import reads it: fields by the names of its own columns, whatever the file calls them.</summary>
/// <param name="Formulas">Columns whose field a formula computes.</param>
public sealed record ImportRow(long Line, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<string> Formulas);

/// <param name="Reasons">Why a row is refused or doubtful.</param>
public readonly record struct RowVerdict(long Line, RowFate Fate, params IReadOnlyList<Refusal> Reasons)
{
    public static RowVerdict Refused(ImportRow row, Refusal why) => new(row.Line, RowFate.Refused, why);

    /// <summary>Taken, with the doubts that there are.</summary>
    public static RowVerdict Taken(ImportRow row, params IReadOnlyList<Refusal> doubts) =>
        new(row.Line, doubts.Count == 0 ? RowFate.Taken : RowFate.Doubtful, doubts);

    public static RowVerdict Unchanged(ImportRow row) => new(row.Line, RowFate.Unchanged);
}

/// <summary>Some rows of a file, in its order, with what they are decided and written by.</summary>
/// <param name="Book">Where what the rows bring is laid down; a preview's book writes nothing.</param>
/// <param name="Today">In the territory.</param>
/// <param name="Memory">What a kind keeps between the batches of one file.</param>
public sealed record ImportBatch(
    TerritoryRecord Territory, string File, IReadOnlyList<ImportRow> Rows, WriteBook Book, LocalDate Today,
    IDictionary<string, object> Memory)
{
    /// <summary>What is put down from here on rests on this row.</summary>
    public void Cite(ImportRow row) => Book.Recorded = Book.Recorded with { Evidence = $"{File}, {row.Line}" };

    /// <summary>The rows were not written after all: what was learnt of them goes, but for the lines of the file.</summary>
    public void Forget()
    {
        Book.Forget();
        foreach (var name in Memory.Keys.Where(k => k != nameof(SeenBefore)).ToList())
            Memory.Remove(name);
    }

    /// <summary>The earlier line of the file with the same key; null: this is the first.</summary>
    public long? SeenBefore(string key, long line)
    {
        if (!Memory.TryGetValue(nameof(SeenBefore), out var kept))
            Memory[nameof(SeenBefore)] = kept = new Dictionary<string, long>(StringComparer.Ordinal);
        var seen = (Dictionary<string, long>)kept;
        // A batch that is decided once more meets its own rows.
        return seen.TryAdd(key, line) || seen[key] == line ? null : seen[key];
    }
}

/// <summary>
/// A kind of register that can be taken in: the module that owns the facts brings it. It decides rows by what is known and
/// lays what they bring into the batch's book; it writes nothing itself.
/// </summary>
public interface IImportKind
{
    /// <summary>"accounts": on the command line, in addresses of pages and in the catalogue of texts.</summary>
    string Name { get; }

    IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>A verdict for each row, in their order.</summary>
    Task<IReadOnlyList<RowVerdict>> Decide(ImportBatch batch, CancellationToken cancel);
}

/// <summary>Who may object to taking an import back: the module that has built upon it.</summary>
public interface IImportGuard
{
    /// <summary>Why it cannot be taken back any more; null: nothing rests on it here.</summary>
    Task<Refusal?> WhyKept(ImportRecord import, CancellationToken cancel);
}

/// <summary>A file to be taken in.</summary>
/// <param name="File">Where it lies now.</param>
/// <param name="Name">What its owner calls it.</param>
/// <param name="Mapping">Columns of the file by the names of ours; where it says nothing, names and memory decide.</param>
/// <param name="LimitRows">Only the first rows; null: all.</param>
public sealed record ImportRequest(
    TerritoryRecord Territory, string Kind, string File, string Name, string By, IReadOnlyDictionary<string, string>? Mapping = null,
    int? LimitRows = null);

/// <summary>A column of the file and what it is taken for; null: nothing.</summary>
public sealed record MappedColumn(string Foreign, string? Column, IReadOnlyList<string> Examples);

/// <param name="Line">Line of the file.</param>
/// <param name="Fields">The row as it is written.</param>
public sealed record ImportRemark(long Line, RowFate Fate, Refusal Reason, IReadOnlyList<string> Fields);

/// <summary>What became of each row: Rows = Taken + Doubtful + Unchanged + Refused.</summary>
public sealed record ImportCounts(long Rows, long Taken, long Doubtful, long Unchanged, long Refused)
{
    public static readonly ImportCounts None = new(0, 0, 0, 0, 0);
}

/// <param name="Reasons">How many rows are refused or doubtful for each reason.</param>
/// <param name="Remarks">The first of them.</param>
public sealed record ImportPreview(
    string Layout, long HeadLine, IReadOnlyList<MappedColumn> Columns, ImportCounts Counts, IReadOnlyDictionary<string, long> Reasons,
    IReadOnlyList<ImportRemark> Remarks);

public sealed record ImportRecord(
    ImportId Id, TerritoryId Territory, string Kind, string File, string Hash, string Layout, ImportState State, ImportCounts Counts,
    Instant StartedAt, string StartedBy, Instant? EndedAt, string? Fault);

/// <summary>How far a reading of a file is, in thousandths of the file.</summary>
public sealed record ImportProgress(int Permille, ImportCounts Counts);

/// <summary>Taking registers of other systems in.</summary>
public interface IImports
{
    IReadOnlyList<IImportKind> Kinds { get; }

    /// <summary>
    /// Reads the whole file and decides every row without writing anything. Refused with <c>imports.kind-unknown</c>,
    /// <c>imports.file-not-found</c>, <c>imports.file-broken</c> or <c>imports.columns-missing</c>.
    /// </summary>
    Task<Outcome<ImportPreview>> Preview(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>
    /// Takes the file in, some rows at a time, each time whole or not at all. Cancelled, what was taken stays and can be
    /// undone; the same file again goes on with the rest. Refused like <see cref="Preview"/>, and with
    /// <c>imports.in-progress</c>.
    /// </summary>
    Task<Outcome<ImportRecord>> Take(ImportRequest request, IProgress<ImportProgress>? progress, CancellationToken cancel);

    /// <summary>
    /// Takes an import back: the registers are as if it had never been. Refused with <c>imports.unknown</c>,
    /// <c>imports.undone-already</c>, <c>imports.still-working</c>, <c>imports.built-upon</c>, or by whoever has billed on it.
    /// </summary>
    Task<Outcome<ImportRecord>> Undo(ImportId import, string by, CancellationToken cancel);

    Task<IReadOnlyList<ImportRecord>> List(IReadOnlyCollection<TerritoryId> territories, int limit, CancellationToken cancel);

    Task<ImportRecord?> Find(ImportId import, CancellationToken cancel);

    /// <summary>Refused and doubtful rows in the order of the file, from a line on.</summary>
    Task<IReadOnlyList<ImportRemark>> ListRemarks(
        ImportId import, RowFate fate, long afterLine, int limit, CancellationToken cancel);

    /// <summary>The columns of the file as they stood in its head.</summary>
    Task<IReadOnlyList<string>> ColumnsOf(ImportId import, CancellationToken cancel);
}

namespace Ochag.Documents.Tables;

/// <summary>A table with a head, row by row: of a delimited text or of a workbook's first sheet.</summary>
public abstract class Table : IDisposable
{
    /// <summary>How far down a head is looked for: registers begin with titles, dates and signatures.</summary>
    private const int HeadSoughtIn = 30;

    /// <summary>No register is wider; a damaged file may be.</summary>
    private protected const int MostColumns = 1000;

    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _repeats = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];
    private readonly Queue<RawRow> _ahead = new();

    /// <summary>The columns' names as the head spells them, from the left; one that stands twice is called "name (2)".</summary>
    public IReadOnlyList<string> Columns => _names;

    /// <summary>The line of the head.</summary>
    public long HeadLine { get; private set; }

    /// <summary>What was found out about the file, for people: "CSV, windows-1251, ;".</summary>
    public abstract string Layout { get; }

    /// <summary>How much of the file has been read, in thousandths.</summary>
    public abstract int ReadPermille { get; }

    /// <summary>
    /// Opens a file as a table, a workbook by its first bytes and anything else as delimited text.
    /// </summary>
    /// <param name="headScore">
    /// How much a row looks like the head: the row of the highest number is it, the first of equals. Without it the first row.
    /// </param>
    /// <exception cref="TableException">It is empty, no table, broken or larger than what is read here.</exception>
    public static Table Open(string path, Func<IReadOnlyList<string>, int>? headScore = null)
    {
        Table table = XlsxTable.IsWorkbook(path) ? XlsxTable.OpenSheet(path) : DelimitedTable.OpenText(path);
        try
        {
            table.FindHead(headScore ?? (_ => 0));
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>The rows after the head, in the order of the file.</summary>
    /// <exception cref="TableException">A row cannot be read at all, or is longer than a mebibyte.</exception>
    public IEnumerable<TableRow> Rows()
    {
        while ((_ahead.Count > 0 ? _ahead.Dequeue() : Next()) is { } raw)
            yield return new(_columns, raw);
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    /// <summary>The next row that is not empty; null: there is none.</summary>
    private protected abstract RawRow? Next();

    private protected void FindHead(Func<IReadOnlyList<string>, int> score)
    {
        RawRow? head = null;
        var highest = int.MinValue;
        while (_ahead.Count < HeadSoughtIn && Next() is { } row)
        {
            _ahead.Enqueue(row);
            if (score(row.Fields) is var points && points > highest)
                (head, highest) = (row, points);
        }

        if (head is null)
            throw new TableException(new("tables.empty"));
        while (_ahead.Dequeue() != head)
        {
            // Titles above the head are no rows.
        }

        HeadLine = head.Line;
        foreach (var field in head.Fields)
            Name(field.Trim().TrimStart('\uFEFF'));
    }

    private void Name(string name)
    {
        var unique = name;
        // Counted on, not from the start: a thousand columns without a name would be half a million tries.
        for (var i = _repeats.GetValueOrDefault(name, 1); !_columns.TryAdd(unique, _names.Count); unique = $"{name} ({i})")
            _repeats[name] = ++i;
        _names.Add(unique);
    }
}

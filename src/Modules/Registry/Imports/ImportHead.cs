using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Imports;

/// <summary>Which column of a file is which of a kind's: by what was said, by memory, by name, by alias. Pure.</summary>
internal sealed class ImportHead
{
    private readonly Dictionary<string, string> _foreignOf = new(StringComparer.Ordinal);

    private ImportHead(IImportKind kind, IReadOnlyList<string> foreign) => (Kind, Foreign) = (kind, foreign);

    public IImportKind Kind { get; }

    /// <summary>The file's own columns.</summary>
    public IReadOnlyList<string> Foreign { get; }

    /// <summary>Columns that the kind needs and the file has not.</summary>
    public IReadOnlyList<string> Missing =>
        [.. Kind.Columns.Where(c => c.Required && !_foreignOf.ContainsKey(c.Name)).Select(c => c.Name)];

    /// <summary>The foreign column by ours.</summary>
    public IReadOnlyDictionary<string, string> Map => _foreignOf;

    /// <summary>
    /// How much a row looks like a head: by the names of the kind's columns in it, and where no row has any, by how many
    /// of its fields are words.
    /// </summary>
    public static int Score(IImportKind kind, IReadOnlyDictionary<string, string> memory, IReadOnlyList<string> fields)
    {
        const int known = 1000;
        var names = Names(kind);
        return fields.Select(SearchKey.Fold).Sum(f =>
            names.ContainsKey(f) || memory.ContainsKey(f) ? known : f.Any(char.IsLetter) ? 1 : 0);
    }

    /// <param name="said">Foreign columns by ours; an empty one says that it is not in the file.</param>
    /// <param name="memory">Our columns by folded foreign names, as they were mapped before.</param>
    public static ImportHead Of(
        IImportKind kind, IReadOnlyList<string> foreign, IReadOnlyDictionary<string, string>? said,
        IReadOnlyDictionary<string, string> memory)
    {
        var head = new ImportHead(kind, foreign);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, name) in said ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            if (foreign.FirstOrDefault(f => f.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Length: > 0 } found
                && taken.Add(found))
                head._foreignOf[column] = found;
        }

        var names = Names(kind);
        foreach (var source in new[] { memory, names })
        {
            foreach (var name in foreign.Where(f => !taken.Contains(f)))
            {
                if (source.TryGetValue(SearchKey.Fold(name), out var column) && said?.ContainsKey(column) != true
                    && head._foreignOf.TryAdd(column, name))
                {
                    taken.Add(name);
                }
            }
        }

        return head;
    }

    public ImportRow Row(TableRow row) => new(
        row.Line,
        _foreignOf.ToDictionary(m => m.Key, m => row[m.Value], StringComparer.Ordinal),
        [.. _foreignOf.Where(m => row.IsFormula(m.Value)).Select(m => m.Key)]);

    /// <summary>The head once more, or the numbers of the columns below it.</summary>
    public bool IsHeadAgain(TableRow row)
    {
        var filled = row.Fields.Select((f, i) => (Field: f.Trim(), i)).Where(f => f.Field.Length > 0).ToList();
        return filled.TrueForAll(f => f.i < Foreign.Count && f.Field.Equals(Foreign[f.i], StringComparison.OrdinalIgnoreCase))
            || filled.Count > 2 && filled.TrueForAll(f => f.Field == $"{f.i + 1}");
    }

    private static Dictionary<string, string> Names(IImportKind kind)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in kind.Columns)
            names.TryAdd(SearchKey.Fold(column.Name), column.Name);
        foreach (var column in kind.Columns)
        {
            foreach (var alias in column.Aliases)
                names.TryAdd(SearchKey.Fold(alias), column.Name);
        }

        return names;
    }
}

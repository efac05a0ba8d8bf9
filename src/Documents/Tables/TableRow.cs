namespace Ochag.Documents.Tables;

/// <summary>A row as it lies in the file: its line and its fields from the left.</summary>
/// <param name="Line">Counted from 1: of a text the line on which the row begins, of a sheet the number of the row.</param>
/// <param name="Formulas">Places of fields that a formula computes (their last result is in the field); null: none.</param>
internal sealed record RawRow(long Line, string[] Fields, IReadOnlyList<int>? Formulas = null);

/// <summary>A row of a table with a head: its line in the file and its fields by column name.</summary>
public sealed class TableRow
{
    private readonly IReadOnlyDictionary<string, int> _columns;
    private readonly RawRow _raw;

    internal TableRow(IReadOnlyDictionary<string, int> columns, RawRow raw) => (_columns, _raw) = (columns, raw);

    /// <summary>Line of the file on which the row begins, counted from 1.</summary>
    public long Line => _raw.Line;

    public int Count => _raw.Fields.Length;

    /// <summary>The fields from the left, as they are written.</summary>
    public IReadOnlyList<string> Fields => _raw.Fields;

    /// <summary>True when the row has as many fields as the head.</summary>
    public bool IsWhole => _raw.Fields.Length == _columns.Count;

    /// <summary>The field, trimmed; empty when the row has no such column.</summary>
    public string this[string column] =>
        _columns.TryGetValue(column, out var index) && index < _raw.Fields.Length ? _raw.Fields[index].Trim() : "";

    /// <summary>True where the field is the result of a formula: what it was computed from is not in the file.</summary>
    public bool IsFormula(string column) =>
        _raw.Formulas is { } formulas && _columns.TryGetValue(column, out var index) && formulas.Contains(index);
}

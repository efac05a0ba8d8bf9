namespace Ochag.Documents.Tables;

/// <summary>Rows of a comma-separated file (RFC 4180) that a spreadsheet may open without running anything in them.</summary>
public static class DelimitedText
{
    private const string Formula = "=+-@\t\r";

    public static string Row(params ReadOnlySpan<string> fields)
    {
        var quoted = new string[fields.Length];
        for (var i = 0; i < fields.Length; i++)
            quoted[i] = Field(fields[i]);
        return string.Join(',', quoted);
    }

    public static string Row(params ReadOnlySpan<TableCell> cells)
    {
        var quoted = new string[cells.Length];
        for (var i = 0; i < cells.Length; i++)
            quoted[i] = cells[i].IsNumber ? cells[i].Text : Field(cells[i].Text);
        return string.Join(',', quoted);
    }

    /// <summary>Quoted where it must be; a text that a spreadsheet would take for a formula gets an apostrophe (ASVS 1.2.10).</summary>
    public static string Field(string text)
    {
        var safe = text.Length > 0 && Formula.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

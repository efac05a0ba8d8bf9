using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>
/// Reads the fields of a row as what they stand for. The first that cannot be read is remembered, with its column; the row
/// is refused by it.
/// </summary>
/// <param name="row">Fields by the names of the kind's columns.</param>
/// <param name="columns">The kind's columns.</param>
public sealed class ImportCells(ImportRow row, IReadOnlyList<ImportColumn> columns)
{
    /// <summary>Registers write a gap as a word.</summary>
    private static readonly HashSet<string> Gaps = new(
        ["не заполнено", "незаполнено", "нет данных", "-", "—", "null", "n/a", "#n/a"], StringComparer.OrdinalIgnoreCase);

    private static readonly LocalDatePattern[] Dates =
    [
        .. new[] { "uuuu-MM-dd", "d.M.uuuu", "d/M/uuuu", "uuuu/M/d", "uuuu-MM-dd'T00:00:00'" }
            .Select(LocalDatePattern.CreateWithInvariantCulture),
    ];

    private static readonly (LocalDate First, LocalDate Last) Years = (new(1900, 1, 1), new(2199, 12, 31));

    public Refusal? Fault { get; private set; }

    /// <summary>The field without space around and within doubled; empty where the register has a gap.</summary>
    public string Text(string column, int longest = 300)
    {
        if (row.Formulas.Contains(column, StringComparer.Ordinal))
            Refuse("imports.formula", column, "");
        if (!row.Fields.TryGetValue(column, out var raw))
            raw = "";
        var text = string.Join(' ', raw.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        // What an export put before it, so that a spreadsheet does not run it.
        if (text is ['\'', '=' or '+' or '-' or '@', ..])
            text = text[1..];
        if (Gaps.Contains(text))
            text = "";
        if (text.Length > longest)
            Refuse("imports.field-too-long", column, $"{text.Length} > {longest}");
        if (text.Any(char.IsControl))
            Refuse("imports.field-wrong", column, text);
        if (text.Length == 0 && columns.First(c => c.Name == column).Required)
            Refuse("imports.field-empty", column, "");
        return text;
    }

    public int? Whole(string column, int least, int most)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (int.TryParse(Number(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && value >= least && value <= most)
            return value;
        Refuse("imports.number-wrong", column, $"{text}; {least}..{most}");
        return null;
    }

    /// <summary>With comma or point, thousands parted by spaces; at most six digits after it.</summary>
    public Fixed? Decimal(string column, long least, long most)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        if (Fixed.TryParse(Number(text), out var value) && value >= Fixed.Of(least) && value <= Fixed.Of(most))
            return value;
        Refuse("imports.number-wrong", column, $"{text}; {least}..{most}");
        return null;
    }

    public LocalDate? Date(string column)
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        foreach (var pattern in Dates)
        {
            if (pattern.Parse(text).TryGetValue(default, out var day) && day >= Years.First && day <= Years.Last)
                return day;
        }

        Refuse("imports.date-wrong", column, text);
        return null;
    }

    public bool? YesNo(string column)
    {
        var text = Text(column);
        switch (text.ToLowerInvariant())
        {
            case "":
                return null;
            case "1" or "да" or "так" or "yes" or "true" or "y" or "истина" or "+" or "есть":
                return true;
            case "0" or "нет" or "ні" or "no" or "false" or "n" or "ложь":
                return false;
            default:
                Refuse("imports.yes-no-wrong", column, text);
                return null;
        }
    }

    /// <summary>One of the words that the column's choices know; empty: nothing is said.</summary>
    public TChoice? Choice<TChoice>(string column)
        where TChoice : struct, Enum
    {
        var text = Text(column);
        if (text.Length == 0)
            return null;
        var choices = columns.First(c => c.Name == column).Choices;
        if (choices.TryGetValue(SearchKey.Fold(text), out var meant) && Enum.TryParse<TChoice>(meant, out var value))
            return value;
        Refuse("imports.choice-wrong", column, $"{text}; {string.Join(", ", choices.Values.Distinct(StringComparer.Ordinal))}");
        return null;
    }

    public void Refuse(string code, string column, string value) => Fault ??= new(code, ("column", column), ("value", value));

    /// <summary>"1 234,50" and "1,234.50" are both 1234.50; a lone comma is a decimal one.</summary>
    private static string Number(string text)
    {
        var plain = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\''));
        var (comma, point) = (plain.LastIndexOf(','), plain.LastIndexOf('.'));
        if (comma >= 0 && point >= 0)
            plain = comma > point ? plain.Replace(".", "", StringComparison.Ordinal) : plain.Replace(",", "", StringComparison.Ordinal);
        return plain.Replace(',', '.');
    }
}

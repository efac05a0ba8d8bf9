using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Foundation;

namespace Ochag.Billing.RulePacks;

/// <summary>
/// Reads rulepacks/&lt;name&gt;: parameters, formulas, clauses and the calendar as dated data. Any doubt refuses, with file and line.
/// </summary>
internal static class RulePackFile
{
    private static readonly Dictionary<string, ParameterTable> Tables = new(StringComparer.Ordinal)
    {
        ["norm"] = ParameterTable.Norm,
        ["q"] = ParameterTable.HeatPerCubicMetre,
        ["raising_factor"] = ParameterTable.RaisingFactor,
        ["vat"] = ParameterTable.Vat,
        ["setting"] = ParameterTable.Setting,
        ["gas_profile"] = ParameterTable.GasProfile,
        ["range_bound"] = ParameterTable.RangeBound,
    };

    private static readonly HashSet<string> Confidences = new(StringComparer.Ordinal) { "confirmed", "memory", "interpretation" };

    public static Outcome<RulePack> Read(string folder)
    {
        try
        {
            return ReadFiles(folder);
        }
        catch (InvalidDataException broken)
        {
            return new Refusal("billing.rule-pack-unreadable", ("folder", folder), ("reason", broken.Message));
        }
    }

    private static Outcome<RulePack> ReadFiles(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var file = Path.Combine(folder, "parameters.csv");
        if (!File.Exists(file))
            return new Refusal("billing.rule-pack-not-found", ("pack", name), ("folder", folder));

        var parameters = new List<(PackParameter Row, long Line)>();
        using (var table = DelimitedTable.Open(file))
        {
            foreach (var row in table.Rows())
            {
                var parameter = ReadRow(row);
                if (parameter.IsRefused)
                    return At(parameter.Refusal!, file, row.Line);
                parameters.Add((parameter.Value, row.Line));
            }
        }

        foreach (var series in parameters.GroupBy(p => (p.Row.Parameter.Table, p.Row.Parameter.Key)))
        {
            if (Break([.. series.OrderBy(p => p.Row.Parameter.From)]) is { } broken)
                return At(broken.Refusal, file, broken.Line);
        }

        var formulas = ReadFormulas(Path.Combine(folder, "formulas.csv"));
        if (formulas.IsRefused)
            return formulas.Refusal!;
        var clauses = ClauseFile.Read(Path.Combine(folder, "clauses.csv"));
        if (clauses.IsRefused)
            return clauses.Refusal!;
        var calendar = CalendarFile.Read(Path.Combine(folder, "calendar.csv"));
        return calendar.IsRefused
            ? calendar.Refusal!
            : new RulePack(name, [.. parameters.Select(p => p.Row)], formulas.Value, clauses.Value, calendar.Value);
    }

    private static Outcome<PackParameter> ReadRow(TableRow row)
    {
        if (!row.IsWhole)
            return new Refusal("billing.rule-pack-row-broken", ("fields", row.Count.ToString(CultureInfo.InvariantCulture)));
        if (!Tables.TryGetValue(row["table"], out var table))
            return new Refusal("billing.rule-pack-unknown-name", ("column", "table"), ("value", row["table"]));
        if (!IsKnown(table, row["key"]))
            return new Refusal("billing.rule-pack-unknown-name", ("column", "key"), ("value", row["key"]));
        if (!Confidences.Contains(row["confidence"]))
            return new Refusal("billing.rule-pack-unknown-name", ("column", "confidence"), ("value", row["confidence"]));
        if (!Day(row["from"], out var from))
            return new Refusal("billing.rule-pack-value-broken", ("column", "from"), ("value", row["from"]));
        LocalDate? to = null;
        if (row["to"].Length > 0)
        {
            if (!Day(row["to"], out var last) || last < from)
                return new Refusal("billing.rule-pack-value-broken", ("column", "to"), ("value", row["to"]));
            to = last;
        }

        if (!Fixed.TryParse(row["value"], out var value))
            return new Refusal("billing.rule-pack-value-broken", ("column", "value"), ("value", row["value"]));
        if (row["paragraph"].Length == 0)
            return new Refusal("billing.rule-pack-value-broken", ("column", "paragraph"), ("value", ""));
        return new PackParameter(
            new(table, row["key"], from, to, value.ToExact(), row["paragraph"]), row["confidence"], row["note"]);
    }

    private static bool IsKnown(ParameterTable table, string key) => table switch
    {
        ParameterTable.Setting => Evaluation.Settings.IsKnown(key),
        ParameterTable.Vat => key == "vat",
        ParameterTable.RaisingFactor => key is "kp" or "heating",
        ParameterTable.GasProfile => key.Contains(':', StringComparison.Ordinal),
        _ => key.Length > 0,
    };

    /// <summary>The first gap or overlap of a series, with the line that makes it.</summary>
    private static (Refusal Refusal, long Line)? Break((PackParameter Row, long Line)[] series)
    {
        for (var i = 1; i < series.Length; i++)
        {
            var (before, next) = (series[i - 1].Row.Parameter, series[i].Row.Parameter);
            var expected = before.To?.PlusDays(1);
            if (expected == next.From)
                continue;
            var code = expected is null || expected > next.From ? "billing.rule-pack-overlap" : "billing.rule-pack-gap";
            return (new Refusal(code, ("key", next.Key), ("from", Iso(next.From)), ("other line", $"{series[i - 1].Line}")),
                series[i].Line);
        }

        return null;
    }

    private static Outcome<IReadOnlyDictionary<int, PackFormula>> ReadFormulas(string file)
    {
        var formulas = new Dictionary<int, PackFormula>();
        using var table = DelimitedTable.Open(file);
        foreach (var row in table.Rows())
        {
            if (!int.TryParse(row["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                || !Enum.IsDefined((Formula)number))
            {
                return At(new("billing.rule-pack-unknown-name", ("column", "number"), ("value", row["number"])), file, row.Line);
            }

            formulas[number] = new(row["code"], row["paragraph"], row["formula"]);
        }

        foreach (var formula in Enum.GetValues<Formula>())
        {
            if (!formulas.ContainsKey((int)formula))
                return At(new("billing.rule-pack-formula-missing", ("number", $"{(int)formula}")), file, 0);
        }

        return formulas;
    }

    internal static Refusal At(Refusal refusal, string file, long line) =>
        new(refusal.Code, [("file", file), ("line", line.ToString(CultureInfo.InvariantCulture)), .. refusal.Facts]);

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static bool Day(string text, out LocalDate day) => LocalDatePattern.Iso.Parse(text).TryGetValue(default, out day);
}

using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Billing.Evaluation;
using Ochag.Documents.Tables;
using Ochag.Foundation;

namespace Ochag.Billing.RulePacks;

/// <summary>
/// Reads rulepacks/&lt;name&gt;: parameters, formulas, clauses and the calendar as dated data. Any doubt refuses, with file and line.
/// </summary>
internal static class RulePackFile
{
    /// <summary>The tables of a pack, with what their values can be; a setting's stands beside its name.</summary>
    private static readonly Dictionary<string, (ParameterTable Table, ValueRange? Range)> Tables = new(StringComparer.Ordinal)
    {
        ["norm"] = (ParameterTable.Norm, ValueRange.Volume),
        ["q"] = (ParameterTable.HeatPerCubicMetre, ValueRange.Of("0.001", "1")),
        ["raising_factor"] = (ParameterTable.RaisingFactor, ValueRange.Of("1", "10")),
        ["vat"] = (ParameterTable.Vat, ValueRange.Of("0", "50")),
        ["setting"] = (ParameterTable.Setting, null),
        ["gas_profile"] = (ParameterTable.GasProfile, ValueRange.Share),
        ["range_bound"] = (ParameterTable.RangeBound, ValueRange.Volume),
    };

    private static readonly HashSet<string> TariffKeys = new(
        [
            "cold_water", "hot_water.carrier", "hot_water.heat", "drainage", "heating", "electricity.energy", "electricity.day",
            "electricity.night", "electricity.peak", "electricity.half_peak", "gas.supply", "gas.distribution",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> Confidences = new(StringComparer.Ordinal) { "confirmed", "memory", "interpretation" };

    public static Outcome<RulePack> Read(string folder)
    {
        try
        {
            return ReadFiles(folder);
        }
        catch (TableException broken)
        {
            return new Refusal("billing.rule-pack-unreadable", [("folder", folder), ("reason", broken.Why.Code), .. broken.Why.Facts]);
        }
    }

    private static Outcome<RulePack> ReadFiles(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
        var file = Path.Combine(folder, "parameters.csv");
        if (!File.Exists(file))
            return new Refusal("billing.rule-pack-not-found", ("pack", name), ("folder", folder));

        var parameters = new List<PackRow>();
        using (var table = DelimitedTable.Open(file))
        {
            foreach (var row in table.Rows())
            {
                var parameter = ReadRow(row);
                if (parameter.IsRefused)
                    return At(parameter.Refusal!, file, row.Line);
                parameters.Add(new(parameter.Value, row.Line));
            }
        }

        foreach (var series in parameters.GroupBy(p => (p.Row.Parameter.Table, p.Row.Parameter.Key)))
        {
            if (Break([.. series.OrderBy(p => p.Row.Parameter.From)]) is { } broken)
                return At(broken.Refusal, file, broken.Line);
        }

        foreach (var (lower, upper) in Ordered(parameters))
        {
            if (Reversed(lower, upper) is { } reversed)
                return At(reversed.Refusal, file, reversed.Line);
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
        if (!Tables.TryGetValue(row["table"], out var known))
            return new Refusal("billing.rule-pack-unknown-name", ("column", "table"), ("value", row["table"]));
        var (table, range) = (known.Table, known.Range ?? Settings.RangeOf(row["key"]));
        if (range is null || !IsKnown(table, row["key"]))
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
        if (range.Refuse(row["key"], value) is { } impossible)
            return impossible;
        if (row["paragraph"].Length == 0)
            return new Refusal("billing.rule-pack-value-broken", ("column", "paragraph"), ("value", ""));
        return new PackParameter(
            new(table, row["key"], from, to, value.ToExact(), row["paragraph"]), row["confidence"], row["note"]);
    }

    /// <summary>Null: a territory may decide this number. As strict as a pack, and it knows tariffs, seasons and weather too.</summary>
    public static Refusal? Refuse(ParameterTable table, string key, Fixed value)
    {
        var range = table switch
        {
            ParameterTable.Tariff or ParameterTable.NetTariff => IsTariff(key) ? ValueRange.Volume : null,
            ParameterTable.HeatingSeason => key == "heating" ? ValueRange.YesOrNo : null,
            ParameterTable.Outdoor => key == "mean" ? ValueRange.Of("-80", "60") : null,
            ParameterTable.Setting => Settings.RangeOf(key),
            _ => Tables.Values.First(t => t.Table == table).Range,
        };
        return range is null || !IsKnown(table, key) ? new("billing.parameter-unknown", ("key", key)) : range.Refuse(key, value);
    }

    /// <summary>Tariffs that bills are made by, without those of further ranges.</summary>
    internal static IEnumerable<string> Tariffs => TariffKeys.Order(StringComparer.Ordinal);

    /// <summary>"electricity.energy", and "electricity.energy.2" of the second range.</summary>
    private static bool IsTariff(string key) =>
        TariffKeys.Contains(key) || key is [.. var first, '.', >= '2' and <= '9'] && TariffKeys.Contains(first);

    private static bool IsKnown(ParameterTable table, string key) => table switch
    {
        ParameterTable.Vat => key == "vat",
        ParameterTable.RaisingFactor => key is "kp" or "heating",
        ParameterTable.GasProfile => key.Contains(':', StringComparison.Ordinal),
        _ => key.Length > 0,
    };

    /// <summary>The first gap or overlap of a series, with the line that makes it.</summary>
    private static (Refusal Refusal, long Line)? Break(PackRow[] series)
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

    /// <summary>Pairs of series of which the first is never above the second: settings in an order, bounds of ranges.</summary>
    private static IEnumerable<(PackRow[] Lower, PackRow[] Upper)> Ordered(List<PackRow> rows)
    {
        foreach (var (lower, upper) in Settings.Ordered)
            yield return (Series(ParameterTable.Setting, lower), Series(ParameterTable.Setting, upper));
        foreach (var key in rows.Where(r => r.Row.Parameter.Table == ParameterTable.RangeBound).Select(r => r.Row.Parameter.Key)
            .Distinct(StringComparer.Ordinal))
        {
            if (key.Split('.') is [var name, var range] && int.TryParse(range, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                yield return (Series(ParameterTable.RangeBound, key), Series(ParameterTable.RangeBound, $"{name}.{at + 1}"));
        }

        PackRow[] Series(ParameterTable table, string key) =>
            [.. rows.Where(r => r.Row.Parameter.Table == table && r.Row.Parameter.Key == key)];
    }

    /// <summary>The first two rows that hold together in the wrong order, with the later line of the two.</summary>
    private static (Refusal Refusal, long Line)? Reversed(PackRow[] lower, PackRow[] upper)
    {
        foreach (var (low, high) in lower.SelectMany(l => upper.Select(u => (l, u))))
        {
            var (below, above) = (low.Row.Parameter, high.Row.Parameter);
            var together = !(below.To < above.From) && !(above.To < below.From);
            if (!together || below.Value <= above.Value)
                continue;
            return (new("billing.rule-pack-order", ("key", below.Key), ("value", $"{below.Value}"), ("other", above.Key),
                ("other value", $"{above.Value}"), ("other line", $"{Math.Min(low.Line, high.Line)}")), Math.Max(low.Line, high.Line));
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

    private readonly record struct PackRow(PackParameter Row, long Line);
}

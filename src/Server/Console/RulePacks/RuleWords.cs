using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Look = Ochag.Server.Console.Parts.Service;

namespace Ochag.Server.Console.RulePacks;

/// <summary>Parameters of the rules in plain words: what is numbered, and the number with its unit.</summary>
internal static class RuleWords
{
    private const char NoBreak = '\u00A0';

    /// <summary>A period of months that is as good as endless: the rule knows no end, its number must be one.</summary>
    private static readonly Exact NoEnd = Exact.Of(9999);

    /// <summary>What settings count, by the end of their names; one that is not here is shown as a bare number.</summary>
    private static readonly (string Unit, string[] Ends)[] SettingUnits =
    [
        ("unit.months",
        [
            "average_window", "average_least", "missing_periods", "missing_periods_non_residential", "failed_periods", "removed_periods",
            "heat_average_periods", "heating_months", "p62_months",
        ]),
        ("unit.days", ["temporary_days", "absence_days", "absence_application_days", "planned_days"]),
        ("unit.percent", ["_percent", "pressure_bound"]),
        ("unit.hours", [".once", ".month", ".once.0", ".once.1", ".once.2", ".once.8", ".once.10", ".once.12"]),
        ("unit.celsius", ["indoor_base", ".norm", ".tolerance_day", ".tolerance_night", ".tolerance_up", ".step", ".cold_below"]),
    ];

    private static readonly string[] Switches = ["reverse_norm", "heating_all_year", "electricity_ranges", "quality_by_share"];

    /// <summary>"Горячая вода: теплоноситель"; a key without words of its own is made of those of service and component.</summary>
    public static string Name(IStringLocalizer<Texts> texts, ParameterTable table, string key)
    {
        if (texts[$"parameter.{table}.{key}"] is { ResourceNotFound: false } words)
            return words;
        if (table == ParameterTable.HeatPerCubicMetre)
            return texts["hotWater." + key] is { ResourceNotFound: false } system ? system : key;
        return table switch
        {
            ParameterTable.Setting => OfService(texts, key),
            ParameterTable.GasProfile when key.Split(':') is [var group, var month]
                && int.TryParse(month, CultureInfo.InvariantCulture, out var number) =>
                texts["rules.gasGroup", group, Month(number)],
            ParameterTable.RangeBound when key.Split('.') is [var name, var range] && ServiceOf(name) is { } service =>
                texts["rules.rangeBound", ServiceName(texts, service), range],
            _ => OfComponent(texts, table, key),
        };
    }

    /// <summary>"Газ: среднее берётся не больше чем за": a setting that a service has of its own.</summary>
    private static string OfService(IStringLocalizer<Texts> texts, string key) =>
        key.Split('.', 2) is [var name, var common] && ServiceOf(name) is { } service
            && texts[$"parameter.{ParameterTable.Setting}.{common}"] is { ResourceNotFound: false } words
            ? $"{ServiceName(texts, service)}: {Lower(words)}"
            : key;

    private static string OfComponent(IStringLocalizer<Texts> texts, ParameterTable table, string key)
    {
        if (table is ParameterTable.Tariff or ParameterTable.NetTariff && key.LastIndexOf('.') is > 0 and var dot
            && Name(texts, table, key[..dot]) is var first && first != key[..dot] && key[(dot + 1)..].All(char.IsAsciiDigit))
        {
            return texts["rules.range", first, key[(dot + 1)..]];
        }

        return key.Split('.') switch
        {
            ["odn", var name] when ServiceOf(name) is { } service => $"{texts["component.Common"]}: {Lower(ServiceName(texts, service))}",
            [var name] when ServiceOf(name) is { } service => ServiceName(texts, service),
            [var name, var part] when ServiceOf(name) is { } service && Term<ComponentKind>(part) is { } kind =>
                $"{ServiceName(texts, service)}: {Lower(texts["component." + kind])}",
            _ => key,
        };
    }

    /// <summary>Whether the key is told in words; else the page shows the key itself.</summary>
    public static bool IsNamed(IStringLocalizer<Texts> texts, ParameterTable table, string key) => Name(texts, table, key) != key;

    public static string Value(IStringLocalizer<Texts> texts, RuleRow row, Currency currency) => row.Table switch
    {
        ParameterTable.Tariff or ParameterTable.NetTariff =>
            $"{Formats.Price(row.Value)}{NoBreak}{Formats.Sign(currency)}/{texts[UnitOf(row.Key)]}",
        ParameterTable.Norm => $"{Formats.Of(row.Value)}{NoBreak}{texts[UnitOf(row.Key)]}/{texts[PerOf(row.Key)]}",
        ParameterTable.HeatPerCubicMetre => $"{Formats.Of(row.Value)}{NoBreak}{texts["unit.gcal"]}/{texts["unit.m3"]}",
        ParameterTable.RaisingFactor => $"×{NoBreak}{Formats.Of(row.Value)}",
        ParameterTable.Vat => $"{Formats.Of(row.Value)}{NoBreak}%",
        ParameterTable.Outdoor => $"{Formats.Of(row.Value)}{NoBreak}{texts["unit.celsius"]}",
        ParameterTable.HeatingSeason => row.Last is { } last
            ? $"{Period.DaysBetween(row.From, last) + 1}{NoBreak}{texts["unit.days"]}"
            : texts["rules.season.on"],
        ParameterTable.GasProfile => $"{Formats.Of(row.Value * Exact.Of(100))}{NoBreak}%",
        ParameterTable.RangeBound => $"{Formats.Of(row.Value)}{NoBreak}{texts[UnitOf(row.Key)]}",
        _ => Setting(texts, row),
    };

    /// <summary>The paragraph of a pack's number, the evidence of a territory's own.</summary>
    public static string Source(IStringLocalizer<Texts> texts, RuleRow row) =>
        row.Backing == Backing.Territory ? Words.Evidence(texts, row.Source) : Citation.Of(texts, row.Source);

    /// <summary>"+9,5 %": a tenth of a percent is enough for people.</summary>
    public static string Growth(Exact percent)
    {
        var text = percent.ToDecimal(1).TrimStart('-').Replace('.', CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator[0]);
        return $"{(percent.Sign < 0 ? '\u2212' : '+')}{text}{NoBreak}%";
    }

    private static string Setting(IStringLocalizer<Texts> texts, RuleRow row)
    {
        if (Array.Exists(Switches, name => Ends(row.Key, name)))
            return texts[row.Value.IsZero ? "rules.no" : "rules.yes"];
        var number = Formats.Of(row.Value);
        if (OfClock.TryGetValue(row.Key, out var clock))
            return texts[clock, number];
        if (row.Key == "true_up_month")
            return Month((int)row.Value.Floor());
        var unit = SettingUnits.FirstOrDefault(u => Array.Exists(u.Ends, end => Ends(row.Key, end))).Unit;
        return unit == "unit.months" && row.Value >= NoEnd ? texts["rules.noEnd"]
            : unit is null ? number : $"{number}{NoBreak}{texts[unit]}";
    }

    /// <summary>Settings that name a day of the month or an hour.</summary>
    private static readonly Dictionary<string, string> OfClock = new(StringComparer.Ordinal)
    {
        ["reading_day"] = "rules.dayOfMonth",
        ["reading_window_from"] = "rules.fromDay",
        ["reading_window_to"] = "rules.toDay",
        ["quality.night_ends"] = "rules.toHour",
    };

    private static string Month(int number) => number is >= 1 and <= 12
        ? CultureInfo.CurrentCulture.DateTimeFormat.GetMonthName(number)
        : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A setting of a service ends as the common one.</summary>
    private static bool Ends(string key, string name) => key.EndsWith(name, StringComparison.Ordinal);

    /// <summary>What a tariff or a norm of the key counts.</summary>
    private static string UnitOf(string key) => key.Split('.') switch
    {
        [.., "heat"] or [.., "heating"] => "unit.gcal",
        ["electricity", ..] or [.., "electricity"] => "unit.kwh",
        _ => "unit.m3",
    };

    /// <summary>What a norm is given for, a month: a metre of area or a person.</summary>
    private static string PerOf(string key) =>
        key == "heating" || key.StartsWith("odn.", StringComparison.Ordinal) || key.StartsWith("gas.heating", StringComparison.Ordinal)
            ? "unit.m2"
            : "unit.person";

    private static string ServiceName(IStringLocalizer<Texts> texts, Service service) => texts["service." + Look.Of(service).Key];

    /// <summary>The service that a key is of; null: of none, or of several.</summary>
    public static Service? SubjectOf(string key) => key.Split('.') switch
    {
        ["odn", var name, ..] => ServiceOf(name),
        [var name, ..] => ServiceOf(name),
        _ => null,
    };

    private static Service? ServiceOf(string name) => Term<Service>(name);

    /// <summary>"half_peak" is HalfPeak: keys of rule packs write our terms in small letters.</summary>
    private static T? Term<T>(string name)
        where T : struct, Enum =>
        name.All(c => char.IsAsciiLetterLower(c) || c == '_')
        && Enum.TryParse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var term)
            ? term
            : null;

    private static string Lower(string text) => text.Length == 0 ? text : char.ToLower(text[0], CultureInfo.CurrentCulture) + text[1..];
}

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

    /// <summary>What settings count; one that is not here is shown as a bare number.</summary>
    private static readonly Dictionary<string, string> SettingUnits = new(StringComparer.Ordinal)
    {
        ["average_window"] = "unit.months",
        ["average_least"] = "unit.months",
        ["missing_periods"] = "unit.months",
        ["missing_periods_non_residential"] = "unit.months",
        ["heat_average_periods"] = "unit.months",
        ["heating_months"] = "unit.months",
        ["temporary_days"] = "unit.days",
        ["absence_days"] = "unit.days",
        ["absence_application_days"] = "unit.days",
        ["indoor_base"] = "unit.celsius",
    };

    private static readonly HashSet<string> Switches = new(StringComparer.Ordinal) { "reverse_norm", "heating_all_year" };

    /// <summary>"Горячая вода: теплоноситель"; a key without words of its own is made of those of service and component.</summary>
    public static string Name(IStringLocalizer<Texts> texts, ParameterTable table, string key)
    {
        if (texts[$"parameter.{table}.{key}"] is { ResourceNotFound: false } words)
            return words;
        if (table == ParameterTable.HeatPerCubicMetre)
            return texts["hotWater." + key] is { ResourceNotFound: false } system ? system : key;
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
        if (Switches.Contains(row.Key))
            return texts[row.Value.IsZero ? "rules.no" : "rules.yes"];
        if (row.Key == "reading_day")
            return texts["rules.dayOfMonth", Formats.Of(row.Value)];
        var number = Formats.Of(row.Value);
        return SettingUnits.TryGetValue(row.Key, out var unit) ? $"{number}{NoBreak}{texts[unit]}" : number;
    }

    /// <summary>What a tariff or a norm of the key counts.</summary>
    private static string UnitOf(string key) => key.Split('.') switch
    {
        [.., "heat"] or [.., "heating"] => "unit.gcal",
        ["electricity", ..] or [.., "electricity"] => "unit.kwh",
        _ => "unit.m3",
    };

    /// <summary>What a norm is given for, a month: a metre of area or a person.</summary>
    private static string PerOf(string key) =>
        key == "heating" || key.StartsWith("odn.", StringComparison.Ordinal) ? "unit.m2" : "unit.person";

    private static string ServiceName(IStringLocalizer<Texts> texts, Service service) => texts["service." + Look.Of(service).Key];

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

using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Thresholds;

/// <summary>Thresholds in plain words: what each is called, what it means, and its number with the unit.</summary>
internal static class ThresholdWords
{
    private static readonly (string Group, string[] Names)[] Groups =
    [
        ("use", ["high_warn", "high_fail", "high_add", "low_warn", "low_fail", "low_least", "zero_least", "zero_periods"]),
        ("limits", ["cap", "cap_of_building", "cap_warn", "inactive_use", "decimals", "rollover_share", "rollover_times"]),
        ("slips", ["slip_band", "slip_least"]),
        ("standing", ["silent_periods", "balance_over", "balance_under"]),
        ("expected", ["recent_days", "recent_least_days", "season_scale_most"]),
        ("intervals", ["spike_part", "spike_least", "flat_hours", "sum_part", "sum_least"]),
    ];

    /// <summary>What belongs together, under one head; what has no group yet comes last.</summary>
    public static IEnumerable<(string Title, IReadOnlyList<ServiceThreshold> Rows)> Grouped(
        IStringLocalizer<Texts> texts, IReadOnlyList<ServiceThreshold> rows)
    {
        foreach (var (group, names) in Groups)
        {
            if (rows.Where(r => names.Contains(r.Name, StringComparer.Ordinal)).ToList() is { Count: > 0 } some)
                yield return (texts["thresholds.group." + group], some);
        }

        if (rows.Where(r => !Groups.Any(g => g.Names.Contains(r.Name, StringComparer.Ordinal))).ToList() is { Count: > 0 } rest)
            yield return (texts["thresholds.group.other"], rest);
    }

    public static string Name(IStringLocalizer<Texts> texts, string name) =>
        texts["threshold." + name] is { ResourceNotFound: false } found ? found.Value : name;

    public static string Meaning(IStringLocalizer<Texts> texts, string name) => texts[$"threshold.{name}.text"];

    public static string Value(IStringLocalizer<Texts> texts, ServiceThreshold threshold, Exact value) =>
        Value(texts, threshold, new Fixed(value.Round(Fixed.Places)));

    public static string Value(IStringLocalizer<Texts> texts, ServiceThreshold threshold, Fixed value)
    {
        var number = Formats.Of(value);
        var unit = texts[ReadingWords.UnitOf(threshold.Service)].Value;
        return threshold.Unit switch
        {
            ThresholdUnit.Share => texts["threshold.unit.Share", number, Formats.Of(new Fixed(value.Millionths * 100))],
            ThresholdUnit.Amount => $"{number} {unit}",
            ThresholdUnit.AmountPerHour when threshold.Service == Service.Electricity => $"{number} {texts["unit.kw"]}",
            ThresholdUnit.AmountPerDay or ThresholdUnit.AmountPerHour => texts["threshold.unit." + threshold.Unit, number, unit],
            _ => texts["threshold.unit." + threshold.Unit, number],
        };
    }

    /// <summary>A refusal names another threshold: people read its words.</summary>
    public static Refusal Said(IStringLocalizer<Texts> texts, Refusal refusal) => refusal with
    {
        Facts = [.. refusal.Facts.Select(f => f.Name == "other" ? (f.Name, Name(texts, f.Value)) : f)],
    };

    /// <summary>What a change would do to the doubts of the last month.</summary>
    public static IReadOnlyList<string> Said(IStringLocalizer<Texts> texts, string name, ThresholdEffect? effect)
    {
        if (effect is null)
            return [texts["thresholds.effect.intervals"]];
        var what = name is "silent_periods" or "balance_over" or "balance_under" ? "standing" : "readings";
        List<string> lines =
        [
            texts[
                "thresholds.effect.looked." + what, Formats.Figure(effect.Judged), Formats.Figure(effect.Doubtful),
                Formats.Of(effect.Since)],
            effect is { Become: 0, Stop: 0 }
                ? texts["thresholds.effect.none"]
                : texts["thresholds.effect.changes", Formats.Figure(effect.Become), Formats.Figure(effect.Stop)],
        ];
        if (effect.Houses < effect.AllHouses)
            lines.Add(texts["thresholds.effect.part", Formats.Figure(effect.Houses), Formats.Figure(effect.AllHouses)]);
        return lines;
    }
}

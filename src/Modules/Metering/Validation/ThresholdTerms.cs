using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>What a threshold's number can be.</summary>
internal sealed record ThresholdTerm(string Name, ThresholdUnit Unit, Exact Least, Exact Most)
{
    public bool IsWhole => Unit is ThresholdUnit.Digits or ThresholdUnit.Days or ThresholdUnit.Hours or ThresholdUnit.Periods;

    /// <summary>What marks houses or meters, not readings.</summary>
    public bool IsOfStanding => Name is "silent_periods" or "balance_over" or "balance_under";

    /// <summary>What is looked at when uses by the hour come in; no reading is judged by it.</summary>
    public bool IsOfIntervals => Name is "spike_part" or "spike_least" or "flat_hours" or "sum_part" or "sum_least";
}

/// <summary>All thresholds in the order in which people read them, and what cannot be true of two of them together.</summary>
internal static class ThresholdTerms
{
    private static readonly Exact Plenty = Exact.Of(1_000_000);

    public static readonly IReadOnlyList<ThresholdTerm> All =
    [
        Times("high_warn"), Times("high_fail"), Amount("high_add", ThresholdUnit.AmountPerDay),
        Share("low_warn"), Share("low_fail"), Amount("low_least"),
        Amount("zero_least"), Whole("zero_periods", ThresholdUnit.Periods, 1, 120),
        Amount("cap", ThresholdUnit.AmountPerHour, Exact.Fraction(1, 1_000_000)),
        Amount("cap_of_building", ThresholdUnit.AmountPerHour, Exact.Fraction(1, 1_000_000)), Share("cap_warn"),
        Amount("inactive_use"), Share("slip_band"), Amount("slip_least"), Share("rollover_share"), Times("rollover_times"),
        Whole("decimals", ThresholdUnit.Digits, 0, Fixed.Places),
        Whole("silent_periods", ThresholdUnit.Periods, 1, 120), Share("balance_over"), Share("balance_under"),
        Whole("recent_days", ThresholdUnit.Days, 1, 3660), Whole("recent_least_days", ThresholdUnit.Days, 1, 3660),
        Times("season_scale_most"),
        new("spike_part", ThresholdUnit.Times, Exact.Zero, Exact.Of(1000)), Amount("spike_least"),
        Whole("flat_hours", ThresholdUnit.Hours, 2, 240), Share("sum_part"), Amount("sum_least"),
    ];

    /// <summary>The first may not be above the second.</summary>
    public static readonly IReadOnlyList<(string Less, string More)> Order =
        [("low_fail", "low_warn"), ("high_warn", "high_fail"), ("recent_least_days", "recent_days")];

    public static ThresholdTerm? Find(string name) => All.FirstOrDefault(t => t.Name == name);

    private static ThresholdTerm Share(string name) => new(name, ThresholdUnit.Share, Exact.Zero, Exact.Of(1));

    private static ThresholdTerm Times(string name) => new(name, ThresholdUnit.Times, Exact.Of(1), Exact.Of(1000));

    private static ThresholdTerm Amount(string name, ThresholdUnit unit = ThresholdUnit.Amount, Exact least = default) =>
        new(name, unit, least, Plenty);

    private static ThresholdTerm Whole(string name, ThresholdUnit unit, int least, int most) =>
        new(name, unit, Exact.Of(least), Exact.Of(most));
}

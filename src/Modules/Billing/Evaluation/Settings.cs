namespace Ochag.Billing.Evaluation;

/// <summary>
/// Names of the settings that evaluation reads, and what each can be at all; their values and paragraphs are data of the
/// rule pack.
/// </summary>
internal static class Settings
{
    public const string AverageWindow = "average_window";
    public const string AverageLeast = "average_least";
    public const string MissingPeriods = "missing_periods";
    public const string MissingPeriodsNonResidential = "missing_periods_non_residential";
    public const string FailedPeriods = "failed_periods";
    public const string RemovedPeriods = "removed_periods";
    public const string ReadingDay = "reading_day";
    public const string ReadingWindowFrom = "reading_window_from";
    public const string ReadingWindowTo = "reading_window_to";
    public const string ReverseNorm = "reverse_norm";
    public const string TemporaryDays = "temporary_days";
    public const string AbsenceDays = "absence_days";
    public const string AbsenceApplicationDays = "absence_application_days";
    public const string IndoorBase = "indoor_base";
    public const string HeatAveragePeriods = "heat_average_periods";
    public const string HeatingAllYear = "heating_all_year";
    public const string HeatingMonths = "heating_months";
    public const string TrueUpMonth = "true_up_month";
    public const string ElectricityRanges = "electricity_ranges";
    public const string InterferenceFactor = "p62_factor";
    public const string InterferenceMonths = "p62_months";
    public const string PlannedDays = "planned_days";
    public const string QualityByShare = "quality_by_share";

    private static readonly string[] Own = ["electricity.", "gas.", "cold_water.", "hot_water.", "drainage.", "heating."];

    private static readonly Dictionary<string, ValueRange> Known = new(StringComparer.Ordinal)
    {
        [AverageWindow] = ValueRange.Months,
        [AverageLeast] = ValueRange.Months,
        [MissingPeriods] = ValueRange.Periods,
        [MissingPeriodsNonResidential] = ValueRange.Periods,
        [FailedPeriods] = ValueRange.Periods,
        [RemovedPeriods] = ValueRange.Periods,
        [ReadingDay] = ValueRange.DayOfMonth,
        [ReadingWindowFrom] = ValueRange.DayOfMonth,
        [ReadingWindowTo] = ValueRange.DayOfMonth,
        [ReverseNorm] = ValueRange.YesOrNo,
        [TemporaryDays] = ValueRange.Days,
        [AbsenceDays] = ValueRange.Days,
        [AbsenceApplicationDays] = ValueRange.Days,
        [IndoorBase] = ValueRange.Of("5", "30"),
        [HeatAveragePeriods] = ValueRange.Months,
        [HeatingAllYear] = ValueRange.YesOrNo,
        [HeatingMonths] = ValueRange.MonthOfYear,
        [TrueUpMonth] = ValueRange.MonthOfYear,
        [ElectricityRanges] = ValueRange.YesOrNo,
        [InterferenceFactor] = ValueRange.Of("1", "100"),
        [InterferenceMonths] = ValueRange.Months,
        [PlannedDays] = ValueRange.Days,
        [QualityByShare] = ValueRange.YesOrNo,
        ["quality.break_percent"] = ValueRange.Percent,
        ["quality.dead_end.once"] = ValueRange.Hours,
        ["quality.pressure_percent"] = ValueRange.Percent,
        ["quality.pressure_bound"] = ValueRange.Percent,
        ["quality.night_ends"] = ValueRange.Whole(0, 12),
        ["quality.cold_water.once"] = ValueRange.Hours,
        ["quality.cold_water.month"] = ValueRange.Hours,
        ["quality.hot_water.once"] = ValueRange.Hours,
        ["quality.hot_water.month"] = ValueRange.Hours,
        ["quality.drainage.once"] = ValueRange.Hours,
        ["quality.drainage.month"] = ValueRange.Hours,
        ["quality.electricity.once.1"] = ValueRange.Hours,
        ["quality.electricity.once.2"] = ValueRange.Hours,
        ["quality.gas.month"] = ValueRange.Hours,
        ["quality.heating.once.12"] = ValueRange.Hours,
        ["quality.heating.once.10"] = ValueRange.Hours,
        ["quality.heating.once.8"] = ValueRange.Hours,
        ["quality.heating.once.0"] = ValueRange.Hours,
        ["quality.heating.month"] = ValueRange.Hours,
        ["quality.hot_water.degree_percent"] = ValueRange.Percent,
        ["quality.hot_water.norm"] = ValueRange.Of("40", "75"),
        ["quality.hot_water.tolerance_day"] = ValueRange.Of("0", "20"),
        ["quality.hot_water.tolerance_night"] = ValueRange.Of("0", "20"),
        ["quality.hot_water.step"] = ValueRange.Of("0.1", "20"),
        ["quality.hot_water.cold_below"] = ValueRange.Of("0", "75"),
        ["quality.heating.degree_percent"] = ValueRange.Percent,
        ["quality.heating.norm"] = ValueRange.Of("5", "30"),
        ["quality.heating.tolerance_night"] = ValueRange.Of("0", "20"),
        ["quality.heating.tolerance_up"] = ValueRange.Of("0", "20"),
    };

    /// <summary>Thresholds that stand in an order: the first of a pair is never above the second.</summary>
    public static readonly IReadOnlyList<(string Lower, string Upper)> Ordered =
    [
        (AverageLeast, AverageWindow),
        ("gas." + AverageLeast, "gas." + AverageWindow),
        ("quality.cold_water.once", "quality.cold_water.month"),
        ("quality.hot_water.once", "quality.hot_water.month"),
        ("quality.drainage.once", "quality.drainage.month"),
        ("quality.electricity.once.2", "quality.electricity.once.1"),
        ("quality.heating.once.0", "quality.heating.once.8"),
        ("quality.heating.once.8", "quality.heating.once.10"),
        ("quality.heating.once.10", "quality.heating.once.12"),
        ("quality.heating.once.12", "quality.heating.month"),
        ("quality.hot_water.cold_below", "quality.hot_water.norm"),
    ];

    /// <summary>Settings that a service may have of its own, before the common one.</summary>
    private static readonly HashSet<string> KnownOfService = new(StringComparer.Ordinal)
    {
        AverageWindow, AverageLeast, MissingPeriods, MissingPeriodsNonResidential, FailedPeriods, RemovedPeriods, QualityByShare,
    };

    /// <summary>Settings that only a service has.</summary>
    private static readonly HashSet<string> OfServiceOnly = new(StringComparer.Ordinal) { FailedPeriods, RemovedPeriods, QualityByShare };

    /// <summary>What the setting can be; null: there is no such setting. One of a service is as the common one.</summary>
    public static ValueRange? RangeOf(string name)
    {
        if (Array.Find(Own, own => name.StartsWith(own, StringComparison.Ordinal)) is not { } prefix)
            return OfServiceOnly.Contains(name) ? null : Known.GetValueOrDefault(name);
        return KnownOfService.Contains(name[prefix.Length..]) ? Known[name[prefix.Length..]] : null;
    }
}

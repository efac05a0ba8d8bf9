namespace Ochag.Billing.Evaluation;

/// <summary>Names of the settings that evaluation reads; their values and paragraphs are data of the rule pack.</summary>
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

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        AverageWindow, AverageLeast, MissingPeriods, MissingPeriodsNonResidential, ReadingDay,
        ReadingWindowFrom, ReadingWindowTo, ReverseNorm, TemporaryDays, AbsenceDays, AbsenceApplicationDays, IndoorBase,
        HeatAveragePeriods, HeatingAllYear, HeatingMonths, TrueUpMonth, ElectricityRanges, InterferenceFactor, InterferenceMonths,
        PlannedDays,
        "quality.break_percent", "quality.dead_end.once", "quality.pressure_percent", "quality.pressure_bound", "quality.night_ends",
        "quality.cold_water.once", "quality.cold_water.month", "quality.hot_water.once", "quality.hot_water.month",
        "quality.drainage.once", "quality.drainage.month", "quality.electricity.once.1", "quality.electricity.once.2",
        "quality.gas.month", "quality.heating.once.12", "quality.heating.once.10", "quality.heating.once.8",
        "quality.heating.once.0", "quality.heating.month", "quality.hot_water.degree_percent", "quality.hot_water.norm",
        "quality.hot_water.tolerance_day", "quality.hot_water.tolerance_night", "quality.hot_water.step",
        "quality.hot_water.cold_below", "quality.heating.degree_percent", "quality.heating.norm",
        "quality.heating.tolerance_night", "quality.heating.tolerance_up",
    };

    /// <summary>Settings that a service may have of its own, before the common one.</summary>
    private static readonly HashSet<string> KnownOfService = new(StringComparer.Ordinal)
    {
        AverageWindow, AverageLeast, MissingPeriods, MissingPeriodsNonResidential, FailedPeriods, RemovedPeriods, QualityByShare,
    };

    public static bool IsKnown(string name) => Known.Contains(name)
        || (Array.Find(Own, own => name.StartsWith(own, StringComparison.Ordinal)) is { } prefix
            && KnownOfService.Contains(name[prefix.Length..]));
}

using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>Which month a reading belongs to, and whether it cuts its month.</summary>
internal static class ReadingPeriods
{
    /// <summary>
    /// Up to the 25th this month, later the next; consumers by the day it came, others by the day taken (18.2). Where
    /// readings are told as of the 1st (18.23): by the day taken, those of the first days close the month before.
    /// </summary>
    public static BillingPeriod Of(Reading reading, MonthRules rules)
    {
        var day = reading.Source == ReadingSource.Consumer ? reading.Received : reading.Taken;
        if (reading.Mark == ReadingMark.Final)
            return BillingPeriod.Of(day);
        return AsOfFirst(rules) is null ? Of(day, rules) : Of(reading.Taken, rules);
    }

    /// <summary>The period that a day belongs to by the same windows.</summary>
    public static BillingPeriod Of(LocalDate day, MonthRules rules) => BillingPeriod.Of(day).PlusMonths(
        AsOfFirst(rules) is { } window
            ? day.Day <= window.To ? -1 : 0
            : day.Day <= rules.Setting(Settings.ReadingDay) ? 0 : 1);

    /// <summary>Marked so, or taken between the windows where readings are told as of the 1st.</summary>
    public static bool Cuts(Reading reading, MonthRules rules) => reading.Mark == ReadingMark.Split
        || (reading.Mark == ReadingMark.None && AsOfFirst(rules) is { } window
            && reading.Taken.Day > window.To && reading.Taken.Day < window.From);

    private static (int From, int To)? AsOfFirst(MonthRules rules) =>
        rules.Find(ParameterTable.Setting, Settings.ReadingWindowFrom, 0) is { } from
            ? ((int)from.Round(0), rules.Setting(Settings.ReadingWindowTo))
            : null;
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>What is looked at without a new reading: silence of a meter, and whether a building's sums agree.</summary>
internal static class StandingRules
{
    /// <summary>Estimated for too long: a controller is to read it.</summary>
    public static Finding? Silence(LocalDate last, LocalDate today, Thresholds thresholds)
    {
        var months = Period.Between(last, today, PeriodUnits.Months).Months;
        return months > thresholds["silent_periods"].Floor()
            ? new(Verdict.Warn, new("metering.meter-silent", ("months", $"{months}"), ("day", Say.Day(last))))
            : null;
    }

    /// <summary>Premises against the building's meter over the same days.</summary>
    /// <param name="isComplete">Every premises is metered and known on these days; else only too much can be seen.</param>
    public static Finding? Balance(Exact common, Exact premises, bool isComplete, Thresholds thresholds)
    {
        if (common.Sign <= 0)
            return null;
        (string, string)[] facts = [("common", Say.Number(common)), ("premises", Say.Number(premises))];
        return premises > common * (Exact.One + thresholds["balance_over"]) ? new(Verdict.Warn, new("metering.balance-over", facts))
            : isComplete && premises < common * (Exact.One - thresholds["balance_under"])
                ? new(Verdict.Warn, new("metering.balance-under", facts))
                : null;
    }
}

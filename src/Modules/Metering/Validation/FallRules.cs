using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>An index below the one before: the dial has gone round, or something is wrong.</summary>
internal static class FallRules
{
    /// <summary>The dial stood near its end, and what lies behind is a use that can be.</summary>
    public static bool HasGoneRound(ReadingCase reading)
    {
        if (reading.Delta is not { Sign: < 0 } fall
            || reading.Before!.Index.ToExact() <= reading.Thresholds["rollover_share"] * reading.Dial)
        {
            return false;
        }

        var likely = reading.ExpectedUse * reading.Thresholds["rollover_times"] ?? Exact.Zero;
        var possible = reading.Cap * reading.Multiplier ?? Exact.Zero;
        return (fall + reading.Dial) * reading.Multiplier <= Exact.Max(likely, possible);
    }

    public static Finding? Rollover(ReadingCase reading) => HasGoneRound(reading)
        ? new(Verdict.Fine, new("metering.rolled-over", ("before", $"{reading.Before!.Index}"), ("use", Say.Number(reading.Use!.Value))))
        : null;

    public static Finding? Negative(ReadingCase reading) => reading is { Delta.Sign: < 0, Use: null }
        ? new(Verdict.Block, new(
            "metering.reading-below", ("before", $"{reading.Before!.Index}"), ("day", Say.Day(reading.Before.Day))))
        : null;
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>What is asked of a day sent in intervals: their number, gaps, spikes, flat lines, and their sum.</summary>
internal static class IntervalRules
{
    private const int MinutesOfHour = 60;

    /// <summary>How many intervals a local day has: one of 23 or 25 hours has others.</summary>
    public static int CountOf(LocalDate day, DateTimeZone zone, int minutes)
    {
        var length = day.PlusDays(1).AtStartOfDayInZone(zone).ToInstant() - day.AtStartOfDayInZone(zone).ToInstant();
        return (int)(length.ToInt64Nanoseconds() / NodaConstants.NanosecondsPerMinute) / minutes;
    }

    public static IReadOnlyList<Finding> Judge(IntervalDay day, int expected, Thresholds thresholds)
    {
        if (day.Uses.Count != expected)
        {
            return
            [
                new(Verdict.Block, new("metering.interval-count", ("found", $"{day.Uses.Count}"), ("expected", $"{expected}"))),
            ];
        }

        var findings = new List<Finding>();
        if (day.Missing > 0)
            findings.Add(new(Verdict.Warn, new("metering.interval-gap", ("missing", $"{day.Missing}"), ("of", $"{expected}"))));
        if (Spike(day, thresholds) is { } spike)
            findings.Add(spike);
        if (Flat(day, thresholds) is { } flat)
            findings.Add(flat);
        return findings;
    }

    /// <summary>The highest of the day against its third: two neighbours of a true peak are high too.</summary>
    private static Finding? Spike(IntervalDay day, Thresholds thresholds)
    {
        const int third = 2;
        var highest = day.Uses.OfType<Fixed>().OrderDescending().Take(third + 1).ToList();
        if (highest.Count <= third || highest[0].ToExact() <= thresholds["spike_least"])
            return null;
        return (highest[0] - highest[third]).ToExact() > highest[third].ToExact() * thresholds["spike_part"]
            ? new(Verdict.Fail, new("metering.interval-spike", ("highest", $"{highest[0]}"), ("third", $"{highest[third]}")))
            : null;
    }

    /// <summary>Nobody uses exactly the same for half a day: the meter stands still and tells its last value.</summary>
    private static Finding? Flat(IntervalDay day, Thresholds thresholds)
    {
        var least = (int)thresholds["flat_hours"].Floor() * MinutesOfHour / day.Minutes;
        var (run, longest) = (0, 0);
        for (var i = 0; i < day.Uses.Count; i++)
        {
            var same = day.Uses[i] is { Millionths: not 0 } use && i > 0 && day.Uses[i - 1] == use;
            run = same ? run + 1 : day.Uses[i] is { Millionths: not 0 } ? 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest >= least
            ? new(Verdict.Warn, new("metering.interval-flat", ("hours", $"{longest * day.Minutes / MinutesOfHour}")))
            : null;
    }

    /// <summary>The intervals between two readings against what the register went on by.</summary>
    public static Finding? Sum(Exact intervals, Exact register, Thresholds thresholds)
    {
        var difference = intervals - register;
        var allowed = register * thresholds["sum_part"];
        if (allowed < thresholds["sum_least"])
            allowed = thresholds["sum_least"];
        return (difference.Sign < 0 ? Exact.Zero - difference : difference) > allowed
            ? new(Verdict.Fail, new("metering.interval-sum", ("intervals", Say.Number(intervals)), ("register", Say.Number(register))))
            : null;
    }
}

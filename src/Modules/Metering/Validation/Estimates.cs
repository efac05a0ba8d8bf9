using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>What use may be expected: of the same season last year, else of the meter itself, else of its peers.</summary>
internal static class Estimates
{
    /// <param name="from">The day of the reading before.</param>
    /// <param name="peers">The building's middle rate; null: there is none.</param>
    /// <returns>Null: there is nothing to go by.</returns>
    public static Estimate? Of(UseSeries series, LocalDate from, LocalDate to, Exact? peers, Thresholds thresholds)
    {
        var days = (int)thresholds["recent_days"].Floor();
        if (series.Rate(from.PlusYears(-1), to.PlusYears(-1)) is { } season)
            return new(season * Change(series, from, days, thresholds["season_scale_most"]), EstimateBasis.Season);
        if (Own(series, from, days, (int)thresholds["recent_least_days"].Floor()) is { } own)
            return new(own, EstimateBasis.Own);
        return peers is { } middle ? new(middle, EstimateBasis.Peers) : null;
    }

    /// <summary>The register's own recent rate; null: too few days are known.</summary>
    public static Exact? Own(UseSeries series, LocalDate until, int days, int least)
    {
        if (series.FirstDay is not { } first)
            return null;
        var since = LocalDate.Max(first, until.PlusDays(-days));
        return Period.DaysBetween(since, until) >= least ? series.Rate(since, until) : null;
    }

    /// <summary>The middle one; of an even number the mean of the two middle ones.</summary>
    public static Exact? Middle(IEnumerable<Exact> rates)
    {
        var sorted = rates.Order().ToList();
        if (sorted.Count == 0)
            return null;
        var half = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / Exact.Of(2);
    }

    /// <summary>Recent use over that of the same days a year before, within bounds; one where either is not known.</summary>
    private static Exact Change(UseSeries series, LocalDate until, int days, Exact most)
    {
        var since = until.PlusDays(-days);
        if (series.Rate(since, until) is not { } now || series.Rate(since.PlusYears(-1), until.PlusYears(-1)) is not { Sign: > 0 } before)
            return Exact.One;
        return Exact.Max(Exact.One / most, Exact.Min(most, now / before));
    }
}

using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Temperature of Annex 1 items 5 and 15: by night other bounds hold than by day, hot water counts full steps of three
/// degrees, a room every part of a degree.
/// </summary>
internal sealed class QualityTemperature(QualityTimeline timeline, MonthRules month)
{
    public (Exact Hours, Exact DegreeHours, Exact ColdHours) Read(Service service, IEnumerable<Slice> slices)
    {
        var (hours, weighted, cold) = (Exact.Zero, Exact.Zero, Exact.Zero);
        foreach (var slice in slices.Where(s => s is { Trouble: Trouble.Temperature, Value: not null }).SelectMany(ByHourOfDay))
        {
            var degrees = service == Service.HotWater ? Steps(slice.Slice, slice.Night) : Degrees(slice.Slice, slice.Night);
            if (service == Service.HotWater && slice.Slice.Value < month.Number("quality.hot_water.cold_below"))
                cold += slice.Slice.Hours;
            else if (degrees.Sign > 0)
                (hours, weighted) = (hours + slice.Slice.Hours, weighted + degrees * slice.Slice.Hours);
        }

        return (hours, weighted, cold);
    }

    private Exact Steps(Slice slice, bool night) => QualityReductions.Steps(
        month.Number("quality.hot_water.norm")
            - month.Number(night ? "quality.hot_water.tolerance_night" : "quality.hot_water.tolerance_day"),
        slice.Value!.Value, month.Number("quality.hot_water.step"));

    private Exact Degrees(Slice slice, bool night)
    {
        var norm = slice.Low ?? month.Number("quality.heating.norm");
        var low = night ? norm - month.Number("quality.heating.tolerance_night") : norm;
        return QualityReductions.Degrees(low, norm + month.Number("quality.heating.tolerance_up"), slice.Value!.Value);
    }

    /// <summary>Cuts a stretch where night (from 00:00) and day (from 05:00) begin.</summary>
    private IEnumerable<(Slice Slice, bool Night)> ByHourOfDay(Slice slice)
    {
        for (var day = 0; day < month.Days; day++)
        {
            var (start, next) = (timeline.At(month.Month, day), timeline.At(month.Month, day + 1));
            if (start >= slice.To || next <= slice.From)
                continue;
            var morning = timeline.At(month.Month, day, month.Setting("quality.night_ends"));
            if (slice.Within(start, morning) is { } night)
                yield return (night, true);
            if (slice.Within(morning, next) is { } light)
                yield return (light, false);
        }
    }
}

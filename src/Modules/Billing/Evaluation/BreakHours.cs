using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Hours of breaks over the limits of Annex 1: each break has its own limit at once, in whichever month the hours after
/// it fall, and the month one for all (18.20). Dead-end mains and electricity have no limit of the month.
/// </summary>
internal sealed class BreakHours(Service service, int electricitySources, MonthRules month)
{
    private static readonly int[] HeatingClasses = [12, 10, 8];

    private readonly string _name = BuildingVolumes.NormKey(service);

    /// <summary>A run of neighbouring slices that share a limit; null: none at once.</summary>
    private sealed record Run(Slice Slice, string? Limit);

    /// <summary>The hours of the month, of the account's days in it, that are over the limits.</summary>
    public Exact Over(QualityTimeline timeline)
    {
        var runs = Runs(timeline.Slices).ToLookup(r => r.Slice.DeadEnd);
        var atOnce = Sum(runs[false].Select(r => OverOnce(r, timeline)));
        var all = Sum(runs[false].Select(r => Hours(r.Slice, timeline)));
        return QualityReductions.ExcessHours(atOnce, all, month.Find(ParameterTable.Setting, $"quality.{_name}.month", 0))
            + Sum(runs[true].Select(r => OverOnce(r, timeline)));
    }

    private List<Run> Runs(IEnumerable<Slice> slices)
    {
        var runs = new List<Run>();
        foreach (var slice in slices.Where(s => s.Trouble == Trouble.Break).OrderBy(s => s.From))
        {
            var run = new Run(slice, LimitOf(slice));
            if (runs is [.., var last] && last.Slice.To == slice.From && last.Limit == run.Limit && last.Slice.DeadEnd == slice.DeadEnd)
                runs[^1] = last with { Slice = last.Slice with { To = slice.To } };
            else
                runs.Add(run);
        }

        return runs;
    }

    /// <summary>The setting that limits the break at once: for heating by the room's temperature during it.</summary>
    private string? LimitOf(Slice slice) => service switch
    {
        _ when slice.DeadEnd => "quality.dead_end.once",
        Service.Electricity => string.Create(CultureInfo.InvariantCulture, $"quality.electricity.once.{electricitySources}"),
        Service.Heating => string.Create(CultureInfo.InvariantCulture,
            $"quality.heating.once.{(slice.Value is { } t ? HeatingClasses.FirstOrDefault(c => t >= Exact.Of(c)) : HeatingClasses[0])}"),
        Service.Gas => null,
        _ => $"quality.{_name}.once",
    };

    private Exact OverOnce(Run run, QualityTimeline timeline)
    {
        if (run.Limit is null)
            return Exact.Zero;
        var allowed = (month.Number(run.Limit) * Exact.Of(NodaConstants.NanosecondsPerHour)).Floor();
        return run.Slice.Within(run.Slice.From + Duration.FromNanoseconds(allowed), run.Slice.To) is { } over
            ? Hours(over, timeline)
            : Exact.Zero;
    }

    private Exact Hours(Slice slice, QualityTimeline timeline) => Sum(timeline.Counted(month.Month, slice).Select(s => s.Hours));

    private static Exact Sum(IEnumerable<Exact> hours) => hours.Aggregate(Exact.Zero, (sum, h) => sum + h);
}

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
    private sealed record Run(Instant From, Instant To, string? Limit, bool DeadEnd);

    /// <summary>The hours of the month that are over the limits.</summary>
    public Exact Over(IEnumerable<Slice> slices, Instant start, Instant end)
    {
        var (ordinary, dead) = Runs(slices).ToLookup(r => r.DeadEnd) is var runs ? (runs[false].ToList(), runs[true].ToList()) : default;
        var atOnce = Sum(ordinary.Select(r => OverOnce(r, start, end)));
        var all = Sum(ordinary.Select(r => Hours(r.From, r.To, start, end)));
        return QualityReductions.ExcessHours(atOnce, all, month.Find(ParameterTable.Setting, $"quality.{_name}.month", 0))
            + Sum(dead.Select(r => OverOnce(r, start, end)));
    }

    private List<Run> Runs(IEnumerable<Slice> slices)
    {
        var runs = new List<Run>();
        foreach (var slice in slices.Where(s => s.Trouble == Trouble.Break).OrderBy(s => s.From))
        {
            var run = new Run(slice.From, slice.To, LimitOf(slice), slice.DeadEnd);
            if (runs is [.., var last] && last.To == run.From && last.Limit == run.Limit && last.DeadEnd == run.DeadEnd)
                runs[^1] = last with { To = run.To };
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

    private Exact OverOnce(Run run, Instant start, Instant end)
    {
        if (run.Limit is null)
            return Exact.Zero;
        var allowed = (month.Number(run.Limit) * Exact.Of(NodaConstants.NanosecondsPerHour)).Floor();
        return Hours(run.From + Duration.FromNanoseconds(allowed), run.To, start, end);
    }

    private static Exact Hours(Instant from, Instant to, Instant start, Instant end)
    {
        var (first, last) = (Instant.Max(from, start), Instant.Min(to, end));
        return first < last ? QualityTimeline.HoursOf(first, last) : Exact.Zero;
    }

    private static Exact Sum(IEnumerable<Exact> hours) => hours.Aggregate(Exact.Zero, (sum, h) => sum + h);
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>
/// What went through a register, counted up from its first reading: a dial that went round is unrolled, a fall that is no
/// such thing begins anew. Between readings the use is taken as even.
/// </summary>
internal sealed class UseSeries
{
    private readonly List<(LocalDate Day, Exact Total)> _points = [];

    private UseSeries()
    {
    }

    public static UseSeries Of(MeterRecord meter, IEnumerable<KnownIndex> known, Thresholds thresholds)
    {
        var series = new UseSeries();
        KnownIndex? before = null;
        foreach (var reading in known)
        {
            var total = series._points.Count == 0 ? Exact.Zero : series._points[^1].Total;
            if (before is not null && before.Day == reading.Day)
                series._points.RemoveAt(series._points.Count - 1);
            if (before is not null && Step(meter, before.Index, reading.Index, thresholds) is { } step)
                total += step;
            else if (before is not null)
                series._points.Clear();
            series._points.Add((reading.Day, total));
            before = reading;
        }

        return series;
    }

    /// <summary>Use between two indexes; null: the index fell, and not because the dial went round.</summary>
    private static Exact? Step(MeterRecord meter, Fixed before, Fixed now, Thresholds thresholds)
    {
        var delta = now.ToExact() - before.ToExact();
        if (delta.Sign < 0)
        {
            if (before.ToExact() <= thresholds["rollover_share"] * Exact.Of(meter.DialSize))
                return null;
            delta += Exact.Of(meter.DialSize);
        }

        return delta * meter.Multiplier.ToExact();
    }

    public LocalDate? FirstDay => _points.Count == 0 ? null : _points[0].Day;

    public LocalDate? LastDay => _points.Count == 0 ? null : _points[^1].Day;

    /// <summary>Null: a day lies outside what is known.</summary>
    public Exact? Between(LocalDate from, LocalDate to) => At(to) - At(from) is { } use ? use : null;

    /// <summary>Units a day; null: not known, or no days between.</summary>
    public Exact? Rate(LocalDate from, LocalDate to) =>
        from < to && Between(from, to) is { } use ? use / Exact.Of(Period.DaysBetween(from, to)) : null;

    private Exact? At(LocalDate day)
    {
        var at = _points.FindIndex(p => p.Day >= day);
        if (at < 0)
            return null;
        if (_points[at].Day == day)
            return _points[at].Total;
        if (at == 0)
            return null;
        var ((from, before), (to, after)) = (_points[at - 1], _points[at]);
        return before + (after - before) * Exact.Fraction(Period.DaysBetween(from, day), Period.DaysBetween(from, to));
    }
}

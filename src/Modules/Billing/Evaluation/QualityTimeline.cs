using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>What was wrong in an hour, in the order in which overlaps go (18.19).</summary>
internal enum Trouble
{
    Break,
    Planned,
    Composition,
    Pressure,
    Temperature,
}

/// <summary>A stretch of time with one trouble and one measured value.</summary>
/// <param name="Value">Degrees or percents; null: not measured.</param>
/// <param name="Fact">The first of the events that tell of it.</param>
/// <param name="Low">Degrees that a room must have, where the event names its own.</param>
internal readonly record struct Slice(
    Instant From, Instant To, Trouble Trouble, Exact? Value, Exact? Low, bool DeadEnd, long Fact)
{
    public Exact Hours => QualityTimeline.HoursOf(From, To);

    public Slice? Within(Instant from, Instant to)
    {
        var (start, end) = (Instant.Max(From, from), Instant.Min(To, to));
        return start < end ? this with { From = start, To = end } : null;
    }
}

/// <summary>
/// The troubles of an account's service as stretches that do not overlap: events of one kind are united, of several the
/// one that goes first takes the hour, of several measured values the worst (18.19). Elapsed hours. Limits are measured on
/// the whole stretch; what counts for the account are the hours of the days on which it is open and served.
/// </summary>
internal sealed class QualityTimeline
{
    private readonly BuildingFacts _facts;
    private readonly AccountRecord _account;
    private readonly Service _service;

    public QualityTimeline(BuildingFacts facts, AccountRecord account, Service service)
    {
        (_facts, _account, _service) = (facts, account, service);
        var events = facts.QualityEvents
            .Where(e => e.Service == service && (e.Accounts is null || e.Accounts.Contains(account.Id))).ToList();
        Slices = [.. Cut(events)];
    }

    public IReadOnlyList<Slice> Slices { get; }

    /// <summary>Hours of the month in which the account is open and the service connected.</summary>
    public Exact HoursOf(BillingPeriod month) => People.Served(_account, _service, month)
        .Aggregate(Exact.Zero, (sum, days) => sum + HoursOf(At(month, days.From), At(month, days.To)));

    /// <summary>The part of some time that falls into the month and the account's days of it.</summary>
    public IEnumerable<Slice> Counted(BillingPeriod month, Slice slice) => People.Served(_account, _service, month)
        .Select(days => slice.Within(At(month, days.From), At(month, days.To))).OfType<Slice>();

    public Instant Start(BillingPeriod month) => At(month, 0);

    public Instant End(BillingPeriod month) => At(month, month.Days);

    /// <summary>An hour of a local day; a day has 23 or 25 hours where the clocks change.</summary>
    public Instant At(BillingPeriod month, int day, int hour = 0) => hour == 0
        ? Midnight(month.FirstDay.PlusDays(day))
        : _facts.TimeZone.AtLeniently(month.FirstDay.PlusDays(day).At(new LocalTime(hour, 0))).ToInstant();

    public static Exact HoursOf(Instant from, Instant to) =>
        Exact.Fraction((to - from).ToInt64Nanoseconds(), NodaConstants.NanosecondsPerHour);

    private Instant Midnight(LocalDate day) => _facts.TimeZone.AtStartOfDay(day).ToInstant();

    private static IEnumerable<Slice> Cut(List<QualityEvent> events)
    {
        var cuts = new SortedSet<Instant>(events.SelectMany(e => e.Series.Select(l => l.From).Append(e.From).Append(e.To)
            .Where(moment => moment >= e.From && moment <= e.To)));
        foreach (var (start, end) in cuts.Zip(cuts.Skip(1)))
        {
            if (Worst(events.Where(e => e.From <= start && e.To >= end).ToList(), start, end) is { } slice)
                yield return slice;
        }
    }

    private static Slice? Worst(List<QualityEvent> present, Instant start, Instant end)
    {
        if (present.Count == 0)
            return null;
        var trouble = present.Min(TroubleOf);
        var those = present.Where(e => TroubleOf(e) == trouble).ToList();
        var values = those.Select(e => ValueAt(e, start)).OfType<Exact>().ToList();
        Exact? value = values.Count == 0 ? null : trouble == Trouble.Pressure
            ? values.Aggregate(Exact.Max)
            : values.Aggregate(Exact.Min);
        var low = those.Select(e => e.NormTemperature).OfType<Exact>().ToList();
        return new(start, end, trouble, value, low.Count == 0 ? null : low.Aggregate(Exact.Max), those.TrueForAll(e => e.DeadEndMain),
            those[0].Fact);
    }

    private static Trouble TroubleOf(QualityEvent e) => e.Kind switch
    {
        QualityKind.Break => e.Planned ? Trouble.Planned : Trouble.Break,
        QualityKind.Composition => Trouble.Composition,
        QualityKind.Pressure => Trouble.Pressure,
        QualityKind.Temperature => Trouble.Temperature,
        _ => throw new InvalidOperationException($"An event of an unknown kind {e.Kind}."),
    };

    private static Exact? ValueAt(QualityEvent e, Instant moment)
    {
        Exact? value = null;
        foreach (var level in e.Series)
        {
            if (level.From <= moment)
                value = level.Value;
        }

        return value;
    }
}

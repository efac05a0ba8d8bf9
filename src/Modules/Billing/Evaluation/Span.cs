using NodaTime;
using Ochag.Foundation;

namespace Ochag.Billing.Evaluation;

/// <summary>Days of a month as offsets from its first day, half-open: the whole October is 0 to 31.</summary>
internal readonly record struct Span(int From, int To)
{
    public int Days => To - From;
    public bool IsEmpty => To <= From;

    public Span Intersect(Span other) => new(Math.Max(From, other.From), Math.Min(To, other.To));

    public bool Contains(int day) => From <= day && day < To;

    /// <summary>The days of an interval that fall into the month; <paramref name="to"/> inclusive, null: open.</summary>
    public static Span Of(BillingPeriod month, LocalDate from, LocalDate? to)
    {
        var first = month.FirstDay;
        var start = from <= first ? 0 : Period.DaysBetween(first, from);
        var end = to is null ? month.Days : Math.Min(month.Days, Period.DaysBetween(first, to.Value) + 1);
        return new(start, end);
    }

    /// <summary>The same with a half-open end: the day <paramref name="until"/> does not belong.</summary>
    public static Span HalfOpen(BillingPeriod month, LocalDate from, LocalDate? until) =>
        Of(month, from, until?.PlusDays(-1));

    /// <summary>These days cut wherever one of the others begins or ends, in order.</summary>
    public IReadOnlyList<Span> CutBy(IEnumerable<Span> others)
    {
        if (IsEmpty)
            return [];

        // Most often nothing changes within a month: a run cuts millions of spans.
        List<int>? cuts = null;
        foreach (var other in others)
        {
            var inside = other.Intersect(this);
            if (inside.IsEmpty)
                continue;
            if (inside.From > From)
                (cuts ??= []).Add(inside.From);
            if (inside.To < To)
                (cuts ??= []).Add(inside.To);
        }

        return cuts is null ? [this] : Parts(cuts);
    }

    private List<Span> Parts(List<int> cuts)
    {
        cuts.Sort();
        var (parts, from) = (new List<Span>(), From);
        foreach (var cut in cuts.Append(To))
        {
            if (cut > from)
                parts.Add(new(from, cut));
            from = cut;
        }

        return parts;
    }

    /// <summary>These days but those of <paramref name="other"/>: none, one or two stretches.</summary>
    public IEnumerable<Span> Without(Span other)
    {
        var inside = Intersect(other);
        if (inside.IsEmpty)
            return IsEmpty ? [] : [this];
        return new[] { new Span(From, inside.From), new Span(inside.To, To) }.Where(s => !s.IsEmpty);
    }

    public static Span Whole(BillingPeriod month) => new(0, month.Days);
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Tuning;

/// <summary>Whether a change of a threshold can be, and what stands after it. Pure.</summary>
internal static class ThresholdRules
{
    private const int YearsAhead = 10;
    private static readonly LocalDate Earliest = new(2000, 1, 1);

    /// <summary>Drainage follows from the other waters: no meter shows it.</summary>
    public static bool HasMeters(Service service) => service != Service.Drainage;

    /// <summary>The territory's rows with the change laid over its days.</summary>
    public static IReadOnlyList<Threshold> After(IReadOnlyList<Threshold> own, ChangeThreshold change)
    {
        var step = change.Step;
        var rows = new List<Threshold>();
        foreach (var row in own)
        {
            if (!Meets(row, change))
            {
                rows.Add(row);
                continue;
            }

            if (row.From < step.From)
                rows.Add(row with { To = step.From.PlusDays(-1) });
            if (step.To is { } to && (row.To is null || to < row.To))
                rows.Add(row with { From = to.PlusDays(1) });
        }

        if (change.Value is { } value)
            rows.Add(new(change.Name, change.Service, step.From, step.To, value.ToExact()));
        return rows;
    }

    public static IEnumerable<Refusal> Refuse(
        ChangeThreshold change, IReadOnlyList<Threshold> own, ThresholdBook defaults, LocalDate today)
    {
        var step = change.Step;
        if (ThresholdTerms.Find(change.Name) is not { } term || !HasMeters(change.Service)
            || defaults.At(change.Service, today).Find(change.Name) is null)
        {
            yield return new("metering.threshold-unknown", ("name", change.Name));
            yield break;
        }

        if (step.From < Earliest || step.From > today.PlusYears(YearsAhead))
            yield return new("metering.threshold-day-wrong", ("from", Say.Day(Earliest)), ("to", Say.Day(today.PlusYears(YearsAhead))));
        if (step.To < step.From)
            yield return new("metering.threshold-days-turned", ("from", Say.Day(step.From)));
        if (step.Evidence.Trim().Length is 0 or > FactStep.EvidenceLength)
            yield return new("metering.threshold-reason-missing", ("most", $"{FactStep.EvidenceLength}"));
        if (change.Value?.ToExact() is { } value && Impossible(term, value) is { } impossible)
            yield return impossible;
        else if (!(step.To < step.From))
        {
            if (own.Any(r => Meets(r, change)) ? Covered(own, change) : change.Value is null)
                yield return new("metering.threshold-same");
            else if (Disordered(change, defaults.With(After(own, change))) is { } disordered)
                yield return disordered;
        }
    }

    private static Refusal? Impossible(ThresholdTerm term, Exact value) =>
        value < term.Least || value > term.Most
            ? new("metering.threshold-impossible", ("least", Say.Number(term.Least)), ("most", Say.Number(term.Most)))
            : term.IsWhole && value != Exact.Of(value.Floor())
                ? new("metering.threshold-not-whole")
                : null;

    /// <summary>The same number holds on all these days already.</summary>
    private static bool Covered(IReadOnlyList<Threshold> own, ChangeThreshold change) => own.Any(r =>
        Meets(r, change) && r.Value == change.Value?.ToExact() && r.From <= change.Step.From
        && (r.To is null || change.Step.To is { } to && to <= r.To));

    /// <summary>On some day of the change one number would stand above another that must not lie below it.</summary>
    private static Refusal? Disordered(ChangeThreshold change, ThresholdBook after)
    {
        var step = change.Step;
        // Numbers change only where some row begins or the day after it ends.
        var days = after.Rows.SelectMany(r => new[] { r.From, r.To?.PlusDays(1) }).OfType<LocalDate>()
            .Where(d => d > step.From && (step.To is null || d <= step.To)).Append(step.From).Distinct().Order();
        foreach (var day in days)
        {
            var held = after.At(change.Service, day);
            foreach (var (less, more) in ThresholdTerms.Order.Where(o => o.Less == change.Name || o.More == change.Name))
            {
                if (held.Find(less) > held.Find(more))
                {
                    var isLess = less == change.Name;
                    return new(
                        isLess ? "metering.threshold-above" : "metering.threshold-below", ("other", isLess ? more : less),
                        ("value", Say.Number(held[isLess ? more : less])), ("day", Say.Day(day)));
                }
            }
        }

        return null;
    }

    private static bool Meets(Threshold row, ChangeThreshold change) =>
        row.Name == change.Name && row.Service == change.Service
        && (change.Step.To is null || row.From <= change.Step.To) && (row.To is null || row.To >= change.Step.From);
}

using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;

namespace Ochag.Billing.Evaluation;

/// <summary>A reduction on the tape: rounded, at most what earlier ones left of the fee, negative.</summary>
/// <param name="cause">The quality event that the hours come from; 0: none is stored.</param>
/// <param name="beside">Other events that they come from: named with their hours, which are not counted again.</param>
internal sealed class ReductionTape(
    Tape tape, IReadOnlyList<Money> fee, Money left, long cause = 0, IReadOnlyList<(long Fact, Exact Hours)>? beside = null)
{
    /// <summary>A part of the fee for each hour; <paramref name="weight"/> is degrees times hours where degrees count.</summary>
    public void ByHours(Exact hours, Exact rate, Exact? weight = null)
    {
        if (weight is { } degreeHours)
        {
            PutHours(hours).Discard();
            PutFee();
            tape.In((int)Symbol.DegreeHours, degreeHours);
        }
        else
        {
            PutFee();
            PutHours(hours);
        }

        tape.Multiply().In((int)Symbol.HourlyRate, rate).Multiply();
        Finish();
    }

    /// <summary>The fee's share of the bad hours (p.101).</summary>
    public void ByShare(Exact hours, Exact all)
    {
        PutFee();
        Share(hours, all);
        Finish();
    }

    /// <summary>The same of a fee that lies on the tape already.</summary>
    public void Share(Exact hours, Exact all) =>
        PutHours(hours).Multiply().In((int)Symbol.HoursInAll, all).Divide();

    public void PutFee()
    {
        foreach (var (fact, hours) in beside ?? [])
            tape.From((int)FactKind.QualityEvent, fact).In((int)Symbol.Hours, hours).Discard();
        foreach (var (i, part) in fee.Index())
        {
            tape.In((int)Symbol.Fee, part.ToExact());
            if (i > 0)
                tape.Add();
        }
    }

    private Tape PutHours(Exact hours) => (cause == 0 ? tape : tape.From((int)FactKind.QualityEvent, cause))
        .In((int)Symbol.Hours, hours).Quantity();

    public void Finish() => tape.Round().In((int)Symbol.FeeLeft, left.ToExact()).Min().Negate();
}

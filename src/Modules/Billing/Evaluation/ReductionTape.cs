using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;

namespace Ochag.Billing.Evaluation;

/// <summary>A reduction on the tape: rounded, at most what earlier ones left of the fee, negative.</summary>
internal sealed class ReductionTape(Tape tape, IReadOnlyList<Money> fee, Money left)
{
    /// <summary>A part of the fee for each hour; <paramref name="weight"/> is degrees times hours where degrees count.</summary>
    public void ByHours(Exact hours, Exact rate, Exact? weight = null)
    {
        if (weight is { } degreeHours)
        {
            tape.In((int)Symbol.Hours, hours).Quantity().Discard();
            PutFee();
            tape.In((int)Symbol.DegreeHours, degreeHours);
        }
        else
        {
            PutFee();
            tape.In((int)Symbol.Hours, hours).Quantity();
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
        tape.In((int)Symbol.Hours, hours).Quantity().Multiply().In((int)Symbol.HoursInAll, all).Divide();

    public void PutFee()
    {
        foreach (var (i, part) in fee.Index())
        {
            tape.In((int)Symbol.Fee, part.ToExact());
            if (i > 0)
                tape.Add();
        }
    }

    public void Finish() => tape.Round().In((int)Symbol.FeeLeft, left.ToExact()).Min().Negate();
}

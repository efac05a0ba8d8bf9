using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Workings;

/// <summary>How a reduction for quality or a benefit was taken off the fee.</summary>
internal static class StoryOfReduction
{
    public static IEnumerable<string> Tell(Telling t) => t.Facts.Formula switch
    {
        Formula.QualityByHours => [.. ByHours(t), .. FeeLeft(t)],
        Formula.QualityByShare => [.. ByShare(t), .. FeeLeft(t)],
        Formula.NotSupplied => [.. Stop(t), .. FeeLeft(t)],
        Formula.Benefit => Benefit(t),
        _ => [],
    };

    private static IEnumerable<string> ByHours(Telling t)
    {
        if (FeeOf(t.Facts.Root) is not { } fee || t.First(Symbol.HourlyRate) is not { } rate)
            return [];
        var cost = t.Nodes.First(n => n.Right == rate);
        return t.First(Symbol.DegreeHours) is { } degrees
            ? [t.Words(t.Line.Service == Service.HotWater ? "story.how.bySteps" : "story.how.byDegrees",
                t.Sum(fee.Value), t.Say(rate), t.Say(degrees), t.Sum(cost.Value))]
            : [t.Words("story.how.byHours", t.Sum(fee.Value), t.Say(rate), t.Size, t.Sum(cost.Value))];
    }

    private static IEnumerable<string> ByShare(Telling t) =>
        t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Divide, Left.Kind: StepKind.Multiply, Right.Symbol: Symbol.HoursInAll })
            is { Left.Left: { } fee, Right: { } all } cost
            ? [t.Words(t.Line.Component.Kind == ComponentKind.QualityCold ? "story.how.byShare.cold" : "story.how.byShare",
                t.Sum(fee.Value), t.Say(all), t.Size, t.Sum(cost.Value))]
            : [];

    /// <summary>Earlier reductions left less of the fee than this one comes to.</summary>
    private static IEnumerable<string> FeeLeft(Telling t) =>
        t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Min, Right.Symbol: Symbol.FeeLeft }) is { } cap
            && cap.Left!.Value > cap.Right!.Value
            ? [t.Words("story.how.feeLeft", t.Sum(cap.Right.Value))]
            : [];

    private static IEnumerable<string> Stop(Telling t)
    {
        var hours = t.Nodes.Where(n => n.Symbol == Symbol.Hours).Aggregate(Exact.Zero, (sum, n) => sum + n.Value);
        return hours.IsZero ? [] : [t.Words("story.how.stop", t.Say(hours, Dimension.Hours), t.Size, t.Amount)];
    }

    private static IEnumerable<string> Benefit(Telling t)
    {
        foreach (var part in t.Nodes.Where(n => n is
            { Kind: StepKind.Divide, Right.Symbol: Symbol.Percent, Left.Right.Symbol: Symbol.Percent }))
        {
            var inside = Telling.Ordered(part.Left!).ToList();
            var least = inside.Find(n => n is { Kind: StepKind.Min, Left.Symbol: Symbol.BeneficiaryVolume });
            var volume = inside.Find(n => n is { Kind: StepKind.Divide, Right.Symbol: Symbol.Volume })?.Right;
            var charge = inside.Find(n => n.Symbol == Symbol.Charge);
            if (least is null || volume is null || charge is null)
                continue;
            yield return t.Words("story.how.benefit", t.Say(least.Left!), t.Say(least.Right!), t.Say(least));
            yield return t.Words("story.how.benefitPrice", t.Say(volume), t.Sum(charge.Value),
                $"{Formats.Of(part.Left!.Right!.Value)}\u00A0%", t.Say(least), t.Sum(part.Value));
        }

        if (t.First(Symbol.Reduction) is { } reduction)
            yield return t.Words("story.how.benefitReduced", t.Sum(reduction.Value));
    }

    /// <summary>The step that holds nothing but the lines which the reduction is taken of.</summary>
    private static WorkingNode? FeeOf(WorkingNode root) => root.Inside.FirstOrDefault(n =>
        n.Symbol == Symbol.Fee || n.Inside.Where(i => i.IsNumber).All(i => i.Symbol == Symbol.Fee));
}

using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Workings;

/// <summary>The clauses of the law that brought a line about, beside the paragraph of its formula.</summary>
internal static class StoryOfLaw
{
    public static IReadOnlyList<Clause> Of(Telling t) => [.. Each(t).Distinct()];

    private static IEnumerable<Clause> Each(Telling t) => t.Facts.Formula switch
    {
        Formula.VolumeByTariff or Formula.HotWaterHeat => t.Line.VatOnTop ? OfBases(t).Prepend(Clause.Company) : OfBases(t),
        Formula.GasByTariff or Formula.ElectricityRanges => OfBases(t),
        Formula.HeatingByNorm => t.Facts.HasHeatMeter ? [Clause.HeatMeterSilent, Clause.AfterAverage] : [],
        Formula.HeatingByBuildingMeter => OfHeat(t),
        Formula.RaisingFactor when t.Line.Service != Service.Heating && MeterCause.Of(t) is { Clause: { } clause, BringsFactor: true } =>
            [clause, Clause.AfterAverage],
        _ => [],
    };

    private static IEnumerable<Clause> OfBases(Telling t)
    {
        var bases = t.Line.Basis.Each().ToList();
        // Drainage has no meter of its own: its water says why.
        if (t.Line.Service == Service.Drainage || MeterCause.Of(t) is not { Clause: { } clause, HasMeter: var has })
            yield break;
        if (bases.Contains(Basis.Average) || (has && bases.Contains(Basis.Norm)))
            yield return clause;
        if (has && bases.Contains(Basis.Norm))
            yield return Clause.AfterAverage;
    }

    private static IEnumerable<Clause> OfHeat(Telling t)
    {
        if (t.Line.Basis == Bases.Of(Basis.Average))
            yield return Clause.HeatMeterSilent;
        if (t.First(Symbol.CommonVolume) is { Value.Sign: < 0 })
            yield return Clause.HeatSurplus;
    }
}

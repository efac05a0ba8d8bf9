using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Workings;

/// <summary>Why a line went this way: what the law asks for there, and the facts that brought it about.</summary>
internal static class StoryOfReason
{
    public static IReadOnlyList<string> Tell(Telling t) =>
    [
        .. ByFormula(t), .. ByAct(t),
        .. t.Sources<RecordedQuality>().OrderBy(q => q.Event.From).Select(q => t.Words(
            "story.why.event", t.Words("quality.kind." + q.Event.Kind), t.Moment(q.Event.From), t.Moment(q.Event.To))),
    ];

    private static IEnumerable<string> ByFormula(Telling t) => t.Facts.Formula switch
    {
        Formula.HeatingByNorm => [t.Words(t.Facts.HasHeatMeter ? "story.why.heatNormAfter" : "story.why.heatNorm")],
        Formula.HeatingByBuildingMeter =>
            [t.Words(t.Line.Basis == Bases.Of(Basis.Average) ? "story.why.heatAverage" : "story.why.heatMeter"),
                .. t.First(Symbol.MeteredVolume) is null ? Array.Empty<string>() : [t.Words("story.why.partMetered")], .. HeatSurplus(t)],
        Formula.HeatingAllYear or Formula.HeatingTrueUp => [t.Words("story.why.allYear")],
        Formula.RaisingFactor => t.Line.Service == Service.Heating ? [t.Words("story.why.excessHeat")] : OfFactor(t),
        Formula.CommonByMeter => [t.Words("story.why.commonMeter")],
        Formula.CommonByNorm => [t.Words("story.why.commonNorm")],
        Formula.CommonNegative => [t.Words("story.why.negative")],
        Formula.Absence => [t.Words("story.why.absence")],
        Formula.GasDistribution => [t.Words("story.why.distribution")],
        Formula.CheckDifference => [t.Words("story.why.check")],
        Formula.Interference => [t.Words("story.why.interference")],
        Formula.UnauthorisedPower => [t.Words("story.why.power")],
        Formula.QualityByHours or Formula.QualityByShare or Formula.NotSupplied => [t.Words(OfQuality(t))],
        Formula.Benefit => [t.Words("story.why.benefit")],
        Formula.VolumeByTariff or Formula.HotWaterHeat or Formula.GasByTariff or Formula.ElectricityRanges =>
            [.. Drained(t), .. t.Line.Basis.Each().SelectMany(b => OfBasis(t, b))],
        _ => t.Line.Basis.Each().Select(b => t.Words($"basis.{b}.why")),
    };

    private static string OfQuality(Telling t) => t.Line.Component.Kind switch
    {
        ComponentKind.QualityBreak => t.Facts.Formula == Formula.QualityByShare ? "story.why.gasBreak" : "story.why.break",
        ComponentKind.QualityPlanned => "story.why.planned",
        ComponentKind.QualityPlannedOver => "story.why.plannedOver",
        ComponentKind.QualityComposition => t.Line.Service == Service.Electricity ? "story.why.voltage" : "story.why.composition",
        ComponentKind.QualityPressure => "story.why.pressure",
        ComponentKind.QualityPressureOver => "story.why.pressureOver",
        ComponentKind.QualityTemperature => "story.why.temperature",
        ComponentKind.QualityCold => "story.why.cold",
        _ => "basis.Hours.why",
    };

    private static IEnumerable<string> HeatSurplus(Telling t) =>
        t.First(Symbol.CommonVolume) is { Value.Sign: < 0 } ? [t.Words("story.why.heatSurplus")] : [];

    /// <summary>A meter that could not be counted by for so long brings the factor as none does that could stand.</summary>
    private static IEnumerable<string> OfFactor(Telling t) => MeterCause.Of(t) switch
    {
        { BringsFactor: true } cause => [cause.Words, t.Words(
            cause.Clause == Clause.Refused ? "story.why.excessRefused" : "story.why.excessMeter")],
        { Clause: Clause.Away } gone => [gone.Words, t.Words("story.why.excess")],
        _ => [t.Words("story.why.excess")],
    };

    private static IEnumerable<string> Drained(Telling t) =>
        t.Line.Service == Service.Drainage && t.Line.Basis != Bases.Of(Basis.Norm) ? [t.Words("story.why.drainage")] : [];

    private static IEnumerable<string> OfBasis(Telling t, Basis basis) => basis switch
    {
        Basis.Meter => OfMeter(t),
        Basis.Average => OfAverage(t),
        Basis.Norm => OfNorm(t),
        Basis.CalculatedP43 => [t.Words("basis.CalculatedP43.why"),
            .. t.Sources<RecordedLoad>().Select(l => t.Words(
                "story.why.contract", l.Load.Number, t.Say(l.Load.PerHour, Dimension.Load), t.Say(l.Load.HoursPerDay, Dimension.Hours)))],
        _ => [t.Words($"basis.{basis}.why")],
    };

    private static IEnumerable<string> OfMeter(Telling t)
    {
        var readings = t.Sources<RecordedReading>().DistinctBy(r => (r.Taken, r.Source)).ToList();
        foreach (var reading in readings)
            yield return t.Words("story.why.reading", Formats.Of(reading.Taken), t.Words("source." + reading.Source));
        if (readings.Count == 0)
            yield return t.Words("basis.Meter.why");
        if (t.First(Symbol.AlreadyBilled) is not null)
            yield return t.Words("story.why.settles");
    }

    private static IEnumerable<string> OfAverage(Telling t)
    {
        if (t.Line.Service == Service.Drainage)
        {
            yield return t.Words("basis.Average.why");
            yield break;
        }

        var cause = MeterCause.Of(t);
        yield return cause.Words;
        if (t.Nodes.FirstOrDefault(n => n.Symbol == Symbol.Months) is { } months)
            yield return t.Words(cause.IsSettled ? "story.take.average" : "story.take.averageFinal", t.Say(months));
    }

    private static IEnumerable<string> OfNorm(Telling t)
    {
        // Drainage has no meter of its own, and its water says why.
        if (t.Line.Service == Service.Drainage)
            return [t.Words("basis.Norm.why")];
        var cause = MeterCause.Of(t);
        return [cause.Words, t.Words(cause.HasMeter ? "story.take.normAfter" : "story.take.norm")];
    }

    /// <summary>The acts of the month that a line by an act rests on.</summary>
    private static IEnumerable<string> ByAct(Telling t) => t.Line.Component.Kind is ComponentKind.P61 or ComponentKind.P62
        or ComponentKind.P62Current
            ? t.Facts.Acts.Where(a => a.Act.Service == t.Line.Service && Foundation.BillingPeriod.Of(a.Act.Drawn) == t.Line.Period
                && (a.Act.Kind == MeterActKind.Difference) == (t.Line.Component.Kind == ComponentKind.P61)
                && a.Act.Kind != MeterActKind.NoAccess)
                .Select(a => t.Words("story.why.act", Formats.Of(a.Act.Drawn)))
            : [];
}

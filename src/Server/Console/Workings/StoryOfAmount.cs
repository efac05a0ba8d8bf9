using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;

namespace Ochag.Server.Console.Workings;

/// <summary>How the amount of a line was made, by its formula; a working that does not look as expected tells nothing here.</summary>
internal static class StoryOfAmount
{
    public static IReadOnlyList<string> Tell(Telling t)
    {
        string[] told = [.. (t.Facts.Formula switch
        {
            Formula.VolumeByTariff or Formula.HotWaterHeat or Formula.HeatingByNorm or Formula.GasByTariff
                or Formula.GasDistribution => StoryOfVolume.Tell(t),
            Formula.ElectricityRanges => [.. Ranges(t), .. StoryOfVolume.Tell(t)],
            Formula.HeatingByBuildingMeter => [.. Building(t), .. StoryOfVolume.Prices(t)],
            Formula.HeatingAllYear => [.. Twelfth(t), .. Building(t), .. StoryOfVolume.Prices(t)],
            Formula.HeatingTrueUp => TrueUp(t),
            Formula.RaisingFactor => Excess(t),
            Formula.CommonByMeter or Formula.CommonByNorm => [.. Common(t), .. StoryOfVolume.Prices(t)],
            Formula.CommonNegative => Negative(t),
            Formula.Absence => Absence(t),
            Formula.CheckDifference => [.. t.Nodes.Select(n => StoryOfVolume.Counted(t, n, "story.how.check")).OfType<string>(),
                .. StoryOfVolume.Prices(t)],
            Formula.Interference => [.. Interference(t), .. StoryOfVolume.Prices(t, shares: false)],
            Formula.UnauthorisedPower => [.. Power(t), .. StoryOfVolume.Prices(t)],
            _ => StoryOfReduction.Tell(t),
        })];
        return told.Length > 0 ? told : [General(t)];
    }

    /// <summary>What the formula is about in general; of one that is not known, that the numbers below are all there is.</summary>
    private static string General(Telling t) =>
        Enum.IsDefined(t.Facts.Formula) ? t.Words($"formula.{(int)t.Facts.Formula}") : t.Words("story.why.unknown");

    private static IEnumerable<string> Ranges(Telling t)
    {
        var ranges = t.Nodes.Where(n => n is { Kind: StepKind.Multiply, Left.Symbol: Symbol.RangeVolume, Left.Value.Sign: not 0 })
            .Select(n => t.Words("story.how.range", t.Say(n.Left!), t.Say(n.Right!))).Distinct(StringComparer.Ordinal).ToList();
        return ranges.Count == 0 ? [] : [t.Words("story.how.ranges", string.Join(", ", ranges))];
    }

    private static IEnumerable<string> Building(Telling t)
    {
        var share = t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Add, Right.Symbol: Symbol.CommonVolume });
        if (share is null || t.First(Symbol.BuildingVolume) is not { } building || t.First(Symbol.AreaOfAllRooms) is null)
            yield break;
        var common = Telling.Ordered(share.Right!).ToList();
        var (area, all) = (common.Find(n => n.Symbol == Symbol.Area), common.Find(n => n.Symbol == Symbol.AreaOfAllRooms));
        if (area is null || all is null)
            yield break;
        var average = t.Nodes.Any(n => n.Symbol == Symbol.DegreeDays);
        yield return t.Words(
            average ? "story.how.buildingAverage" : "story.how.building", t.Say(building), t.Say(all), t.Say(area), t.Say(share));
        if (Telling.Ordered(share.Left!).FirstOrDefault(n => n is
            { Kind: StepKind.Divide, Left.Right.Symbol: Symbol.MeteredVolume, Right.Symbol: Symbol.MeteredArea }) is { } metered)
        {
            yield return t.Words("story.how.metered", t.Say(metered.Left!.Right!), t.Say(metered.Right!), t.Say(metered));
        }

        yield return share.Right!.Value.Sign < 0 && t.First(Symbol.IndividualVolume) is { } rooms
            ? t.Words("story.how.roomsOver", t.Say(share.Left!), t.Say(rooms), t.Say(-share.Right.Value, Dimension.Volume))
            : t.Words("story.how.rooms", t.Say(share.Left!), t.Say(share.Right!));
    }

    private static IEnumerable<string> Twelfth(Telling t) =>
        t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Divide, Left.Symbol: Symbol.YearVolume }) is { } twelfth
            ? [t.Words("story.how.twelfth", t.Say(twelfth.Left!), t.Say(twelfth))]
            : [];

    private static IEnumerable<string> TrueUp(Telling t) =>
        (t.First(Symbol.ActualSum), t.First(Symbol.Charged)) is ({ } actual, { } charged)
            ? [t.Words("story.how.trueUp", t.Sum(actual.Value), t.Sum(charged.Value), t.Amount)]
            : [];

    private static IEnumerable<string> Excess(Telling t) =>
        (t.Facts.Root, t.First(Symbol.RaisingFactor)) is ({ Kind: StepKind.Subtract } root, { } factor)
            ? [t.Words("story.how.excess", t.Say(factor), t.Sum(root.Left!.Value), t.Sum(root.Right!.Value))]
            : [];

    private static IEnumerable<string> Common(Telling t)
    {
        if (t.First(Symbol.HouseVolume) is not { } house)
            yield break;
        var norm = t.Nodes.FirstOrDefault(n => n is
            { Kind: StepKind.Multiply, Left.Symbol: Symbol.Norm, Right.Symbol: Symbol.CommonArea });
        if (t.First(Symbol.BuildingVolume) is { } building && t.First(Symbol.IndividualVolume) is { } individual)
        {
            yield return t.Words("story.how.rest", t.Say(building), t.Say(individual));
            if (norm is not null)
                yield return t.Words("story.how.cap", t.Say(norm));
        }
        else if (norm is not null)
        {
            yield return t.Words("story.how.commonNorm", t.Say(norm.Left!), t.Say(norm.Right!), t.Say(norm));
        }

        var share = t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Divide, Left.Left: { } of, Right.Symbol: Symbol.AreaOfAllRooms }
            && of.Symbol == Symbol.HouseVolume);
        if (share is { Left.Right: { } area, Right: { } all })
            yield return t.Words("story.how.byArea", t.Say(area), t.Say(all), t.Say(share));
    }

    private static IEnumerable<string> Negative(Telling t)
    {
        var rest = t.Nodes.FirstOrDefault(n => n is
            { Kind: StepKind.Subtract, Left.Symbol: Symbol.Volume, Right.Symbol: Symbol.VolumeTakenOff });
        return rest is not null && t.Facts.Root is { Kind: StepKind.Subtract } root
            ? [.. Surplus(t, rest.Right!), t.Words(
                "story.how.negative", t.Say(rest.Left!), t.Say(rest.Right!), t.Sum(root.Right!.Value), t.Sum(root.Left!.Value))]
            : [];
    }

    /// <summary>How the building's surplus was shared; a working of before it was stored with the line tells nothing.</summary>
    private static IEnumerable<string> Surplus(Telling t, WorkingNode takenOff)
    {
        var inside = Telling.Ordered(takenOff).ToList();
        if (inside.Find(n => n.Symbol == Symbol.Surplus) is { Left: { } rooms, Right: { } building } surplus
            && inside.Find(n => n is { Kind: StepKind.Divide, Right.Symbol: Symbol.AllResidents }) is { Left.Right: { } persons } part)
        {
            yield return t.Words("story.how.surplus", t.Say(rooms), t.Say(building), t.Say(surplus));
            yield return t.Words("story.how.surplusPart", t.Say(persons), t.Say(part.Right!), t.Say(part));
        }
    }

    private static IEnumerable<string> Absence(Telling t)
    {
        if (t.First(Symbol.Absent) is not { } absent
            || t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Divide, Right.Symbol: Symbol.Residents }) is not { Right: { } residents })
        {
            return [];
        }

        var told = t.Words("story.how.absence", t.Say(absent), t.Say(residents), t.Size);
        return PricedVolume.Of(t) is [var only]
            ? [string.Join(' ', StoryOfVolume.Norms(t, only.Volume)), told, .. StoryOfVolume.Prices(t, shares: false)]
            : [told, .. StoryOfVolume.Prices(t)];
    }

    private static IEnumerable<string> Interference(Telling t) =>
        t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Multiply, Right.Symbol: Symbol.InterferenceFactor }) is { } norms
            ? [t.Words("story.how.interference", t.Say(norms.Left!), Formats.Of(norms.Right!.Value), t.Say(norms))]
            : [];

    private static IEnumerable<string> Power(Telling t) =>
        t.Nodes.FirstOrDefault(n => n is { Kind: StepKind.Multiply, Left.Left.Symbol: Symbol.Load, Right.Symbol: Symbol.Days }) is
            { Left: { Left: { } load, Right: { } hours }, Right: { } days } volume
            ? [t.Words("story.how.power", t.Say(load), t.Say(hours), t.Say(days), t.Say(volume))]
            : [];
}

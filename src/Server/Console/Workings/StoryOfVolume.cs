using Ochag.Billing.Contracts;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Workings;

/// <summary>A volume of some days and the price it is paid at.</summary>
internal sealed record PricedVolume(WorkingNode Volume, WorkingNode Price, WorkingNode Cost)
{
    public static IReadOnlyList<PricedVolume> Of(Telling t) =>
    [
        .. t.Nodes.Where(n => n is { Kind: StepKind.Multiply, Left.IsQuantity: true } && Dimensions.Of(n.Right!) == Dimension.Price)
            .Select(n => new PricedVolume(n.Left!, n.Right!, n)),
    ];
}

/// <summary>How volumes were counted and priced, in sentences.</summary>
internal static class StoryOfVolume
{
    /// <summary>More parts than these are a table, not a story: the steps show them.</summary>
    private const int MostParts = 4;

    public static IReadOnlyList<string> Tell(Telling t)
    {
        var parts = PricedVolume.Of(t);
        return parts.Count switch
        {
            0 => [],
            1 => [string.Join(' ', Counted(t, parts[0].Volume).Append(Priced(t, parts[0])))],
            <= MostParts => [.. parts.Select(p => OnDays(t, p, string.Join(' ', Counted(t, p.Volume).Append(Priced(t, p)))))],
            _ => [t.Words("story.how.parts", parts.Count, t.Size)],
        };
    }

    /// <summary>The prices of a volume that was told already.</summary>
    /// <param name="shares">That a part of it falls on some days was not told yet.</param>
    public static IEnumerable<string> Prices(Telling t, bool shares = true)
    {
        var parts = PricedVolume.Of(t);
        IEnumerable<string> Told(PricedVolume part) => (shares ? Shares(t, part.Volume) : []).Append(Priced(t, part));
        return parts.Count switch
        {
            1 => Told(parts[0]),
            > 1 and <= MostParts => parts.Select(p => OnDays(t, p, string.Join(' ', Told(p)))),
            0 => [],
            _ => [t.Words("story.how.parts", parts.Count, t.Size)],
        };
    }

    public static IEnumerable<string> Counted(Telling t, WorkingNode volume) =>
        Telling.Ordered(volume).Select(n => Counted(t, n, "story.how.meter")).OfType<string>();

    /// <summary>The norm of a volume and its days, without what is done with it then.</summary>
    public static IEnumerable<string> Norms(Telling t, WorkingNode volume) => Telling.Ordered(volume)
        .Where(n => n.Right?.Symbol is Symbol.Norm or Symbol.DaysInAll).Select(n => Counted(t, n, "story.how.meter")).OfType<string>();

    /// <summary>One step of a volume as a sentence; null: it needs none.</summary>
    public static string? Counted(Telling t, WorkingNode node, string meter) => (node.Kind, node.Left?.Symbol, node.Right?.Symbol) switch
    {
        (StepKind.Subtract, Symbol.IndexNow, Symbol.IndexBefore) => Read(t, node, meter),
        (StepKind.Add, _, Symbol.Dial) => t.Words("story.how.dial", t.Say(node.Right!)),
        (StepKind.Multiply, _, Symbol.Multiplier) => t.Words("story.how.multiplier", t.Say(node.Right!)),
        (StepKind.Subtract, _, Symbol.AlreadyBilled) => t.Words("story.how.billed", t.Say(node.Right!)),
        (StepKind.Max, _, Symbol.CreditLimit) => t.Words("story.how.credit", t.Say(node.Right!)),
        (StepKind.Divide, Symbol.YearVolume, Symbol.Months) =>
            t.Words("story.how.distribution", t.Say(node.Left!), Formats.Of(node.Right!.Value), t.Say(node)),
        (StepKind.Divide, _, Symbol.Months) => t.Words("story.how.average", t.Say(node.Right!), t.Say(node)),
        (StepKind.Multiply, Symbol.Residents or Symbol.Area, Symbol.Norm) =>
            t.Words("story.how.norm", t.Say(node.Left!), t.Say(node.Right!), t.Say(node)),
        (StepKind.Multiply, Symbol.YearVolume, Symbol.ProfileShare) =>
            t.Words("story.how.plan", t.Say(node.Left!), t.Say(node.Right!), t.Say(node)),
        (StepKind.Multiply, _, Symbol.Days) when node.Left is { Left.Symbol: Symbol.Load } load => t.Words(
            "story.how.load", t.Say(load.Left!), t.Say(load.Right!), t.Say(node.Right!), t.Say(node)),
        (StepKind.Multiply, _, Symbol.YearShare) => t.Words("story.how.yearShare", t.Say(node.Right!)),
        (StepKind.Multiply, _, Symbol.HeatPerCubicMetre) when Dimensions.Of(node) == Dimension.Heat =>
            t.Words("story.how.heat", t.Say(node.Right!), t.Say(node)),
        (StepKind.Divide, _, Symbol.DaysInAll) => Share(t, node),
        _ => null,
    };

    private static IEnumerable<string> Shares(Telling t, WorkingNode volume) =>
        Telling.Ordered(volume).Where(n => n is { Kind: StepKind.Divide, Right.Symbol: Symbol.DaysInAll }).Select(n => Share(t, n));

    /// <summary>Drainage is the water of two meters: each says whose it is.</summary>
    private static string Read(Telling t, WorkingNode node, string meter)
    {
        var water = t.Line.Service == Service.Drainage && t.Facts.Source(node.Left!) is RecordedReading reading
            ? t.Facts.Meters.FirstOrDefault(m => m.Id == reading.Meter)?.Service
            : null;
        return water is { } service
            ? t.Words("story.how.meterOf", t.NameOf(service), t.Say(node.Left!), t.Say(node.Right!))
            : t.Words(meter, t.Say(node.Left!), t.Say(node.Right!));
    }

    private static string Share(Telling t, WorkingNode node) =>
        t.Words("story.how.share", t.Say(node.Left!.Right!), t.Say(node.Right!), t.Say(node));

    private static string Priced(Telling t, PricedVolume part) => t.Words(
        "story.how.price", t.Say(part.Volume), t.Say(part.Price), t.Sum(part.Cost.Value));

    private static string OnDays(Telling t, PricedVolume part, string told) => part.Volume.DaysInside switch
    {
        ( > 0, var last) days => days.First == last
            ? t.Words("story.how.day", last, Telling.Lower(told))
            : t.Words("story.how.days", days.First, last, Telling.Lower(told)),
        _ => told,
    };
}

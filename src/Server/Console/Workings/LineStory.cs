using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;

namespace Ochag.Server.Console.Workings;

/// <summary>What the story of a line is told from: its working, and the facts around it that say why.</summary>
internal sealed record StoryFacts(PostedLine Line, WorkingNode Root, Formula Formula, Currency Currency, DateTimeZone Zone)
{
    /// <summary>Those of the account's premises.</summary>
    public IReadOnlyList<MeterRecord> Meters { get; init; } = [];

    public IReadOnlyList<RecordedAct> Acts { get; init; } = [];

    /// <summary>A heat meter stands on the building, silent or not.</summary>
    public bool HasHeatMeter { get; init; }

    /// <summary>Months by average in a row, this one too; null: it began before the first billed month.</summary>
    public int? InARow { get; init; }

    /// <summary>The stored fact that a number comes from.</summary>
    public Func<WorkingNode, object?> Source { get; init; } = _ => null;
}

/// <summary>
/// A line as its resident would understand it: what was counted, how, and why this way. Pure: the numbers come from the
/// working, the words from the texts.
/// </summary>
/// <param name="Law">What the law says of why it went this way, beside the formula's paragraph.</param>
internal sealed record LineStory(string What, IReadOnlyList<string> How, IReadOnlyList<string> Why, IReadOnlyList<Clause> Law)
{
    public static LineStory Tell(IStringLocalizer<Texts> texts, StoryFacts facts)
    {
        var telling = new Telling(texts, facts);
        return new(WhatOf(telling), StoryOfAmount.Tell(telling), StoryOfReason.Tell(telling), StoryOfLaw.Of(telling));
    }

    /// <summary>
    /// How many months up to the line's went by average one after the other; null where the first of them is the first that
    /// was billed: then it began before.
    /// </summary>
    public static int? InARow(PostedLine line, IReadOnlyList<PostedLine> charges)
    {
        var months = charges.Where(l => l.Service == line.Service && l.Component == line.Component).ToLookup(l => l.Period, l => l.Basis);
        var row = 0;
        var month = line.Period;
        for (; months[month].Any(b => b == Bases.Of(Basis.Average)); month = month.PlusMonths(-1))
            row++;
        return months.Contains(month) ? row : null;
    }

    private static string WhatOf(Telling t)
    {
        var line = t.Line;
        var key = line.Component.IsMain ? "Main" : line.Component.Kind.ToString();
        var variant = line.Component.Kind switch
        {
            ComponentKind.P61 or ComponentKind.TrueUp when line.Amount.Minor < 0 => ".back",
            _ when line.Component.IsMain => ".back",
            ComponentKind.Excess => line.Service == Service.Heating ? ".heat" : MeterCause.Of(t).BringsFactor ? ".meter" : "",
            ComponentKind.QualityBreak when t.Facts.Formula == Formula.QualityByShare => ".share",
            ComponentKind.QualityComposition when line.Service == Service.Electricity => ".power",
            _ => "",
        };
        var told = line.Component.IsMain && !(line.Amount.Minor < 0 && t.First(Symbol.AlreadyBilled) is not null)
            ? t.Words($"story.what.{key}", t.ServiceName, Formats.Of(line.Period), t.Quantity(line.Quantity), Formats.Of(line.Amount))
            : t.Words($"story.what.{key}{variant}", t.ServiceName, Formats.Of(line.Period), t.Size, t.Amount);
        return line.VatOnTop ? $"{told} {t.Words("story.what.vat", Words.Percent(line.VatRate), Formats.Of(line.Total))}" : told;
    }
}

/// <summary>Words and numbers for the sentences of a story.</summary>
internal sealed class Telling
{
    private readonly IStringLocalizer<Texts> _texts;
    private readonly WorkingUnits _units;

    public Telling(IStringLocalizer<Texts> texts, StoryFacts facts)
    {
        (_texts, Facts) = (texts, facts);
        _units = new(texts, facts.Line, facts.Currency);
        Nodes = [.. Ordered(facts.Root)];
    }

    public StoryFacts Facts { get; }
    public PostedLine Line => Facts.Line;

    /// <summary>All steps, operands before what is made of them.</summary>
    public IReadOnlyList<WorkingNode> Nodes { get; }

    /// <summary>The line's quantity without its sign.</summary>
    public string Size => Quantity(new(Math.Abs(Line.Quantity.Millionths)));

    /// <summary>The line's amount without its sign.</summary>
    public string Amount => Formats.Of(Line.Amount.Minor < 0 ? -Line.Amount : Line.Amount);

    /// <summary>"Горячая вода (теплоноситель)": the component only where the service has several.</summary>
    public string ServiceName
    {
        get
        {
            var service = NameOf(Line.Service);
            var kind = Line.Component.Part ?? Line.Component.Kind;
            var told = kind is ComponentKind.Carrier or ComponentKind.Day or ComponentKind.Night or ComponentKind.Peak
                or ComponentKind.HalfPeak or ComponentKind.Distribution
                || (kind == ComponentKind.Heat && Line.Service == Service.HotWater);
            return told ? $"{service} ({Lower(_texts["component." + kind])})" : service;
        }
    }

    public string NameOf(Service service) => _texts["service." + Parts.Service.Of(service).Key];

    /// <summary>What is equal to a rounded number is nearly equal.</summary>
    public string Words(string key, params object[] numbers) =>
        _texts[key, numbers].Value.Replace("= ≈", "≈", StringComparison.Ordinal);

    public string Say(WorkingNode node) => _units.Say(Signed(node.Value), Dimensions.Of(node));

    public string Say(Exact value, Dimension dimension) => _units.Say(value, dimension);

    public string Quantity(Fixed quantity) => $"{Formats.Of(quantity)}\u00A0{Desk.Words.Unit(_texts, Line.Unit)}";

    /// <summary>Money of a step, rounded for reading.</summary>
    public string Sum(Exact value) => Formats.Of(Money.Round(Signed(value), Facts.Currency));

    public string Moment(Instant at) => Formats.Of(at, Facts.Zone);

    public WorkingNode? First(Symbol symbol) => Nodes.FirstOrDefault(n => n.Symbol == symbol);

    public IEnumerable<T> Sources<T>() => Facts.Root.Whole.Select(Facts.Source).OfType<T>().Distinct();

    public static IEnumerable<WorkingNode> Ordered(WorkingNode node) =>
        new[] { node.Left, node.Right }.OfType<WorkingNode>().SelectMany(Ordered).Append(node);

    /// <summary>Beside the main lines the sentence itself says what is taken off: there numbers go without their sign.</summary>
    private Exact Signed(Exact value) => value.Sign < 0 && !Line.Component.IsMain ? -value : value;

    public static string Lower(string text) => char.ToLower(text[0], System.Globalization.CultureInfo.CurrentCulture) + text[1..];
}

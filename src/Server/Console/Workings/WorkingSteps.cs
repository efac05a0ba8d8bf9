using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;

namespace Ochag.Server.Console.Workings;

/// <summary>One number of a step: the sign before it, what it is, its value, and the fact behind it.</summary>
internal sealed record StepTerm(string Sign, string LabelKey, Exact Value, Dimension Dimension, WorkingNode Node);

/// <summary>One step of a working in plain words: terms joined by signs, and what they come to.</summary>
internal sealed record PlainStep(
    string LabelKey, IReadOnlyList<StepTerm> Terms, Exact Result, Dimension Dimension, (int First, int Last) Days, StepKind Kind)
{
    public bool IsLast { get; init; }

    /// <summary>Beside the heat for one cubic metre a price is that of heat, even where the line counts water.</summary>
    public bool PricesHeat => Dimension == Dimension.Price && Terms.Any(t => t.Dimension == Dimension.HeatPerVolume);
}

/// <summary>
/// Turns the tree of a working into steps that a person follows: what is inside brackets first, then the product or sum
/// that takes it; the same brackets are worked out once.
/// </summary>
internal sealed class WorkingSteps(Formula formula)
{
    private readonly List<PlainStep> _steps = [];
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    public static IReadOnlyList<PlainStep> Of(WorkingNode root, Formula formula)
    {
        var steps = new WorkingSteps(formula);
        steps.Label(root);
        if (steps._steps.Count > 0)
            steps._steps[^1] = steps._steps[^1] with { IsLast = true };
        return steps._steps;
    }

    /// <summary>The label under which the value of a node stands in later steps; its own step is made on the way.</summary>
    private string Label(WorkingNode node)
    {
        if (node.IsNumber)
            return IsHundred(node) ? "step.hundred" : "symbol." + (int)node.Symbol!;
        var key = Infix.Values(node);
        if (_known.TryGetValue(key, out var known))
            return known;
        var terms = Terms(node).ToList();
        var label = LabelOf(node, terms);
        _known[key] = label;
        _steps.Add(new(label, terms, node.Value, Dimensions.Of(node), DaysOf(node), node.Kind));
        return label;
    }

    /// <summary>A sum of the parts of a month, and what is done with it, is about the month, not about the first part.</summary>
    private static (int First, int Last) DaysOf(WorkingNode node) =>
        node.Kind is StepKind.Round
        || (node.Kind is not (StepKind.Multiply or StepKind.Divide) && Dimensions.Of(node) == Dimension.Money)
            ? default
            : node.DaysInside;

    private IEnumerable<StepTerm> Terms(WorkingNode node)
    {
        if (node.Right is null)
            return [Term("", node.Left!)];
        var chain = new List<(string Sign, WorkingNode Node)>();
        Flatten(node, node, chain);
        return [.. chain.Select(c => Term(c.Sign, c.Node))];
    }

    /// <summary>a × b ÷ c and a + b − c are one step; a name or a counted quantity inside stands by itself.</summary>
    private static void Flatten(WorkingNode node, WorkingNode top, List<(string, WorkingNode)> chain)
    {
        var left = node.Left!;
        if (SameChain(left, node) && left.Symbol is null && !left.IsQuantity)
            Flatten(left, top, chain);
        else
            chain.Add(("", left));
        chain.Add((SignOf(node.Kind), node.Right!));
    }

    private static bool SameChain(WorkingNode inner, WorkingNode outer) => outer.Kind switch
    {
        StepKind.Multiply or StepKind.Divide => inner.Kind is StepKind.Multiply or StepKind.Divide,
        StepKind.Add or StepKind.Subtract => inner.Kind is StepKind.Add or StepKind.Subtract,
        _ => false,
    };

    private StepTerm Term(string sign, WorkingNode node) => new(
        sign, ValueLabel(Label(node)), node.Value, Dimensions.Of(node), node);

    /// <summary>A step that is named by what is done in it has another name once it is done.</summary>
    private static string ValueLabel(string label) => label switch
    {
        "step.rounded" or "step.takenBack" or "step.feeLeft" => label + ".value",
        "step.sum" or "step.sumYear" or "step.sumRanges" => "step.sum.value",
        _ => label,
    };

    private static string SignOf(StepKind kind) => kind switch
    {
        StepKind.Add => "+",
        StepKind.Subtract => "−",
        StepKind.Multiply => "×",
        StepKind.Divide => "÷",
        StepKind.Min => "min",
        StepKind.Max => "max",
        _ => "",
    };

    /// <summary>What percents are divided by.</summary>
    private static bool IsHundred(WorkingNode node) =>
        node is { Symbol: Symbol.Percent, Source: null } && node.Value == Exact.Of(100);

    private string LabelOf(WorkingNode node, List<StepTerm> terms)
    {
        if (node.Symbol is { } symbol)
            return "symbol." + (int)symbol;
        if (node.Kind is StepKind.Round or StepKind.Negate)
            return node.Kind == StepKind.Round ? "step.rounded" : "step.takenBack";
        var has = terms.Select(t => t.Node.Symbol).OfType<Symbol>().ToHashSet();
        return Dimensions.Of(node) switch
        {
            Dimension.Money => OfMoney(node, terms, has),
            Dimension.Price => node.Inside.Any(n => n.Symbol == Symbol.RangeVolume) ? "step.meanPrice" : "step.price",
            Dimension.Area => "step.area",
            Dimension.Persons => "step.present",
            Dimension.Plain when has.Contains(Symbol.Area) => "step.share",
            _ when has.Contains(Symbol.BeneficiaryVolume) => "step.benefitVolume",
            _ when has.Contains(Symbol.HoursInAll) => "step.notBrought",
            _ when node.IsQuantity => "step.quantity",
            _ => Telling.FirstOrDefault(t => has.Contains(t.Symbol)).Label is not { } told ? "step.value"
                : told == "step.byLoad" && formula == Formula.UnauthorisedPower ? "step.byPower" : told,
        };
    }

    private string OfMoney(WorkingNode node, List<StepTerm> terms, HashSet<Symbol> has) => node.Kind switch
    {
        StepKind.Min => "step.feeLeft",
        StepKind.Subtract => "step.difference",
        StepKind.Add when has.Contains(Symbol.Reduction) => "step.feeAfter",
        StepKind.Add when terms.TrueForAll(t => t.Node.Symbol == Symbol.Fee) => "step.fee",
        StepKind.Add when terms.TrueForAll(t => t.Node.Left?.Symbol == Symbol.RangeVolume) => "step.sumRanges",
        StepKind.Add => formula == Formula.HeatingTrueUp ? "step.sumYear" : "step.sum",
        _ when has.Contains(Symbol.Percent) => "step.benefit",
        _ when has.Contains(Symbol.HourlyRate) || has.Contains(Symbol.HoursInAll) => "step.reduction",
        _ => "step.cost",
    };

    /// <summary>The first of these numbers in a step says what the step is about.</summary>
    private static readonly (Symbol Symbol, string Label)[] Telling =
    [
        (Symbol.ProfileShare, "step.plan"), (Symbol.YearVolume, "step.twelfth"), (Symbol.Load, "step.byLoad"),
        (Symbol.IndexNow, "step.used"), (Symbol.Months, "step.average"), (Symbol.MonthVolume, "step.months"),
        (Symbol.AlreadyBilled, "step.used"), (Symbol.CreditLimit, "step.used"), (Symbol.VolumeTakenOff, "step.left"),
        (Symbol.InterferenceFactor, "step.interference"), (Symbol.CommonArea, "step.commonNorm"), (Symbol.AllResidents, "step.part"),
        (Symbol.Residents, "step.byNorm"), (Symbol.BuildingVolume, "step.rest"), (Symbol.DegreeDays, "step.degreeDays"),
    ];
}

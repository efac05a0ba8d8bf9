using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;

namespace Ochag.Server.Console.Workings;

/// <summary>A stored working as the tree of its steps, each with the value it comes to.</summary>
internal sealed record WorkingNode(StepKind Kind, Exact Value)
{
    /// <summary>Of a number put in, or of a result that was given a name; null: neither.</summary>
    public Symbol? Symbol { get; init; }

    public WorkingNode? Left { get; init; }
    public WorkingNode? Right { get; init; }

    /// <summary>It is (a part of) the line's quantity.</summary>
    public bool IsQuantity { get; init; }

    public FactKind? Source { get; init; }
    public long SourceId { get; init; }

    /// <summary>Of the whole tree: what was put in to be named or counted and taken off again.</summary>
    public IReadOnlyList<WorkingNode> Aside { get; init; } = [];

    /// <summary>Days of the month that the number is about; 0: the whole month.</summary>
    public (int First, int Last) Days { get; init; }

    public bool IsNumber => Kind == StepKind.Number;

    /// <summary>Everything that was put in, what was taken off again too.</summary>
    public IEnumerable<WorkingNode> Whole => Inside.Concat(Aside.SelectMany(n => n.Inside));

    public IEnumerable<WorkingNode> Inside => new[] { Left, Right }.OfType<WorkingNode>().SelectMany(n => n.Inside).Prepend(this);

    /// <summary>
    /// The days that the value is about: of a product the fewest that are named inside, since a share of a volume lies on
    /// some of its days; of a sum those that its parts have in common. 0: none, or different ones.
    /// </summary>
    public (int First, int Last) DaysInside
    {
        get
        {
            if (IsNumber)
                return Days;
            var (left, right) = (Left!.DaysInside, Right?.DaysInside ?? default);
            if (left.First == 0 || right.First == 0 || left == right)
                return left.First == 0 ? right : left;
            return Kind is not (StepKind.Multiply or StepKind.Divide) ? default
                : left.Last - left.First <= right.Last - right.First ? left : right;
        }
    }

    /// <summary>The tree of the amount, and the quantities that were counted beside it.</summary>
    /// <exception cref="FormatException">The steps do not leave one value.</exception>
    public static WorkingNode Of(Working working)
    {
        var stack = new Stack<WorkingNode>();
        var aside = new List<WorkingNode>();
        foreach (var step in working.Steps)
        {
            if (step.Kind == StepKind.Number)
                stack.Push(Number(step));
            else if (step.Kind == StepKind.Discard)
                aside.Add(Take(stack));
            else
                stack.Push(Apply(step, stack));
        }

        return stack.Count == 1
            ? stack.Pop() with { Aside = aside }
            : throw new FormatException($"The working leaves {stack.Count} values instead of one.");
    }

    private static WorkingNode Number(Step step) => new(StepKind.Number, step.Value)
    {
        Symbol = (Symbol)step.Symbol,
        Source = step.SourceKind == 0 || step.SourceId == 0 ? null : (FactKind)step.SourceKind,
        SourceId = step.SourceId,
        Days = (step.FirstDay, step.LastDay),
    };

    private static WorkingNode Apply(Step step, Stack<WorkingNode> stack)
    {
        var top = Take(stack);
        switch (step.Kind)
        {
            case StepKind.Name:
                return top.IsNumber ? top : top with { Symbol = (Symbol)step.Symbol };
            case StepKind.Quantity:
                return top with { IsQuantity = true };
            case StepKind.Negate:
                return new(step.Kind, -top.Value) { Left = top };
            case StepKind.Round:
                return new(step.Kind, Exact.Fraction(top.Value.Round(2), 100)) { Left = top };
            default:
                var left = Take(stack);
                return new(step.Kind, Combine(step.Kind, left.Value, top.Value)) { Left = left, Right = top };
        }
    }

    private static Exact Combine(StepKind kind, Exact a, Exact b) => kind switch
    {
        StepKind.Add => a + b,
        StepKind.Subtract => a - b,
        StepKind.Multiply => a * b,
        StepKind.Divide => a / b,
        StepKind.Min => Exact.Min(a, b),
        StepKind.Max => Exact.Max(a, b),
        _ => throw new FormatException($"The working has an unknown step {kind}."),
    };

    private static WorkingNode Take(Stack<WorkingNode> stack) =>
        stack.TryPop(out var top) ? top : throw new FormatException("The working takes a number that is not there.");
}

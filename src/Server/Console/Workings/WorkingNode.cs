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

    /// <summary>Days of the month that the number is about; 0: the whole month.</summary>
    public (int First, int Last) Days { get; init; }

    public bool IsNumber => Kind == StepKind.Number;

    public IEnumerable<WorkingNode> Inside => new[] { Left, Right }.OfType<WorkingNode>().SelectMany(n => n.Inside).Prepend(this);

    /// <summary>The days of the first number inside that names some.</summary>
    public (int First, int Last) DaysInside => Inside.Select(n => n.Days).FirstOrDefault(d => d.First > 0);

    /// <summary>The tree of the amount, and the quantities that were counted beside it.</summary>
    /// <exception cref="FormatException">The steps do not leave one value.</exception>
    public static WorkingNode Of(Working working)
    {
        var stack = new Stack<WorkingNode>();
        foreach (var step in working.Steps)
        {
            if (step.Kind == StepKind.Number)
                stack.Push(Number(step));
            else if (step.Kind == StepKind.Discard)
                Take(stack);
            else
                stack.Push(Apply(step, stack));
        }

        return stack.Count == 1 ? stack.Pop() : throw new FormatException($"The working leaves {stack.Count} values instead of one.");
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

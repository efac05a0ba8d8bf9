using System.Numerics;

namespace Ochag.Foundation.Workings;

/// <summary>What a working comes to when it is computed again.</summary>
/// <param name="Amount">The value left at the end.</param>
/// <param name="Quantity">The sum of the values marked as quantity.</param>
/// <param name="Named">Every named value, in order.</param>
public sealed record Replayed(Exact Amount, Exact Quantity, IReadOnlyList<(int Symbol, Exact Value)> Named);

/// <summary>
/// The independent small checker: computes a stored working again in plain big-integer fractions, sharing no arithmetic
/// with the evaluator.
/// </summary>
public static class Replay
{
    /// <exception cref="FormatException">The steps do not leave one value.</exception>
    public static Replayed Run(Working working)
    {
        var stack = new Stack<(BigInteger N, BigInteger D)>();
        var named = new List<(int, Exact)>();
        (BigInteger N, BigInteger D) quantity = (0, 1);
        foreach (var step in working.Steps)
        {
            if (step.Kind == StepKind.Number)
            {
                stack.Push((step.Value.Numerator, step.Value.Denominator));
                continue;
            }

            if (!stack.TryPop(out var top))
                throw new FormatException("The working takes a number that is not there.");
            switch (step.Kind)
            {
                case StepKind.Name:
                    named.Add((step.Symbol, Exact.Fraction(top.N, top.D)));
                    break;
                case StepKind.Discard:
                    continue;
                case StepKind.Quantity:
                    quantity = Reduce(quantity.N * top.D + top.N * quantity.D, quantity.D * top.D);
                    break;
                case StepKind.Negate:
                    top = (-top.N, top.D);
                    break;
                case StepKind.Round:
                    top = (HalfAwayFromZero(top.N * 100, top.D), 100);
                    break;
                default:
                    if (!stack.TryPop(out var below))
                        throw new FormatException("The working takes a number that is not there.");
                    top = Combine(step.Kind, below, top);
                    break;
            }

            stack.Push(top);
        }

        return stack.Count == 1
            ? new(Exact.Fraction(stack.Peek().N, stack.Peek().D), Exact.Fraction(quantity.N, quantity.D), named)
            : throw new FormatException($"The working leaves {stack.Count} values instead of one.");
    }

    private static (BigInteger N, BigInteger D) Combine(
        StepKind kind, (BigInteger N, BigInteger D) a, (BigInteger N, BigInteger D) b) => kind switch
        {
            StepKind.Add => Reduce(a.N * b.D + b.N * a.D, a.D * b.D),
            StepKind.Subtract => Reduce(a.N * b.D - b.N * a.D, a.D * b.D),
            StepKind.Multiply => Reduce(a.N * b.N, a.D * b.D),
            StepKind.Divide when b.N.IsZero => throw new FormatException("The working divides by zero."),
            StepKind.Divide => Reduce(a.N * b.D * b.N.Sign, a.D * BigInteger.Abs(b.N)),
            StepKind.Min => a.N * b.D <= b.N * a.D ? a : b,
            StepKind.Max => a.N * b.D >= b.N * a.D ? a : b,
            _ => throw new FormatException($"The working has an unknown step {kind}."),
        };

    private static (BigInteger N, BigInteger D) Reduce(BigInteger n, BigInteger d)
    {
        var common = BigInteger.GreatestCommonDivisor(n, d);
        return (n / common, d / common);
    }

    private static BigInteger HalfAwayFromZero(BigInteger n, BigInteger d) =>
        (BigInteger.Abs(n) * 2 + d) / (d * 2) * n.Sign;
}

using System.Numerics;

namespace Ochag.Specs.Numbers;

/// <summary>
/// A fraction as a school book has it: two big integers, nothing clever. What <c>Exact</c> answers is held against it.
/// </summary>
public readonly record struct SlowFraction(BigInteger Top, BigInteger Bottom)
{
    public static SlowFraction operator +(SlowFraction a, SlowFraction b) =>
        new(a.Top * b.Bottom + b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static SlowFraction operator -(SlowFraction a, SlowFraction b) =>
        new(a.Top * b.Bottom - b.Top * a.Bottom, a.Bottom * b.Bottom);

    public static SlowFraction operator *(SlowFraction a, SlowFraction b) => new(a.Top * b.Top, a.Bottom * b.Bottom);

    public static SlowFraction operator /(SlowFraction a, SlowFraction b) => b.Top.Sign < 0
        ? new(-a.Top * b.Bottom, -a.Bottom * b.Top)
        : new(a.Top * b.Bottom, a.Bottom * b.Top);

    public int Against(SlowFraction other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);

    /// <summary>Half away from zero, found by looking at the doubled rest; no shortcut of the fast path is shared.</summary>
    public BigInteger Round(int places)
    {
        var twice = BigInteger.Abs(Top) * BigInteger.Pow(10, places) * 2;
        var size = (twice + Bottom) / (Bottom * 2);
        return Top.Sign < 0 ? -size : size;
    }
}

using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Ochag.Foundation;

namespace Ochag.Specs.Numbers;

/// <summary>
/// Generators of numbers that sit where arithmetic breaks: tiny, like a bill's, at the edges of 64 and 128 bits, and far
/// beyond them.
/// </summary>
internal static class Numbers
{
    private static readonly Gen<BigInteger> Size = Gen.OneOf(
        Gen.Choose(0, 12).Select(i => (BigInteger)i),
        Gen.Choose(0, 1_000_000_000).Select(i => (BigInteger)i),
        // Two powers and a little: 2^31, 2^63, 2^64, 2^127 and their neighbours are hit often.
        Gen.Elements(31, 32, 62, 63, 64, 65, 126, 127, 128).SelectMany(
            _ => Gen.Choose(-2, 2), (bits, step) => BigInteger.Pow(2, bits) + step),
        Gen.Choose(0, 60).SelectMany(_ => Gen.Choose(1, int.MaxValue), (power, i) => BigInteger.Pow(10, power) * i));

    public static Gen<SlowFraction> Fraction { get; } =
        from sign in Gen.Elements(-1, 1)
        from top in Size
        from bottom in Size
        select new SlowFraction(sign * top, BigInteger.Max(bottom, 1));

    public static Exact Fast(this SlowFraction slow) => Exact.Fraction(slow.Top, slow.Bottom);

    public static bool Equal(Exact fast, SlowFraction slow) =>
        fast.Denominator.Sign > 0 && fast.Numerator * slow.Bottom == slow.Top * fast.Denominator;

    /// <summary>Runs the property on many cases; a failure prints the case, shrunk, and the seed that repeats it.</summary>
    public static void Holds<T>(this Gen<T> cases, Func<T, bool> property, int times = 2_000) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(times), Prop.ForAll(cases.ToArbitrary(), property));
}

using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Ochag.Foundation;
using Shouldly;

namespace Ochag.Specs.Numbers;

public sealed class ExactTests
{
    private static readonly Gen<(SlowFraction A, SlowFraction B)> Pair =
        Numbers.Fraction.Two().Select(t => (t.Item1, t.Item2));

    [Fact]
    public void Sums_differences_and_products_are_those_of_slow_fractions()
    {
        Pair.Holds(p => Numbers.Equal(p.A.Fast() + p.B.Fast(), p.A + p.B));
        Pair.Holds(p => Numbers.Equal(p.A.Fast() - p.B.Fast(), p.A - p.B));
        Pair.Holds(p => Numbers.Equal(p.A.Fast() * p.B.Fast(), p.A * p.B));
    }

    [Fact]
    public void Quotients_are_those_of_slow_fractions() =>
        Pair.Where(p => !p.B.Top.IsZero).Holds(p => Numbers.Equal(p.A.Fast() / p.B.Fast(), p.A / p.B));

    [Fact]
    public void Order_and_equality_are_those_of_slow_fractions()
    {
        Pair.Holds(p => p.A.Fast().CompareTo(p.B.Fast()) == p.A.Against(p.B));
        Pair.Holds(p => (p.A.Fast() == p.B.Fast()) == (p.A.Against(p.B) == 0));
        Pair.Holds(p => Exact.Max(p.A.Fast(), p.B.Fast()) >= Exact.Min(p.A.Fast(), p.B.Fast()));
    }

    [Fact]
    public void Equal_numbers_written_differently_have_one_hash() =>
        Numbers.Fraction.SelectMany(_ => Gen.Choose(1, 1_000), (f, times) => (f, times)).Holds(c =>
            c.f.Fast().GetHashCode() == new SlowFraction(c.f.Top * c.times, c.f.Bottom * c.times).Fast().GetHashCode()
            && (Exact.Of(c.times) / Exact.Of(c.times * 3L)).GetHashCode() == Exact.Fraction(1, 3).GetHashCode());

    [Fact]
    public void A_long_chain_of_operations_stays_exact()
    {
        var steps = Gen.Choose(0, 3).SelectMany(_ => Numbers.Fraction, (kind, value) => (kind, value)).ArrayOf(12);
        steps.Holds(chain =>
        {
            var (fast, slow) = (Exact.One, new SlowFraction(1, 1));
            foreach (var (kind, value) in chain)
            {
                (fast, slow) = kind switch
                {
                    0 => (fast + value.Fast(), slow + value),
                    1 => (fast - value.Fast(), slow - value),
                    2 => (fast * value.Fast(), slow * value),
                    _ when value.Top.IsZero => (fast, slow),
                    _ => (fast / value.Fast(), slow / value),
                };
            }

            return Numbers.Equal(fast, slow);
        }, 500);
    }

    [Fact]
    public void Rounding_is_half_away_from_zero_for_every_number_of_places() =>
        Numbers.Fraction.SelectMany(_ => Gen.Choose(0, 18), (f, places) => (f, places)).Holds(c =>
        {
            var slow = c.f.Round(c.places);
            if (slow >= long.MinValue && slow <= long.MaxValue)
                return c.f.Fast().Round(c.places) == slow;
            Should.Throw<OverflowException>(() => c.f.Fast().Round(c.places));
            return true;
        });

    [Fact]
    public void Every_half_kopeck_goes_away_from_zero() =>
        Gen.Choose(0, int.MaxValue).Holds(kopecks =>
            Exact.Fraction(2L * kopecks + 1, 200).Round(2) == kopecks + 1L
            && Exact.Fraction(-2L * kopecks - 1, 200).Round(2) == -kopecks - 1L);

    [Theory]
    [InlineData("2.345", 235)]
    [InlineData("2.3449999999999999999999999999999999999999", 234)]
    [InlineData("-2.345", -235)]
    [InlineData("1/3", 33)]
    [InlineData("2/3", 67)]
    [InlineData("-0.005", -1)]
    [InlineData("0.004999999999999999999", 0)]
    [InlineData("-92233720368547758.08", long.MinValue)]
    [InlineData("-92233720368547758.084", long.MinValue)]
    public void A_sum_is_rounded_to_kopecks(string amount, long kopecks) => Exact.Parse(amount).Round(2).ShouldBe(kopecks);

    [Fact]
    public void A_number_too_wide_for_the_fast_path_goes_on_exactly_and_comes_back()
    {
        var third = Exact.Fraction(BigInteger.One, BigInteger.Pow(3, 60)); // 3^60 needs 96 bits
        third.IsWide.ShouldBeTrue();
        var back = third * Exact.Fraction(BigInteger.Pow(3, 60), BigInteger.One);
        back.IsWide.ShouldBeFalse();
        back.ShouldBe(Exact.One);
    }

    [Fact]
    public void Text_of_a_decimal_is_what_rounding_gives() =>
        Numbers.Fraction.SelectMany(_ => Gen.Choose(0, 18), (f, places) => (f, places)).Holds(c =>
            Numbers.Equal(Exact.Parse(c.f.Fast().ToDecimal(c.places)), new(c.f.Round(c.places), BigInteger.Pow(10, c.places))));

    [Fact]
    public void The_written_fraction_reads_back() =>
        Numbers.Fraction.Holds(f => Exact.Parse(f.Fast().ToString()) == f.Fast());

    [Fact]
    public void Nothing_is_divided_by_zero()
    {
        Should.Throw<DivideByZeroException>(() => Exact.One / Exact.Zero);
        Should.Throw<DivideByZeroException>(() => Exact.Fraction(1, 0));
        Should.Throw<DivideByZeroException>(() => Exact.Parse("1/0"));
    }
}

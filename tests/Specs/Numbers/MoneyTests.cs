using FsCheck;
using FsCheck.Fluent;
using Ochag.Foundation;
using Shouldly;

namespace Ochag.Specs.Numbers;

public sealed class MoneyTests
{
    private static readonly Gen<(Money Sum, Exact[] Weights)> Splits =
        from minor in Gen.Choose(-1_000_000_000, 1_000_000_000)
        from weights in Gen.Choose(0, 1_000_000).ArrayOf().Where(w => w.Any(x => x > 0))
        select (new Money(minor, Currency.Rub), Array.ConvertAll(weights, w => Exact.Fraction(w, 7)));

    [Fact]
    public void The_parts_of_a_split_add_up_to_the_sum() =>
        Splits.Holds(s => s.Sum.Split(s.Weights).Sum(p => p.Minor) == s.Sum.Minor);

    [Fact]
    public void No_part_is_a_whole_kopeck_away_from_its_exact_share() => Splits.Holds(s =>
    {
        var total = s.Weights.Aggregate(Exact.Zero, (a, b) => a + b);
        return s.Sum.Split(s.Weights).Zip(s.Weights, (part, weight) =>
        {
            var gap = Exact.Of(part.Minor) - Exact.Of(s.Sum.Minor) * weight / total;
            return gap < Exact.One && -gap < Exact.One;
        }).All(near => near);
    });

    [Fact]
    public void A_part_without_weight_gets_nothing() =>
        Splits.Holds(s => s.Sum.Split(s.Weights).Zip(s.Weights).All(x => !x.Second.IsZero || x.First.IsZero));

    [Fact]
    public void A_split_of_the_negated_sum_is_the_negated_split() =>
        Splits.Holds(s => s.Sum.Split(s.Weights).Zip((-s.Sum).Split(s.Weights)).All(x => x.First == -x.Second));

    [Fact]
    public void Equal_shares_give_the_odd_kopecks_to_the_first() =>
        new Money(100, Currency.Rub).Split([Exact.One, Exact.One, Exact.One])
            .Select(p => p.Minor).ShouldBe([34, 33, 33]);

    [Fact]
    public void Weights_that_add_up_to_nothing_are_a_fault() =>
        Should.Throw<ArgumentException>(() => new Money(100, Currency.Rub).Split([Exact.Zero]));

    [Fact]
    public void Two_currencies_never_mix()
    {
        Should.Throw<InvalidOperationException>(() => new Money(1, Currency.Rub) + new Money(1, Currency.Uah));
        Should.Throw<InvalidOperationException>(() => new Money(1, Currency.Rub) < new Money(1, Currency.Uah));
    }

    [Fact]
    public void A_sum_that_does_not_fit_is_a_fault_and_never_wraps() =>
        Should.Throw<OverflowException>(() => new Money(long.MaxValue, Currency.Rub) + new Money(1, Currency.Rub));

    [Theory]
    [InlineData(-5, "-0.05")]
    [InlineData(0, "0.00")]
    [InlineData(470_656, "4706.56")]
    public void A_sum_is_written_with_two_digits(long minor, string text) =>
        new Money(minor, Currency.Rub).ToString().ShouldBe(text);
}

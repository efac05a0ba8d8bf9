using FsCheck;
using FsCheck.Fluent;
using Ochag.Foundation;
using Shouldly;

namespace Ochag.Specs.Numbers;

public sealed class FixedTests
{
    private static readonly Gen<Fixed> Values =
        from high in Gen.Choose(-2_000_000_000, 2_000_000_000)
        from low in Gen.Choose(0, 999_999)
        select new Fixed(high * 1_000L + low);

    [Fact]
    public void What_is_written_reads_back() => Values.Holds(v => Fixed.Parse(v.ToString()) == v);

    [Fact]
    public void The_exact_value_is_the_millionths() =>
        Values.Holds(v => v.ToExact() * Exact.Of(1_000_000) == Exact.Of(v.Millionths));

    [Theory]
    [InlineData("54.3", 54_300_000, "54.3")]
    [InlineData("-0.000001", -1, "-0.000001")]
    [InlineData("6.73112", 6_731_120, "6.73112")]
    [InlineData("+7", 7_000_000, "7")]
    [InlineData(".5", 500_000, "0.5")]
    [InlineData("1.50000000", 1_500_000, "1.5")]
    public void A_decimal_is_read_and_written(string text, long millionths, string written)
    {
        Fixed.Parse(text).Millionths.ShouldBe(millionths);
        Fixed.Parse(text).ToString().ShouldBe(written);
    }

    [Theory]
    [InlineData("0.0000001")]
    [InlineData("0.00000000000000000000000000001")] // decimal itself would round this to nothing
    [InlineData("1.00000000000000000000000000000001")]
    [InlineData("1,5")]
    [InlineData("1 000")]
    [InlineData("1e3")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("9999999999999999")]
    [InlineData("NaN")]
    public void What_would_lose_a_digit_or_is_no_decimal_is_refused(string? text) =>
        Fixed.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_value_that_does_not_fit_is_a_fault_and_never_wraps() =>
        Should.Throw<OverflowException>(() => new Fixed(long.MaxValue) + new Fixed(1));
}

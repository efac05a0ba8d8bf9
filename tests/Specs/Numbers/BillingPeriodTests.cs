using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Ochag.Foundation;
using Shouldly;

namespace Ochag.Specs.Numbers;

public sealed class BillingPeriodTests
{
    private static readonly Gen<BillingPeriod> Months =
        Gen.Choose(1991, 2150).SelectMany(_ => Gen.Choose(1, 12), (year, month) => new BillingPeriod(year, month));

    [Fact]
    public void Months_added_are_months_between() =>
        Months.SelectMany(_ => Gen.Choose(0, 500), (m, n) => (m, n)).Holds(c =>
            BillingPeriod.MonthsBetween(c.m, c.m.PlusMonths(c.n)) == c.n && c.m.PlusMonths(c.n).PlusMonths(-c.n) == c.m);

    [Fact]
    public void Months_follow_one_another_without_a_gap_and_hold_their_days() =>
        Months.Holds(m => m.LastDay.PlusDays(1) == m.PlusMonths(1).FirstDay
            && Period.DaysBetween(m.FirstDay, m.LastDay) + 1 == m.Days
            && BillingPeriod.Of(m.FirstDay) == m && BillingPeriod.Of(m.LastDay) == m);

    [Fact]
    public void What_is_written_reads_back_and_so_does_the_number() =>
        Months.Holds(m => BillingPeriod.Parse(m.ToString()) == m && BillingPeriod.FromNumber(m.Number) == m);

    [Fact]
    public void Order_is_the_order_of_days() =>
        Months.Two().Holds(p => p.Item1.CompareTo(p.Item2) == p.Item1.FirstDay.CompareTo(p.Item2.FirstDay)
            && p.Item1 < p.Item2 == p.Item1.FirstDay < p.Item2.FirstDay);

    [Fact]
    public void February_of_a_leap_year_has_29_days() => new BillingPeriod(2028, 2).Days.ShouldBe(29);

    [Theory]
    [InlineData("2026-13")]
    [InlineData("2026-00")]
    [InlineData("2026-1")]
    [InlineData("1990-12")]
    [InlineData("2199-01")]
    [InlineData("2026/10")]
    [InlineData("+026-10")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_month_is_refused(string? text) => BillingPeriod.TryParse(text, out _).ShouldBeFalse();
}

using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Intervals;
using Ochag.Metering.Readings;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Metering;

/// <summary>Days sent by intervals: packed without loss, judged by number, gaps, spikes, flat lines and sum.</summary>
public sealed class IntervalTests
{
    private static readonly LocalDate Day = new(2026, 10, 5);
    private static readonly DateTimeZone Zhytomyr = DateTimeZoneProviders.Tzdb["Europe/Kyiv"];
    private static readonly Thresholds Limits = ThresholdFile.Read().At(Service.Electricity, Day);

    [Fact]
    public void A_packed_day_is_read_back_as_it_was()
    {
        var use = from missing in Gen.Choose(0, 9)
                  from high in Gen.Choose(0, 1_000_000)
                  from low in Gen.Choose(0, 999_999)
                  select missing == 0 ? (Fixed?)null : new Fixed(high * 1_000_000L + low);
        Prop.ForAll(use.ArrayOf().ToArbitrary(), uses => PackedDay.Unpack(PackedDay.Pack(uses)).SequenceEqual(uses))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_day_of_half_hours_takes_few_bytes_and_one_that_breaks_off_is_told()
    {
        Fixed?[] uses = [.. Enumerable.Range(0, 48).Select(i => (Fixed?)new Fixed(410_000 + i % 7 * 10_000))];
        var packed = PackedDay.Pack(uses);
        packed.Length.ShouldBeLessThan(150);
        packed[^1] |= 0x80;
        Should.Throw<InvalidDataException>(() => PackedDay.Unpack(packed));
    }

    [Theory]
    [InlineData(2026, 10, 5, 24)]
    [InlineData(2026, 10, 25, 25)]
    [InlineData(2026, 3, 29, 23)]
    public void A_day_has_as_many_hours_as_its_clock(int year, int month, int day, int hours)
    {
        IntervalRules.CountOf(new(year, month, day), Zhytomyr, 60).ShouldBe(hours);
        IntervalRules.CountOf(new(year, month, day), Zhytomyr, 30).ShouldBe(hours * 2);
        Codes(Like(hours, 1), hours).ShouldBeEmpty();
        Codes(Like(hours - 1, 1), hours).ShouldBe(["metering.interval-count"]);
    }

    [Fact]
    public void Gaps_spikes_and_flat_lines_are_seen_and_an_evening_is_none()
    {
        var usual = Like(24, 1);
        Codes([.. usual[..5], null, null, .. usual[7..]], 24).ShouldBe(["metering.interval-gap"]);
        Codes([.. usual[..5], Fixed.Of(40), .. usual[6..]], 24).ShouldBe(["metering.interval-spike"]);
        // Three high hours are an evening.
        Codes([.. usual[..18], Fixed.Of(6), Fixed.Of(7), Fixed.Of(6), .. usual[21..]], 24).ShouldBeEmpty();
        Fixed?[] still = [.. Enumerable.Repeat((Fixed?)Fixed.Parse("0.5"), 12)];
        Codes([.. still, .. usual[12..]], 24).ShouldBe(["metering.interval-flat"]);
        Codes([.. still[..11], .. usual[11..]], 24).ShouldBeEmpty();
        Codes([.. Enumerable.Repeat((Fixed?)Fixed.Zero, 24)], 24).ShouldBeEmpty("nobody at home");
    }

    [Theory]
    [InlineData(300, 300, false)]
    [InlineData(301, 300, false)]
    [InlineData(302, 300, true)]
    [InlineData(1004, 1000, false)]
    [InlineData(1006, 1000, true)]
    public void Intervals_come_to_what_the_register_went_on_by(int intervals, int register, bool isTold) =>
        (IntervalRules.Sum(Exact.Of(intervals), Exact.Of(register), Limits) is not null).ShouldBe(isTold);

    private static IEnumerable<string> Codes(Fixed?[] uses, int expected) =>
        IntervalRules.Judge(new(new(1), Day, 60, uses), expected, Limits).Select(f => f.Code);

    /// <summary>Never twice the same.</summary>
    private static Fixed?[] Like(int count, int about) =>
        [.. Enumerable.Range(0, count).Select(i => (Fixed?)new Fixed(about * 1_000_000 + i * 10_000))];
}

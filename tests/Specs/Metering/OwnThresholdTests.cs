using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Tuning;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Metering;

/// <summary>A territory's own thresholds: what may be written, and what holds after it.</summary>
public sealed class OwnThresholdTests
{
    private static readonly LocalDate Day = new(2026, 11, 1);

    [Fact]
    public void Every_default_has_a_term_that_it_keeps_and_every_term_a_default()
    {
        var names = Cases.Book.Rows.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        ThresholdTerms.All.Select(t => t.Name).ShouldBe(names, ignoreOrder: true);
        foreach (var row in Cases.Book.Rows)
        {
            var term = ThresholdTerms.Find(row.Name)!;
            row.Value.ShouldBeInRange(term.Least, term.Most, $"{row.Name} of {row.Service}");
        }

        foreach (var service in Enum.GetValues<Service>().Where(ThresholdRules.HasMeters))
        {
            var held = Cases.Book.At(service, Day);
            ThresholdTerms.Order.ShouldAllBe(o => held[o.Less] <= held[o.More]);
        }
    }

    [Theory]
    [InlineData("hihg_warn", "2", "metering.threshold-unknown")]
    [InlineData("high_warn", "-1", "metering.threshold-impossible")]
    [InlineData("high_warn", "0.5", "metering.threshold-impossible")]
    [InlineData("low_warn", "1.1", "metering.threshold-impossible")]
    [InlineData("decimals", "7", "metering.threshold-impossible")]
    [InlineData("zero_periods", "1.5", "metering.threshold-not-whole")]
    [InlineData("high_warn", "4.5", "metering.threshold-above")]
    [InlineData("high_fail", "1.5", "metering.threshold-below")]
    [InlineData("low_fail", "0.5", "metering.threshold-above")]
    [InlineData("low_warn", "0.05", "metering.threshold-below")]
    [InlineData("recent_least_days", "200", "metering.threshold-above")]
    public void Nonsense_is_refused(string name, string value, string code) =>
        Codes(Change(name, value)).ShouldBe([code]);

    [Fact]
    public void Days_reason_and_a_service_without_meters_are_looked_at()
    {
        Codes(Change("high_warn", "3") with { Service = Service.Drainage }).ShouldBe(["metering.threshold-unknown"]);
        Codes(Change("high_warn", "3", from: new(1999, 1, 1))).ShouldBe(["metering.threshold-day-wrong"]);
        Codes(Change("high_warn", "3", from: new(2126, 11, 1))).ShouldBe(["metering.threshold-day-wrong"]);
        Codes(Change("high_warn", "3", to: Day.PlusDays(-1))).ShouldBe(["metering.threshold-days-turned"]);
        Codes(Change("high_warn", "3", reason: " ")).ShouldBe(["metering.threshold-reason-missing"]);
        Codes(Change("high_warn", "3", reason: new string('я', 201))).ShouldBe(["metering.threshold-reason-missing"]);
        Codes(Change("high_warn", null)).ShouldBe(["metering.threshold-same"], "the default holds already");
        Codes(Change("high_warn", "3")).ShouldBeEmpty();
    }

    [Fact]
    public void Two_numbers_may_not_cross_on_any_day_of_the_change()
    {
        Threshold[] own = [new("high_fail", Service.ColdWater, Day.PlusDays(30), Day.PlusDays(40), Exact.Of(3))];
        var crossing = ThresholdRules.Refuse(Change("high_warn", "3.5"), own, Cases.Book, Day).ShouldHaveSingleItem();
        crossing.ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe("metering.threshold-above"), r => r.Facts.ShouldContain(("day", "2026-12-01")),
            r => r.Facts.ShouldContain(("other", "high_fail")));
        ThresholdRules.Refuse(Change("high_warn", "3.5", to: Day.PlusDays(29)), own, Cases.Book, Day).ShouldBeEmpty();
        ThresholdRules.Refuse(Change("high_warn", "3.5") with { Service = Service.HotWater }, own, Cases.Book, Day)
            .ShouldBeEmpty("another service has its own");
    }

    [Fact]
    public void A_change_lies_over_its_days_and_what_was_around_them_stays()
    {
        Threshold[] own = [new("high_warn", Service.ColdWater, Day.PlusDays(-100), null, Exact.Of(3))];
        var after = ThresholdRules.After(own, Change("high_warn", "2.5", to: Day.PlusDays(9)));
        after.Select(r => (r.From, r.To, r.Value)).ShouldBe(
            [
                (Day.PlusDays(-100), Day.PlusDays(-1), Exact.Of(3)), (Day.PlusDays(10), null, Exact.Of(3)),
                (Day, Day.PlusDays(9), Exact.Fraction(5, 2)),
            ]);
        var book = Cases.Book.With(ThresholdRules.After(own, Change("high_warn", null)));
        book.At(Service.ColdWater, Day.PlusDays(-1))["high_warn"].ShouldBe(Exact.Of(3));
        book.At(Service.ColdWater, Day)["high_warn"].ShouldBe(Exact.Of(2), "the default again");
        Codes(Change("high_warn", "3"), own).ShouldBe(["metering.threshold-same"]);
    }

    [Fact]
    public void An_own_number_decides_what_is_asked()
    {
        var reading = Cases.Reading("565");
        reading.Codes().ShouldNotContain("use-high");
        var own = Cases.Book.With(new Threshold("high_warn", Service.ColdWater, Day.PlusDays(-30), null, Exact.Fraction(11, 10)));
        (reading with { Thresholds = own.At(Service.ColdWater, reading.Day) }).Codes().ShouldContain("use-high");
    }

    private static IEnumerable<string> Codes(ChangeThreshold change, params Threshold[] own) =>
        ThresholdRules.Refuse(change, own, Cases.Book, Day).Select(r => r.Code);

    private static ChangeThreshold Change(
        string name, string? value, LocalDate? from = null, LocalDate? to = null, string reason = "замеры") =>
        new(Service.ColdWater, name, value is null ? null : Fixed.Parse(value), new(from ?? Day, to, reason, "0.0"));
}

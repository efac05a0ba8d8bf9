using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Metering;

/// <summary>What use is expected, and what that rests on.</summary>
public sealed class EstimateTests
{
    [Fact]
    public void The_same_season_of_last_year_goes_before_the_last_months()
    {
        // Ten a month, but thirty in the October of last year.
        var reading = Cases.Reading("0") with
        {
            Known =
            [
                .. Enumerable.Range(0, 15)
                    .Select(i => Cases.Known(new LocalDate(2025, 7, 25).PlusMonths(i), 400 + i * 10 + (i >= 3 ? 20 : 0))),
            ],
        };
        (reading.ExpectedUse, reading.Expected!.Value.Basis).ShouldBe((Exact.Of(30), EstimateBasis.Season));
    }

    [Fact]
    public void A_season_is_scaled_by_how_the_use_has_changed_but_at_most_twice()
    {
        // From the spring of this year on five times as much is used as before.
        var known = Enumerable.Range(0, 33)
            .Select(i => Cases.Known(new LocalDate(2024, 1, 25).PlusMonths(i), i < 27 ? i * 10 : 270 + (i - 27) * 50)).ToList();
        var reading = Cases.Reading("0") with { Known = known };
        reading.ExpectedUse.ShouldBe(Exact.Of(20));
    }

    [Fact]
    public void Without_last_year_the_meter_s_own_last_readings_count_and_without_them_its_peers()
    {
        var own = Cases.Reading("0") with { Known = [Cases.Known(new(2026, 8, 26), 500), Cases.Known(new(2026, 9, 25), 515)] };
        (own.ExpectedUse, own.Expected!.Value.Basis).ShouldBe((Exact.Of(15), EstimateBasis.Own));
        var fresh = own with { Known = [Cases.Known(new(2026, 9, 25), 0)] };
        fresh.Expected.ShouldBeNull();
        (fresh with { Peers = Exact.Fraction(1, 3) }).Expected.ShouldBe(new Estimate(Exact.Fraction(1, 3), EstimateBasis.Peers));
    }

    [Fact]
    public void The_middle_of_peers_is_not_moved_by_one_that_leaks()
    {
        Estimates.Middle([Exact.Of(1), Exact.Of(900), Exact.Of(2)]).ShouldBe(Exact.Of(2));
        Estimates.Middle([Exact.Of(1), Exact.Of(2)]).ShouldBe(Exact.Fraction(3, 2));
        Estimates.Middle([]).ShouldBeNull();
    }

    [Fact]
    public void A_series_goes_round_with_its_dial_and_begins_anew_after_a_fall()
    {
        var thresholds = Cases.Book.At(Service.ColdWater, Cases.Today);
        var (a, b, c) = (new LocalDate(2026, 7, 1), new LocalDate(2026, 7, 11), new LocalDate(2026, 7, 21));
        UseSeries.Of(Cases.Meter, [Cases.Known(a, 99_990), Cases.Known(b, 10)], thresholds).Between(a, b).ShouldBe(Exact.Of(20));
        var fallen = UseSeries.Of(Cases.Meter, [Cases.Known(a, 500), Cases.Known(b, 10), Cases.Known(c, 30)], thresholds);
        fallen.Between(a, c).ShouldBeNull();
        fallen.Between(b, new(2026, 7, 16)).ShouldBe(Exact.Of(10));
    }
}

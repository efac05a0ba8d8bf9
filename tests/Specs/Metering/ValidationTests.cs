using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Metering;

/// <summary>Each rule with a reading that it lets pass and one that it does not.</summary>
public sealed class ValidationTests
{
    private static readonly LocalDate Day = new(2026, 10, 25);

    [Fact]
    public void A_usual_reading_is_fine() => Cases.Reading("550").Codes().ShouldBeEmpty();

    [Theory]
    [InlineData("550.123", null)]
    [InlineData("550.1234", "index-too-fine")]
    [InlineData("100000", "index-too-long")]
    public void A_number_is_one_that_the_dial_can_show(string index, string? code) => Rules.Judge(Cases.Reading(index))
        .Where(f => f.Verdict == Verdict.Block).Select(f => f.Code["metering.".Length..]).ShouldBe(code is null ? [] : [code]);

    [Fact]
    public void Another_meter_than_the_one_meant_is_not_taken()
    {
        (Cases.Reading("550") with { Serial = " 04518207 " }).Codes().ShouldBeEmpty();
        var other = Rules.Judge(Cases.Reading("550") with { Serial = "04518208" }).ShouldHaveSingleItem();
        (other.Verdict, other.Code).ShouldBe((Verdict.Block, "metering.serial-differs"));
    }

    [Fact]
    public void A_reading_lies_neither_in_the_future_nor_outside_its_meter_s_life()
    {
        (Cases.Reading("550") with { Today = Day }).Codes().ShouldBeEmpty();
        (Cases.Reading("550") with { Today = Day.PlusDays(-1) }).Codes().ShouldBe(["reading-of-the-future"]);
        var reading = Cases.Reading("550");
        (reading with { Meter = reading.Meter with { Installed = Day } }).Codes().ShouldBeEmpty();
        (reading with { Meter = reading.Meter with { Installed = Day.PlusDays(1) } }).Codes().ShouldBe(["meter-not-installed"]);
        (reading with { Meter = reading.Meter with { Removed = Day } }).Codes().ShouldBeEmpty("the last index is read on that day");
        (reading with { Meter = reading.Meter with { Removed = Day.PlusDays(-1) } }).Codes().ShouldBe(["meter-removed"]);
    }

    [Fact]
    public void The_second_person_is_told_what_is_there()
    {
        var there = Cases.Reading("550");
        there = there with { Known = [.. there.Known, Cases.Known(Day, 551)] };
        var finding = Rules.Judge(there).ShouldHaveSingleItem();
        (finding.Verdict, finding.Code).ShouldBe((Verdict.Block, "metering.reading-there"));
        finding.Reason.Facts.ShouldBe([("known", "551"), ("who", "operator")]);
        (there with { Index = Fixed.Of(551) }).Codes().ShouldBeEmpty();
    }

    [Fact]
    public void A_reading_for_a_day_before_lies_between_its_neighbours_and_is_confirmed()
    {
        var reading = Cases.Reading("550");
        reading = reading with { Known = [.. reading.Known, Cases.Known(new(2026, 10, 26), 552)] };
        reading.Codes().ShouldBe(["reading-backdated"]);
        (reading with { Index = Fixed.Of(553) }).Codes().ShouldBe(["reading-above-later"]);
        (reading with { Index = Fixed.Of(539) }).Codes().ShouldContain("reading-below");
    }

    [Fact]
    public void The_first_reading_of_a_meter_is_confirmed_and_a_new_meter_wants_the_last_index_of_the_old_one()
    {
        var first = Cases.Reading("3") with { Known = [] };
        first.Codes().ShouldBe(["reading-first"]);
        Rules.Judge(first with { WithoutFinal = Cases.Meter }).Select(f => (f.Verdict, f.Code))
            .ShouldContain((Verdict.Block, "metering.replaced-without-final"));
        (Cases.Reading("550") with { WithoutFinal = Cases.Meter }).Codes().ShouldBeEmpty("it is counted on already");
    }

    [Theory]
    [InlineData(99_850, "00012", "rolled-over")]
    [InlineData(80_000, "00012", "reading-below")]
    [InlineData(91_000, "90000", "reading-below")]
    public void A_dial_goes_round_only_near_its_end_and_only_by_a_use_that_can_be(long first, string index, string code)
    {
        // Fifteen readings by ten: the last known one is 140 above the first.
        var reading = Cases.Reading(index, first: first);
        reading.Codes().ShouldContain(code);
        if (code == "rolled-over")
        {
            Rules.Judge(reading).ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Fine);
            reading.Use.ShouldBe(Exact.Of(22));
        }
    }

    [Theory]
    [InlineData("1400", Verdict.Fine)]
    [InlineData("1500", Verdict.Warn)]
    [InlineData("2800", Verdict.Fail)]
    public void No_more_flows_than_can_flow(string index, Verdict verdict)
    {
        // 3 m3 in each hour of 30 days are 2160, two fifths of it 864; the last known index is 540.
        var reading = Cases.Reading(index) with { Known = [Cases.Known(new(2026, 9, 25), 540)] };
        Rules.Worst(Rules.Judge(reading)).ShouldBe(verdict);
    }

    [Theory]
    [InlineData("566", "")]
    [InlineData("567", "use-high")]
    [InlineData("590", "use-too-high")]
    public void Much_more_than_expected_is_asked_about(string index, string code)
    {
        // Expected are 10 in 30 days; 2 x 10 + 0.2 x 30 = 26 are allowed, 4 x 10 + 6 = 46 are hardly possible.
        Cases.Reading(index).Codes().Where(c => c.StartsWith("use-", StringComparison.Ordinal))
            .ShouldBe(code.Length == 0 ? [] : [code]);
        if (code == "use-high")
        {
            Rules.Judge(Cases.Reading(index)).First(f => f.Code == "metering.use-high").Reason.Facts
                .ShouldBe([("use", "27"), ("days", "30"), ("expected", "10"), ("basis", "Season")]);
        }
    }

    [Theory]
    [InlineData("544", "")]
    [InlineData("543.9", "use-low")]
    [InlineData("540.9", "use-too-low")]
    public void Much_less_than_expected_is_asked_about(string index, string code) => Cases.Reading(index).Codes()
        .Where(c => c.StartsWith("use-", StringComparison.Ordinal)).ShouldBe(code.Length == 0 ? [] : [code]);

    [Fact]
    public void Little_use_is_not_asked_about_where_little_is_expected() =>
        Cases.Reading("414.5", perMonth: 1).Codes().ShouldBeEmpty();

    [Fact]
    public void No_use_is_asked_about_and_the_second_time_somebody_goes_and_looks()
    {
        Cases.Reading("540").Codes().ShouldBe(["use-none"]);
        var again = Rules.Judge(Cases.Reading("540").Silent())[0];
        (again.Verdict, again.Code).ShouldBe((Verdict.Fail, "metering.use-none-again"));
        Cases.Reading("414", perMonth: 1).Codes().ShouldBeEmpty("nothing much was expected");
    }

    [Fact]
    public void A_service_that_is_not_connected_uses_nothing()
    {
        (Cases.Reading("540.5") with { Connected = false }).Codes().ShouldNotContain("use-unconnected");
        Rules.Judge(Cases.Reading("550") with { Connected = false }).ShouldContain(
            f => f.Code == "metering.use-unconnected" && f.Verdict == Verdict.Fail);
    }

    [Theory]
    [InlineData("640", "10")]
    [InlineData("1540", "100")]
    [InlineData("541", null)] // a tenth, but only nine units off
    [InlineData("590", null)]
    public void Ten_times_the_use_is_a_point_at_the_wrong_place(string index, string? times) =>
        Rules.Judge(Cases.Reading(index)).Where(f => f.Code == "metering.point-slipped").Select(f => f.Reason.Facts[0].Value)
            .ShouldBe(times is null ? [] : [times]);

    [Fact]
    public void A_multiplier_that_was_applied_already_is_seen()
    {
        var reading = Cases.Reading("950");
        reading = reading with { Meter = reading.Meter with { Multiplier = Fixed.Of(40) } };
        Rules.Judge(reading).Where(f => f.Code == "metering.point-slipped").Select(f => f.Reason.Facts[0].Value).ShouldBe(["40"]);
    }

    [Theory]
    [InlineData("850", "00550")] // a digit mistaken
    [InlineData("5505", "00550")] // the point forgotten
    [InlineData("5550", "00550")] // a digit pressed twice
    [InlineData("55", "00550")] // a digit lost
    [InlineData("505", "00550")] // two changed places
    [InlineData("90550", "00550")]
    public void A_slip_of_one_digit_is_answered_by_the_number_that_was_meant(string typed, string meant) =>
        Rules.Judge(Cases.Reading(typed)).Single(f => f.Code == "metering.digit-slipped").Reason.Facts[0].Value
            .ShouldStartWith(meant[..4]);

    [Fact]
    public void A_dial_longer_than_any_index_is_looked_at_like_any_other()
    {
        var reading = Cases.Reading("850");
        Rules.Judge(reading with { Meter = reading.Meter with { Digits = 18 } }).ShouldContain(f => f.Code == "metering.digit-slipped");
    }

    [Fact]
    public void What_no_slip_explains_gets_no_proposal()
    {
        Cases.Reading("550").Codes().ShouldNotContain("digit-slipped");
        (Cases.Reading("850") with { Known = [Cases.Known(new(2026, 9, 25), 540)] }).Codes().ShouldNotContain("digit-slipped");
    }

    [Fact]
    public void A_meter_that_is_silent_for_long_is_to_be_read_by_a_controller()
    {
        var thresholds = Cases.Book.At(Service.ColdWater, Day);
        StandingRules.Silence(new(2026, 8, 1), Day, thresholds).ShouldBeNull();
        StandingRules.Silence(new(2026, 7, 25), Day, thresholds)!.Code.ShouldBe("metering.meter-silent");
    }

    [Theory]
    [InlineData(100, 103, true, null)]
    [InlineData(100, 104, false, "metering.balance-over")]
    [InlineData(100, 85, true, null)]
    [InlineData(100, 84, true, "metering.balance-under")]
    [InlineData(100, 84, false, null)]
    [InlineData(0, 5, true, null)]
    public void The_premises_and_the_building_s_meter_agree(long common, long premises, bool isComplete, string? code) =>
        StandingRules.Balance(Exact.Of(common), Exact.Of(premises), isComplete, Cases.Book.At(Service.ColdWater, Day))?.Code.ShouldBe(code);
}

using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Server.Console.RulePacks;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>The page of the rules says the same as the rules by which is billed.</summary>
public sealed class RuleRowTests
{
    private static readonly RulePack Pack = Evaluation.WorkedBuildingTests.Pack();

    [Fact]
    public void Every_number_of_the_pack_is_a_row_with_its_paragraph() =>
        RuleRow.Of(new(Pack, [])).Select(r => (r.Table, r.Key, r.From, r.Value, r.Source))
            .ShouldBe(Pack.Parameters.Select(p => p.Parameter).Select(p => (p.Table, p.Key, p.From, p.Value, p.Source)), ignoreOrder: true);

    [Fact]
    public void What_the_territory_decided_takes_the_place_of_the_whole_series_of_the_pack()
    {
        var rows = RuleRow.Of(new(Pack, [Own(ParameterTable.Vat, "vat", "5", new(2025, 1, 1))]))
            .Where(r => r.Table == ParameterTable.Vat).ToList();
        rows.Where(r => r.Backing == Backing.Territory).ShouldHaveSingleItem().Replaced.ShouldBeFalse();
        rows.Where(r => r.Backing != Backing.Territory).ShouldAllBe(r => r.Replaced);
        RuleChange.Of(rows).ShouldHaveSingleItem().Before.ShouldBeNull();
    }

    [Fact]
    public void A_number_without_an_end_ends_where_the_next_begins()
    {
        var rows = Tariff(("40", new(2025, 1, 1)), ("44", new(2026, 1, 1)));
        rows.Select(r => (r.From, r.Last)).ShouldBe(
            [(new LocalDate(2026, 1, 1), null), (new(2025, 1, 1), new LocalDate(2025, 12, 31))]);
        rows[1].Holds(new(2025, 12, 31)).ShouldBeTrue();
        rows[1].Holds(new(2026, 1, 1)).ShouldBeFalse();
    }

    [Fact]
    public void A_change_has_its_day_both_numbers_and_for_a_tariff_its_growth()
    {
        var change = RuleChange.Of(Tariff(("40", new(2025, 1, 1)), ("44", new(2026, 1, 1))))[0];
        change.Day.ShouldBe(new LocalDate(2026, 1, 1));
        (change.Before!.Value, change.After!.Value).ShouldBe((Exact.Of(40), Exact.Of(44)));
        change.Growth.ShouldBe(Exact.Of(10));
        RuleWords.Growth(change.Growth!.Value).ShouldEndWith("%");
    }

    [Fact]
    public void A_number_that_is_only_written_down_again_is_no_change() =>
        RuleChange.Of(Tariff(("40", new(2025, 1, 1)), ("40", new(2026, 1, 1)))).ShouldHaveSingleItem().IsTurn.ShouldBeFalse();

    [Fact]
    public void The_rates_of_vat_changed_on_the_days_of_the_law() =>
        RuleChange.Of(RuleRow.Of(new(Pack, []))).Where(c => c.IsTurn && c.Row.Table == ParameterTable.Vat)
            .Select(c => (c.Day, c.Before!.Value, c.After!.Value))
            .ShouldBe([(new(2026, 1, 1), Exact.Of(20), Exact.Of(22)), (new(2019, 1, 1), Exact.Of(18), Exact.Of(20))]);

    [Fact]
    public void A_season_begins_and_ends_and_the_weather_is_no_rule()
    {
        var season = Own(ParameterTable.HeatingSeason, "heating", "1", new(2025, 9, 22)) with { To = new(2026, 5, 8) };
        var weather = Own(ParameterTable.Outdoor, "mean", "-20", new(2026, 1, 1));
        var changes = RuleChange.Of(RuleRow.Of(new(Pack with { Parameters = [] }, [season, weather])));
        changes.Select(c => (c.Day, c.After is null)).ShouldBe([(new(2026, 5, 9), true), (new(2025, 9, 22), false)]);
        changes.ShouldAllBe(c => c.IsTold && c.Growth == null);
    }

    [Fact]
    public void The_year_shows_as_many_working_days_as_the_calendar_has()
    {
        foreach (var year in Pack.Calendar.Years.Select(y => y.Year))
        {
            var months = MonthGrid.Year(Pack.Calendar, year);
            var days = months.SelectMany(m => m.Weeks).SelectMany(w => w.Index()).Where(d => d.Item is not null).ToList();
            days.ShouldAllBe(d => (int)d.Item!.Value.Day.DayOfWeek == d.Index + 1);
            days.Count.ShouldBe(CalendarSystem.Iso.GetDaysInYear(year));
            days.Where(d => (d.Item!.Value.Look is DayLook.Working or DayLook.Worked) != Pack.Calendar.IsWorkingDay(d.Item.Value.Day).Value)
                .ShouldBeEmpty();
            months.Sum(m => m.Working).ShouldBe(year == 2024 ? 248 : 247);
        }
    }

    [Fact]
    public void Named_days_in_a_row_are_told_together()
    {
        var named = NamedDays.Of(Pack.Calendar, 2026);
        named[0].ShouldBe(new(new(2026, 1, 1), new(2026, 1, 8), IsWorking: false, "TK RF art.112"));
        named[1].First.ShouldBe(new LocalDate(2026, 1, 9)); // its ground is another: it was moved
        named.Sum(d => Period.DaysBetween(d.First, d.Last) + 1).ShouldBe(Pack.Calendar.Days.Count(d => d.Date.Year == 2026));
    }

    private static IReadOnlyList<RuleRow> Tariff(params (string Value, LocalDate From)[] values) =>
        RuleRow.Of(new(Pack with { Parameters = [] }, [.. values.Select(v => Own(ParameterTable.Tariff, "cold_water", v.Value, v.From))]));

    private static RecordedParameter Own(ParameterTable table, string key, string value, LocalDate from) =>
        new(1, new(1), table, key, Fixed.Parse(value), from, null, "decision 5");
}

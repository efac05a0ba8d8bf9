using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Foundation.Calendars;
using Ochag.Specs.Numbers;
using Shouldly;

namespace Ochag.Specs.Calendars;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar Russia = Of("ru-354");
    private static readonly BusinessCalendar Ukraine = Of("ua-gas");

    private static readonly Gen<LocalDate> Days = Gen.Choose(0, 3 * 365).Select(d => new LocalDate(2024, 1, 1).PlusDays(d));

    /// <summary>As the published production calendars count them, by month.</summary>
    [Theory]
    [InlineData(2024, 17, 20, 20, 21, 20, 19, 23, 22, 21, 23, 21, 21)]
    [InlineData(2025, 17, 20, 21, 22, 18, 19, 23, 21, 22, 23, 19, 22)]
    [InlineData(2026, 15, 19, 21, 22, 19, 21, 23, 21, 22, 22, 20, 22)]
    public void A_russian_year_has_its_working_days(int year, params int[] working) =>
        Enumerable.Range(1, 12).Select(month => InMonth(year, month).Count(Works(Russia))).ShouldBe(working);

    [Theory]
    [InlineData("2024-11-02", true)] // a working Saturday
    [InlineData("2024-12-30", false)] // a day off that was moved here
    [InlineData("2025-02-24", true)] // 23 February was a Sunday, moved far away
    [InlineData("2026-03-09", false)] // 8 March was a Sunday
    [InlineData("2026-11-21", false)] // a plain Saturday
    public void A_named_day_goes_before_the_week(string day, bool working) => Works(Russia)(Day(day)).ShouldBe(working);

    [Fact]
    public void Under_martial_law_ukrainian_holidays_are_worked_and_weekends_are_not()
    {
        Works(Ukraine)(Day("2026-08-24")).ShouldBeTrue();
        Works(Ukraine)(Day("2026-01-01")).ShouldBeTrue();
        Works(Ukraine)(Day("2026-08-23")).ShouldBeFalse();
        Ukraine.Days.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-09-08", 3, "2026-09-11")]
    [InlineData("2026-09-11", 3, "2026-09-16")] // a Friday: the weekend is not counted
    [InlineData("2025-12-30", 3, "2026-01-14")] // across the New Year holidays
    [InlineData("2024-04-26", 1, "2024-04-27")] // the working Saturday counts
    [InlineData("2026-11-21", 1, "2026-11-23")] // received on a day off
    [InlineData("2026-11-21", 0, "2026-11-21")]
    public void A_term_in_working_days_begins_on_the_day_after(string from, int days, string due) =>
        Russia.AddWorkingDays(Day(from), days).Value.ShouldBe(Day(due));

    [Theory]
    [InlineData("2026-09-01", 30, "2026-10-01")]
    [InlineData("2027-12-31", 1, "2028-01-01")] // it needs no loaded year
    [InlineData("2026-01-31", 28, "2026-02-28")]
    public void A_term_in_calendar_days_begins_on_the_day_after(string from, int days, string due) =>
        BusinessCalendar.AddCalendarDays(Day(from), days).ShouldBe(Day(due));

    [Fact]
    public void A_term_that_needs_a_year_that_is_not_there_is_refused_with_the_year()
    {
        Russia.AddWorkingDays(Day("2026-12-30"), 1).Refusal.ShouldNotBeNull().ToString().ShouldBe("calendar.year-missing (year: 2027)");
        Russia.AddWorkingDays(Day("2026-12-29"), 1).Value.ShouldBe(Day("2026-12-30"));
        Russia.AddWorkingDays(Day("2023-12-29"), 1).IsRefused.ShouldBeTrue();
        Russia.IsWorkingDay(Day("2027-01-11")).IsRefused.ShouldBeTrue();
    }

    [Fact]
    public void A_negative_term_is_a_fault()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Russia.AddWorkingDays(Day("2026-09-08"), -1));
        Should.Throw<ArgumentOutOfRangeException>(() => BusinessCalendar.AddCalendarDays(Day("2026-09-08"), -1));
    }

    [Fact]
    public void Between_the_day_of_the_event_and_the_due_day_lie_as_many_working_days_as_the_term_has() =>
        Terms.Holds(t => Russia.AddWorkingDays(t.From, t.Days) is { IsRefused: false } due
            ? Works(Russia)(due.Value) && Until(t.From, due.Value).Count(Works(Russia)) == t.Days
            : t.From.PlusDays(2 * t.Days + 20).Year > 2026);

    [Fact]
    public void A_term_is_the_sum_of_its_parts() => Terms.Holds(t =>
    {
        var whole = Russia.AddWorkingDays(t.From, t.Days);
        if (whole.IsRefused)
            return true;
        var half = Russia.AddWorkingDays(t.From, t.Days / 2).Value;
        return Russia.AddWorkingDays(half, t.Days - t.Days / 2).Value == whole.Value;
    });

    private static Gen<(LocalDate From, int Days)> Terms => from day in Days from n in Gen.Choose(1, 40) select (day, n);

    private static IEnumerable<LocalDate> Until(LocalDate from, LocalDate last)
    {
        for (var day = from.PlusDays(1); day <= last; day = day.PlusDays(1))
            yield return day;
    }

    private static IEnumerable<LocalDate> InMonth(int year, int month) => Enumerable
        .Range(1, CalendarSystem.Iso.GetDaysInMonth(year, month)).Select(d => new LocalDate(year, month, d));

    private static Func<LocalDate, bool> Works(BusinessCalendar calendar) => day => calendar.IsWorkingDay(day).Value;

    private static LocalDate Day(string day) => LocalDatePattern.Iso.Parse(day).Value;

    private static BusinessCalendar Of(string pack) => RulePack.Read(Path.Combine(Repository.Root, "rulepacks", pack)).Value.Calendar;
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Foundation.Calendars;

namespace Ochag.Server.Console.RulePacks;

/// <summary>How a day of the calendar looks.</summary>
public enum DayLook
{
    Working,
    Weekend,

    /// <summary>Named as off: a holiday, or a day off that was moved here.</summary>
    Off,

    /// <summary>A weekend's day that is worked.</summary>
    Worked,
}

/// <summary>Named days that follow each other and have one ground: "1–8 January".</summary>
public sealed record NamedDays(LocalDate First, LocalDate Last, bool IsWorking, string Ground)
{
    internal static IReadOnlyList<NamedDays> Of(BusinessCalendar calendar, int year)
    {
        var runs = new List<NamedDays>();
        foreach (var day in calendar.Days.Where(d => d.Date.Year == year))
        {
            if (runs is [.., var last] && last.Last.PlusDays(1) == day.Date && (last.IsWorking, last.Ground) == (day.IsWorking, day.Ground))
                runs[^1] = last with { Last = day.Date };
            else
                runs.Add(new(day.Date, day.Date, day.IsWorking, day.Ground));
        }

        return runs;
    }
}

/// <summary>A month of the calendar: its days by week from Monday, null outside the month.</summary>
public sealed record MonthGrid(BillingPeriod Month, IReadOnlyList<(LocalDate Day, DayLook Look)?[]> Weeks, int Working)
{
    internal static IReadOnlyList<MonthGrid> Year(BusinessCalendar calendar, int year)
    {
        var named = calendar.Days.Where(d => d.Date.Year == year).ToDictionary(d => d.Date);
        return [.. Enumerable.Range(1, 12).Select(m => Of(new BillingPeriod(year, m), named))];
    }

    private static MonthGrid Of(BillingPeriod month, Dictionary<LocalDate, CalendarDay> named)
    {
        var days = Enumerable.Range(0, month.Days).Select(d => month.FirstDay.PlusDays(d)).Select(d => (Day: d, Look: LookOf(d, named)));
        var weeks = new List<(LocalDate, DayLook)?[]>();
        foreach (var (day, look) in days)
        {
            if (weeks.Count == 0 || day.DayOfWeek == IsoDayOfWeek.Monday)
                weeks.Add(new (LocalDate, DayLook)?[7]);
            weeks[^1][(int)day.DayOfWeek - 1] = (day, look);
        }

        return new(month, weeks, days.Count(d => d.Look is DayLook.Working or DayLook.Worked));
    }

    private static DayLook LookOf(LocalDate day, Dictionary<LocalDate, CalendarDay> named) => named.TryGetValue(day, out var given)
        ? given.IsWorking ? DayLook.Worked : DayLook.Off
        : BusinessCalendar.IsWeekend(day) ? DayLook.Weekend : DayLook.Working;
}

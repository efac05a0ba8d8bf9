using System.Globalization;
using NodaTime;

namespace Ochag.Foundation.Calendars;

/// <summary>A year whose days off are known, and the decision that fixed them.</summary>
public sealed record CalendarYear(int Year, string Ground);

/// <summary>A day of which the week does not tell whether it is worked: a holiday, a moved day off, a working Saturday.</summary>
public sealed record CalendarDay(LocalDate Date, bool IsWorking, string Ground);

/// <summary>
/// Which local dates are working days: Monday to Friday, but for the days that the years name. Of a year that is not loaded
/// nothing is known, so a term that needs it is refused rather than guessed.
/// </summary>
public sealed class BusinessCalendar
{
    private readonly Dictionary<int, CalendarYear> _years;
    private readonly Dictionary<LocalDate, CalendarDay> _days;

    public BusinessCalendar(IEnumerable<CalendarYear> years, IEnumerable<CalendarDay> days)
    {
        _years = years.ToDictionary(y => y.Year);
        _days = days.ToDictionary(d => d.Date);
    }

    public IEnumerable<CalendarYear> Years => _years.Values.OrderBy(y => y.Year);

    /// <summary>The named days, also holidays that fall on a weekend.</summary>
    public IEnumerable<CalendarDay> Days => _days.Values.OrderBy(d => d.Date);

    /// <summary>Refused with <c>calendar.year-missing</c> when the day's year is not loaded.</summary>
    public Outcome<bool> IsWorkingDay(LocalDate day)
    {
        if (!_years.ContainsKey(day.Year))
            return new Refusal("calendar.year-missing", ("year", day.Year.ToString(CultureInfo.InvariantCulture)));
        return _days.TryGetValue(day, out var named) ? named.IsWorking : !IsWeekend(day);
    }

    /// <summary>
    /// The last day of a term in working days; the day of the event does not count (civil code, RF art.191, Ukraine art.253).
    /// Refused with <c>calendar.year-missing</c> when a day on the way is of a year that is not loaded.
    /// </summary>
    public Outcome<LocalDate> AddWorkingDays(LocalDate from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        var day = from;
        while (days > 0)
        {
            day = day.PlusDays(1);
            var working = IsWorkingDay(day);
            if (working.IsRefused)
                return working.Refusal!;
            if (working.Value)
                days--;
        }

        return day;
    }

    /// <summary>
    /// The last day of a term in calendar days; the day of the event does not count (the same articles). It stays where it
    /// falls: whether a day off moves it is for the law of the term to say. It needs no loaded year.
    /// </summary>
    public static LocalDate AddCalendarDays(LocalDate from, int days)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        return from.PlusDays(days);
    }

    public static bool IsWeekend(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
}

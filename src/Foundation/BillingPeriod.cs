using System.Globalization;
using NodaTime;

namespace Ochag.Foundation;

/// <summary>A billing month of a territory (Decree 354 p.37); kept as the number yyyymm, so that it sorts.</summary>
public readonly record struct BillingPeriod : IComparable<BillingPeriod>
{
    public BillingPeriod(int year, int month)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1990);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 2199);
        ArgumentOutOfRangeException.ThrowIfLessThan(month, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(month, 12);
        Number = year * 100 + month;
    }

    /// <summary>yyyymm.</summary>
    public int Number { get; }

    public int Year => Number / 100;
    public int Month => Number % 100;
    public LocalDate FirstDay => new(Year, Month, 1);
    public LocalDate LastDay => FirstDay.PlusMonths(1).PlusDays(-1);
    public int Days => CalendarSystem.Iso.GetDaysInMonth(Year, Month);

    public static BillingPeriod FromNumber(int yyyymm) => new(yyyymm / 100, yyyymm % 100);
    public static BillingPeriod Of(LocalDate day) => new(day.Year, day.Month);
    public BillingPeriod PlusMonths(int months) => Of(FirstDay.PlusMonths(months));

    public static int MonthsBetween(BillingPeriod from, BillingPeriod to) =>
        (to.Year - from.Year) * 12 + to.Month - from.Month;

    /// <summary>The first and the last month that can be asked for; the years beyond are there to look back and ahead from them.</summary>
    public static BillingPeriod First => new(1991, 1);
    public static BillingPeriod Last => new(2198, 12);

    /// <summary>Reads "2026-10", from <see cref="First"/> to <see cref="Last"/>.</summary>
    public static bool TryParse(string? text, out BillingPeriod period)
    {
        period = default;
        if (text is not { Length: 7 } || text[4] != '-'
            || !int.TryParse(text.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            || year < First.Year || year > Last.Year || month is < 1 or > 12)
        {
            return false;
        }

        period = new(year, month);
        return true;
    }

    public static BillingPeriod Parse(string text) => TryParse(text, out var period)
        ? period
        : throw new FormatException($"'{text}' is not a month like 2026-10.");

    public int CompareTo(BillingPeriod other) => Number.CompareTo(other.Number);
    public static bool operator <(BillingPeriod a, BillingPeriod b) => a.Number < b.Number;
    public static bool operator >(BillingPeriod a, BillingPeriod b) => a.Number > b.Number;
    public static bool operator <=(BillingPeriod a, BillingPeriod b) => a.Number <= b.Number;
    public static bool operator >=(BillingPeriod a, BillingPeriod b) => a.Number >= b.Number;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-{Month:00}");
}

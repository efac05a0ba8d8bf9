using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>
/// The months of the tour, counted from the demo's last billed one, so that every oddity is fresh whenever the demo is
/// made. Found again from the territory alone: the page of the tour asks for the same months as its houses were made by.
/// </summary>
internal sealed record TourMonths(BillingPeriod Since, BillingPeriod Last, DateTimeZone Zone)
{
    public static TourMonths Of(TerritoryRecord territory) =>
        new(territory.BilledSince, territory.BilledSince.PlusMonths(DemoCompany.Months - 1), territory.TimeZone);

    /// <summary>The latest month that is heated from its first day to its last.</summary>
    public BillingPeriod Heated
    {
        get
        {
            var month = Last;
            while (month.Month is >= 5 and <= 9)
                month = month.PlusMonths(-1);
            return month;
        }
    }

    /// <summary>The heating month before it: in September and in May a part of the month is heated.</summary>
    public BillingPeriod HeatedBefore => Heating(Heated, 1);

    /// <summary>So many months before the last one.</summary>
    public BillingPeriod Back(int months) => Last.PlusMonths(-months);

    /// <summary>So many heating months before a month, partly heated ones included.</summary>
    public static BillingPeriod Heating(BillingPeriod from, int back)
    {
        var month = from;
        while (back > 0)
        {
            month = month.PlusMonths(-1);
            if (IsHeated(month))
                back--;
        }

        return month;
    }

    /// <summary>The demo's region heats from 22 September to 8 May (TerritoryParameters).</summary>
    public static bool IsHeated(BillingPeriod month) => month.Month is not (>= 6 and <= 8);

    /// <summary>A day of the last month.</summary>
    public LocalDate Day(int day) => Last.FirstDay.PlusDays(day - 1);

    /// <summary>An hour of a day of the last month, by the clocks of the territory.</summary>
    public Instant At(int day, int hour) => Day(day).At(new(hour, 0)).InZoneLeniently(Zone).ToInstant();

    public static IEnumerable<BillingPeriod> From(BillingPeriod first, BillingPeriod last)
    {
        for (var month = first; month <= last; month = month.PlusMonths(1))
            yield return month;
    }
}

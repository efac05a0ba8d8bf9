using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>Houses whose water did not come, or came too cold.</summary>
internal static class QualityHouses
{
    /// <summary>
    /// Two breaks of cold water, ten hours and three: four at once and eight in the month are allowed, so that six are over
    /// by the first break alone and five by the month; the more counts.
    /// </summary>
    public static void Breaks(TourHouse house)
    {
        MeterHouses.Ordinary(house);
        MeterHouses.Ordinary(house);
        house.Quality.Add(Event(house, Service.ColdWater, QualityKind.Break, (5, 9), (5, 19)));
        house.Quality.Add(Event(house, Service.ColdWater, QualityKind.Break, (20, 8), (20, 11)));
    }

    /// <summary>
    /// Hot water by the hours of one day: 52 degrees for six, 48 for four, 38 for two. By day 57 will do; every full three
    /// degrees below it count, and what is below 40 is paid as cold.
    /// </summary>
    public static void ColdTap(TourHouse house)
    {
        MeterHouses.Ordinary(house);
        MeterHouses.Ordinary(house);
        var months = house.Months;
        house.Quality.Add(Event(house, Service.HotWater, QualityKind.Temperature, (12, 6), (12, 18)) with
        {
            Series =
            [
                new(months.At(12, 6), Exact.Of(52)), new(months.At(12, 12), Exact.Of(48)), new(months.At(12, 16), Exact.Of(38)),
            ],
        });
    }

    /// <summary>
    /// Ten days without hot water, announced: flat 1 without a meter does not pay what did not come, flat 2 with one has
    /// used nothing anyway and gets nothing.
    /// </summary>
    public static void PlannedStop(TourHouse house)
    {
        house.Flat("Ожидалова Клара Петровна", "45.0", people: 2, metersPossible: false).With(Service.Electricity, "130");
        MeterHouses.Ordinary(house);
        house.Quality.Add(Event(house, Service.HotWater, QualityKind.Break, (6, 0), (16, 0)) with { Planned = true });
    }

    /// <summary>Of the whole house, between hours of days of the last month.</summary>
    private static QualityEvent Event(
        TourHouse house, Service service, QualityKind kind, (int Day, int Hour) from, (int Day, int Hour) to) => new(
            0, service, Accounts: null, house.Months.At(from.Day, from.Hour), house.Months.At(to.Day, to.Hour), kind,
            Planned: false, DeadEndMain: false, NormTemperature: null, Series: []);
}

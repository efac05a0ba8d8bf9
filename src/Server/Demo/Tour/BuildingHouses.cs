using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>Houses where the whole building is odd: its heat, its common needs, its tariff.</summary>
internal static class BuildingHouses
{
    // What a house of 150 m2 takes in a month, January to December, Gcal.
    private static readonly string[] Heat = ["9", "8", "6.6", "4.2", "0.9", "", "", "", "0.9", "6", "7.2", "8.4"];

    /// <summary>
    /// The building's heat meter is silent: six heating months go by the weather and the months before it stopped, the
    /// seventh, which is the last whole one, by norm. It stood before billing began here, and so did its volumes.
    /// </summary>
    public static void FailedHeatMeter(TourHouse house)
    {
        Rooms(house, "50", "60", "40");
        var silent = TourMonths.Heating(house.Months.Heated, 6);
        var meter = house.Meter(Service.Heating);
        foreach (var month in TourMonths.From(house.Months.Since.PlusMonths(-8), silent.PlusMonths(-1)).Where(TourMonths.IsHeated))
            meter.Shows(month, Heat[month.Month - 1]);
    }

    /// <summary>Flat 1 of forty square metres has a heat meter and takes a fifth of the house's heat; the others have none.</summary>
    public static void PartMetered(TourHouse house)
    {
        var own = Rooms(house, "40", "60", "50").Meter(Service.Heating);
        var whole = house.Meter(Service.Heating);
        foreach (var month in TourMonths.From(house.Months.Since, house.Months.Last))
        {
            var heated = TourMonths.IsHeated(month);
            var used = heated ? new Fixed(Fixed.Parse(Heat[month.Month - 1]).Millionths / 5).ToString() : "0";
            own.Tells(month.FirstDay.PlusDays(24), used, ReadingSource.Controller);
            if (heated)
                whole.Shows(month, Heat[month.Month - 1]);
        }
    }

    /// <summary>
    /// The flats tell fourteen cubic metres, the house's own meter shows twelve in the last month: the two too many come
    /// off by persons (p.47), half a metre of one person and one and a half of three.
    /// </summary>
    public static void NegativeCommonNeeds(TourHouse house)
    {
        house.Flat("Бережная Алла Егоровна", "36.0", people: 1)
            .With(Service.ColdWater, "6").With(Service.HotWater, "3").With(Service.Electricity, "100");
        house.Flat("Троицкий Семён Львович", "54.0", people: 3)
            .With(Service.ColdWater, "8").With(Service.HotWater, "5").With(Service.Electricity, "220");
        house.Needs.Add(new(house.Opened, null, Service.ColdWater, CommonNeedsMode.Meter, Capped: true));
        var meter = house.Meter(Service.ColdWater);
        foreach (var month in TourMonths.From(house.Months.Since, house.Months.Last))
            meter.Tells(month.LastDay, month == house.Months.Last ? "12" : "14.5", ReadingSource.Controller);
    }

    /// <summary>Nothing odd in the house: the region changed the tariff of drainage on the fifteenth (TourTariff).</summary>
    public static void MidMonthTariff(TourHouse house)
    {
        house.Flat("Тарифова Лидия Марковна", "50.0", people: 2)
            .With(Service.ColdWater, "5").With(Service.HotWater, "4").With(Service.Electricity, "150");
        MeterHouses.Ordinary(house);
    }

    /// <summary>Three flats with meters of water and power; the first is given back.</summary>
    private static TourFlat Rooms(TourHouse house, params string[] areas)
    {
        string[] holders = ["Теплова Раиса Фёдоровна", "Батареин Игорь Матвеевич", "Стоякова Инна Петровна"];
        foreach (var (area, holder) in areas.Zip(holders))
        {
            house.Flat(holder, area, people: 2)
                .With(Service.ColdWater, "5").With(Service.HotWater, "4").With(Service.Electricity, "140");
        }

        return house.Flats[0];
    }
}

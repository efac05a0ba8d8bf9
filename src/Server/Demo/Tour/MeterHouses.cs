using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>Houses where something is odd about a water meter: flat 1 each time, flat 2 has nothing odd.</summary>
internal static class MeterHouses
{
    /// <summary>
    /// The verification ran out on the tenth, four months before the last one: three periods by average, the first of
    /// them not whole, then the norm with the raising factor, although the meter still turns.
    /// </summary>
    public static void ExpiredVerification(TourHouse house)
    {
        var ends = house.Months.Back(4).FirstDay.PlusDays(9);
        house.Flat("Поверкина Нина Львовна", "44.6", people: 2).With(Service.HotWater, "4").With(Service.Electricity, "150")
            .Meter(Service.ColdWater, verifiedUntil: ends)
            .Monthly("6", house.Months.Since, house.Months.Back(5))
            .Tells(ends, "2", ReadingSource.Controller, ReadingMark.Final);
        Ordinary(house);
    }

    /// <summary>The old meter went on the twelfth, the new one began at its own index: two parts of one month.</summary>
    public static void ReplacedMeter(TourHouse house)
    {
        var day = house.Months.Day(12);
        var flat = house.Flat("Сменщиков Олег Юрьевич", "52.1", people: 2).With(Service.HotWater, "4").With(Service.Electricity, "160");
        flat.Meter(Service.ColdWater, removed: day)
            .Monthly("7", house.Months.Since, house.Months.Back(1)).Tells(day, "3.2", ReadingSource.Act, ReadingMark.Final);
        flat.Meter(Service.ColdWater, from: day).Tells(house.Months.Day(22), "4.1");
        Ordinary(house);
    }

    /// <summary>
    /// Three months without a reading were billed by the average of six cubic metres; the reading that came at last
    /// shows ten for all four, so that the last month is a credit.
    /// </summary>
    public static void LateReading(TourHouse house)
    {
        house.Flat("Вспомнилов Пётр Ильич", "38.4", people: 1).With(Service.HotWater, "3").With(Service.Electricity, "90")
            .Meter(Service.ColdWater)
            .Monthly("6", house.Months.Since, house.Months.Back(4)).Tells(house.Months.Day(20), "10");
        Ordinary(house);
    }

    /// <summary>
    /// The controller was not let in twice, and the act of it is of three months before: what is told since does not
    /// count, three months go by average, the fourth by norm with the factor.
    /// </summary>
    public static void RefusedAccess(TourHouse house)
    {
        var flat = house.Flat("Засовов Глеб Олегович", "61.0", people: 3).With(Service.HotWater, "5").With(Service.Electricity, "210");
        var meter = flat.Meter(Service.ColdWater).Monthly("5", house.Months.Since, house.Months.Last);
        flat.Acts.Add((Act(Service.ColdWater, MeterActKind.NoAccess, house.Months.Back(3).FirstDay.PlusDays(11)), meter));
        Ordinary(house);
    }

    /// <summary>
    /// Four cubic metres a month were told, seven flowed: the check of the tenth finds thirty-one at once (p.61). What was
    /// told after it is an ordinary volume again.
    /// </summary>
    public static void CheckDifference(TourHouse house)
    {
        var flat = house.Flat("Скромнов Яков Петрович", "47.3", people: 3).With(Service.HotWater, "4").With(Service.Electricity, "170");
        var meter = flat.Meter(Service.ColdWater).Monthly("4", house.Months.Since, house.Months.Back(1)).Uses("31");
        var act = Act(Service.ColdWater, MeterActKind.Difference, house.Months.Day(10));
        flat.Acts.Add((act with { Values = [new(Zone.Single, meter.Index)] }, meter));
        meter.Tells(house.Months.Day(20), "3");
        Ordinary(house);
    }

    /// <summary>A magnet was found on the fifteenth, there since the twentieth two months before: ten norms a month (p.62).</summary>
    public static void Interference(TourHouse house)
    {
        var flat = house.Flat("Магнитский Эдуард Карлович", "55.5", people: 2).With(Service.HotWater, "4").With(Service.Electricity, "190");
        var meter = flat.Meter(Service.ColdWater).Monthly("2", house.Months.Since, house.Months.Last);
        var act = Act(Service.ColdWater, MeterActKind.Interference, house.Months.Day(15));
        flat.Acts.Add((act with
        {
            From = house.Months.Back(2).FirstDay.PlusDays(19),
            LastCheck = house.Months.Back(9).FirstDay,
            Removed = house.Months.Day(15),
        }, meter));
        Ordinary(house);
    }

    /// <summary>A neighbour to compare with.</summary>
    public static TourFlat Ordinary(TourHouse house) => house.Flat("Соседова Вера Ивановна", "48.0", people: 2)
        .With(Service.ColdWater, "6").With(Service.HotWater, "4").With(Service.Electricity, "160");

    /// <summary>Of which premises and meter it is, is known when they are placed.</summary>
    private static MeterAct Act(Service service, MeterActKind kind, NodaTime.LocalDate drawn) => new(0, default, service, kind, drawn);
}

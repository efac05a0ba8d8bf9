using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Readings;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Specs.Metering;

/// <summary>A cold-water meter that has shown ten cubic metres a month for more than a year, and its next reading.</summary>
internal static class Cases
{
    public static readonly ThresholdBook Book = ThresholdFile.Read();

    public static readonly LocalDate Today = new(2026, 10, 26);

    public static readonly MeterRecord Meter = new(
        new(1), "04518207", Service.ColdWater, 5, Fixed.Of(1), [Zone.Single], new(2020, 1, 1), null, [], []);

    /// <summary>As typed on 25 October; read on the 25th of every month since July of last year, 400 at first.</summary>
    public static ReadingCase Reading(string index, Service service = Service.ColdWater, long first = 400, long perMonth = 10)
    {
        var day = new LocalDate(2026, 10, 25);
        return new()
        {
            Meter = Meter with { Service = service },
            Zone = Zone.Single,
            Index = Fixed.Parse(index),
            Day = day,
            Today = Today,
            Known = [.. Enumerable.Range(0, 15).Select(i => Known(new LocalDate(2025, 7, 25).PlusMonths(i), first + i * perMonth))],
            Thresholds = Book.At(service, day),
        };
    }

    /// <summary>The last of the known readings is 540, on 25 September.</summary>
    public static ReadingCase Silent(this ReadingCase reading) =>
        reading with { Known = [.. reading.Known.SkipLast(2), Known(new(2026, 8, 25), 540), Known(new(2026, 9, 25), 540)] };

    public static KnownIndex Known(LocalDate day, long index, ReadingMark mark = ReadingMark.None) =>
        new(day.DayOfYear, day, Fixed.Of(index), mark, "operator", "sheet");

    public static IEnumerable<string> Codes(this ReadingCase reading) => Rules.Judge(reading).Select(f => f.Code["metering.".Length..]);
}

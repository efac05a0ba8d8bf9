using System.Globalization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo;

/// <summary>The meters of an invented flat and the readings its people sent: most months, some late, some never.</summary>
internal sealed class FlatMeters(
    TerritoryRecord territory, BuildingId house, int flat, Seeded random, int people, HouseConsumption consumption, LocalDate opened)
{
    private static readonly Zone[] Single = [Zone.Single];
    private static readonly Zone[] DayNight = [Zone.Day, Zone.Night];
    private static readonly Zone[] Three = [Zone.Peak, Zone.HalfPeak, Zone.Night];

    private readonly bool _careful = random.Chance(80);

    public List<MeterLife> Make()
    {
        var lives = new List<MeterLife>();
        if (random.Chance(78))
            lives.Add(Life(Service.ColdWater, "В", Single, 5, 2_600_000));
        else
            Unmetered(Service.ColdWater, 4_500_000);
        if (random.Chance(74))
            lives.Add(Life(Service.HotWater, "Г", Single, 5, 1_900_000));
        if (random.Chance(97))
            lives.Add(Life(Service.Electricity, "Э", random.Chance(78) ? Single : random.Chance(75) ? DayNight : Three, 6, 62_000_000));
        else
            Unmetered(Service.Electricity, 82_000_000);
        return lives;
    }

    private void Unmetered(Service service, long eachPerson)
    {
        foreach (var month in consumption.Each())
            consumption.Add(service, month, eachPerson * people);
    }

    private MeterLife Life(Service service, string letter, Zone[] zones, int digits, long eachPerson)
    {
        var installed = opened.PlusDays(random.Next(0, 1400));
        // Water meters are verified for six years: some run out in the middle of the story.
        DayInterval[] verified = service == Service.Electricity ? [] : [new(installed, installed.PlusYears(6).PlusDays(-1))];
        var serial = string.Create(CultureInfo.InvariantCulture, $"{letter}{house.Value:00000}{flat:0000}");
        var meter = new MeterDraft(service, serial, digits, Fixed.Of(1), zones, installed, null, verified, []);

        var index = zones.Select(_ => random.Next(10L, 900L) * 1_000_000).ToArray();
        var start = territory.BilledSince.PlusMonths(-1);
        var readings = new List<ReadingDraft> { Reading(start.FirstDay.PlusDays(24), ReadingMark.Initial, zones, index) };
        foreach (var month in consumption.Each())
        {
            for (var z = 0; z < zones.Length; z++)
            {
                var used = eachPerson * people * random.Next(70, 135) / 100 / zones.Length / 10_000 * 10_000;
                index[z] += used;
                consumption.Add(service, month, used);
            }

            if (random.Chance(_careful ? 96 : 55))
                readings.Add(Reading(month.FirstDay.PlusDays(random.Chance(95) ? random.Next(14, 24) : random.Next(25, 27)),
                    ReadingMark.None, zones, index));
        }

        return new(meter, readings, []);
    }

    private ReadingDraft Reading(LocalDate day, ReadingMark mark, Zone[] zones, long[] index) => new(
        default, house, day, day, mark == ReadingMark.Initial ? ReadingSource.Act : ReadingSource.Consumer, mark,
            [.. zones.Select((z, i) => new RegisterIndex(z, new Fixed(index[i])))]);
}

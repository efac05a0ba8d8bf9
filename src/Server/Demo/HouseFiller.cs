using System.Globalization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo;

/// <summary>A building with invented people in it, and what its meters showed.</summary>
internal sealed record FilledHouse(
    BuildingDraft Draft, IReadOnlyList<MeterLife> Meters, IReadOnlyList<(AccountDraft Account, Service Service, Money Sum)> Openings);

/// <summary>What a drafted meter will be recorded with.</summary>
internal sealed record MeterLife(MeterDraft Meter, IReadOnlyList<ReadingDraft> Readings, IReadOnlyList<VolumeDraft> Volumes);

/// <summary>
/// Invents the inside of a house: one account for a flat, residents, meters and their readings, the same for the same
/// seed. All names, numbers and readings are made up.
/// </summary>
/// <param name="shops">Shops on some ground floors too, beside the one account for each flat.</param>
internal sealed class HouseFiller(TerritoryRecord territory, ulong seed, BillingPeriod through, bool shops = false)
{
    private static readonly string[] HotWaterSystems = ["closed.bare_risers.with_rails", "closed.insulated_risers.with_rails"];
    private static readonly MeterId NoId = default;
    private readonly LocalDate _opened = territory.BilledSince.FirstDay.PlusYears(-5);

    public FilledHouse Fill(HouseRecord house)
    {
        var random = new Seeded(seed).Fork((ulong)house.Id.Value);
        var flats = house.Flats!.Value;
        var consumption = new HouseConsumption(territory.BilledSince, through);
        var meters = new List<MeterLife>();
        var premises = Enumerable.Range(1, flats)
            .Select(number => Flat(house, number, random.Fork((ulong)number), consumption, meters)).ToList();
        if (shops && flats >= 20 && random.Chance(30))
            premises.Add(Shop(house, random.Fork(9_001), consumption, meters));
        var living = premises.Aggregate(Fixed.Zero, (sum, p) => sum + p.Passports[0].Area);
        var common = Sensible(house.CommonArea, living) ?? new Fixed(living.Millionths / 8);
        var passport = new BuildingPassport(
            _opened, null, common, random.Pick(HotWaterSystems), random.Chance(60) ? 2 : 1, random.Chance(15));
        var needs = new List<CommonNeeds>();
        var own = HouseMeters(house, random, consumption, living, needs).ToList();
        meters.AddRange(own);
        return new(new(house.Id, [passport], needs, premises, [.. own.Select(m => m.Meter)]), meters, Openings(premises, random));
    }

    /// <summary>One account in eight brought a debt with it, one in thirty an advance.</summary>
    private List<(AccountDraft Account, Service Service, Money Sum)> Openings(List<PremisesDraft> premises, Seeded random)
    {
        var openings = new List<(AccountDraft, Service, Money)>();
        foreach (var account in premises.SelectMany(p => p.Accounts))
        {
            var sum = random.Chance(12) ? random.Next(20_000L, 1_500_000L) : random.Chance(3) ? -random.Next(5_000L, 200_000L) : 0;
            if (sum != 0)
                openings.Add((account, random.Chance(70) ? Service.Heating : Service.HotWater, new(sum, territory.Currency)));
        }

        return openings;
    }

    /// <summary>A shop on the ground floor: a company's account without residents, tariffs without VAT.</summary>
    private PremisesDraft Shop(HouseRecord house, Seeded random, HouseConsumption consumption, List<MeterLife> lives)
    {
        var meters = new FlatMeters(territory, house.Id, 9_001, random, 3, consumption, _opened).Make()
            .Where(m => m.Meter.Service is Service.ColdWater || m.Meter is { Service: Service.Electricity, Zones.Count: 1 }).ToList();
        lives.AddRange(meters);
        Service[] services = [Service.ColdWater, Service.Drainage, Service.Heating, Service.Electricity];
        return new(
            "пом. 1",
            [new(_opened, null, PremisesKind.NonLiving, Fixed.Of(random.Next(40, 160)), OwnHeatSource: false, false, false)],
            [.. meters.Select(m => m.Meter)],
            [
                new(
                    string.Create(CultureInfo.InvariantCulture, $"{territory.Id.Value % 10}{house.Id.Value:00000}9001"),
                    _opened,
                    null,
                    HolderKind.Company,
                    0,
                    [new(People.Company(random))],
                    [],
                    [.. services.Select(s => new Connection(s, _opened, null))]),
            ]);
    }

    private PremisesDraft Flat(HouseRecord house, int number, Seeded random, HouseConsumption consumption, List<MeterLife> lives)
    {
        var people = random.Chance(4) ? 0 : random.Pick([1, 1, 2, 2, 2, 3, 3, 4, 5]);
        var mean = house.LivingArea is { } living && living.Millionths / house.Flats!.Value is >= 15_000_000 and <= 200_000_000 and var each
            ? each
            : 52_000_000;
        var area = new Fixed(mean * random.Next(70, 130) / 100 / 100_000 * 100_000);
        var meters = new FlatMeters(territory, house.Id, number, random, Math.Max(1, people), consumption, _opened).Make();
        lives.AddRange(meters);
        var residents = people == 0
            ? new List<Residents>()
            : [new(0, _opened.PlusDays(random.Next(0, 900)), null, people, Temporary: false)];
        if (random.Chance(3))
        {
            var from = territory.BilledSince.FirstDay.PlusDays(random.Next(0,
                25 * (1 + BillingPeriod.MonthsBetween(territory.BilledSince, through))));
            residents.Add(new(0, from, from.PlusDays(random.Next(6, 120)), 1, Temporary: true));
        }

        var has = meters.Select(m => m.Meter.Service).ToHashSet();
        return new(
            number.ToString(CultureInfo.InvariantCulture),
            [Passport(area, has, random)],
            [.. meters.Select(m => m.Meter)],
            [
                new(
                    string.Create(CultureInfo.InvariantCulture, $"{territory.Id.Value % 10}{house.Id.Value:00000}{number:0000}"),
                    _opened,
                    null,
                    HolderKind.Person,
                    1,
                    [new(People.Name(random), random.Chance(85) ? People.Phone(random) : null)],
                    residents,
                    [.. Services().Select(s => new Connection(s, _opened, null))]),
            ]);
    }

    /// <summary>Where no water meter stands, one could in two flats of five: there the raising factor is due.</summary>
    private PremisesPassport Passport(Fixed area, HashSet<Service> metered, Seeded random) => new(
        _opened,
        null,
        PremisesKind.Living,
        area,
        OwnHeatSource: false,
        ColdMeterPossible: metered.Contains(Service.ColdWater) || random.Chance(40),
        HotMeterPossible: metered.Contains(Service.HotWater) || random.Chance(40));

    private static IEnumerable<Service> Services() =>
        [Service.ColdWater, Service.HotWater, Service.Drainage, Service.Heating, Service.Electricity];

    /// <summary>The house's own meters: heat in most houses, water and power where common needs go by meter.</summary>
    private IEnumerable<MeterLife> HouseMeters(
        HouseRecord house, Seeded random, HouseConsumption consumption, Fixed living, List<CommonNeeds> needs)
    {
        if (random.Chance(65))
        {
            var meter = new MeterDraft(Service.Heating, $"Т-{house.Id.Value:00000}", 7, Fixed.Of(1), [Zone.Single], _opened, null, [], []);
            yield return new(meter, [], [.. consumption.Heat(living, random).Select(h => new VolumeDraft(
                house.Id, NoId, null, Service.Heating, h.Month, [new(Zone.Single, h.Volume)]))]);
        }

        foreach (var (service, letter) in new[] { (Service.ColdWater, "ХВ"), (Service.Electricity, "Э") })
        {
            var byMeter = random.Chance(55);
            if (!byMeter && !random.Chance(50))
                continue;
            needs.Add(new(_opened, null, service, byMeter ? CommonNeedsMode.Meter : CommonNeedsMode.Norm, Capped: true));
            if (!byMeter)
                continue;
            var meter = new MeterDraft(
                service, $"{letter}-{house.Id.Value:00000}", 8, Fixed.Of(service == Service.Electricity ? 20 : 1), [Zone.Single],
                _opened, null, [], []);
            yield return new(meter, [.. consumption.House(service, random, meter.Multiplier).Select(i => new ReadingDraft(
                NoId, house.Id, i.Day, i.Day, ReadingSource.Controller, ReadingMark.None, [new(Zone.Single, i.Index)]))], []);
        }
    }

    /// <summary>The register's common area where it is between a fiftieth and a half of the living one.</summary>
    private static Fixed? Sensible(Fixed? area, Fixed living) =>
        area is { } given && given.Millionths > living.Millionths / 50 && given.Millionths < living.Millionths / 2 ? area : null;
}

using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>What a kind of golden case comes to: its expected keys with their values.</summary>
internal delegate IReadOnlyDictionary<string, Exact> CaseKind(CaseInput input, RulePack pack);

/// <summary>The kinds of golden cases that work by now; the others of tests/golden-cases.md are "not-yet".</summary>
internal static class CaseKinds
{
    private static readonly Fixed Area = Fixed.Of(50);

    public static readonly IReadOnlyDictionary<string, CaseKind> All = new Dictionary<string, CaseKind>(StringComparer.Ordinal)
    {
        ["meter"] = Meter,
        ["norm"] = Norm,
        ["hw2"] = HotWater,
        ["zones"] = Zones,
        ["heat_norm"] = HeatingByNorm,
        ["heat_odpu"] = HeatingByBuildingMeter,
        ["odn"] = CommonNeeds,
        ["vat"] = Vat,
        ["round"] = Round,
    };

    private static Dictionary<string, Exact> Meter(CaseInput input, RulePack pack)
    {
        var scene = new Scene(pack).Tariff("cold_water", input.Number("tariff"))
            .Room(Area, Service.ColdWater, meter: (Zone.Single, input.Decimal("prev"), input.Decimal("curr")));
        if (input.Has("digits"))
            scene.Dial(input.Whole("digits"));
        var charged = scene.Charge();
        return new(StringComparer.Ordinal) { ["volume"] = charged.Quantity(ComponentKind.Volume), ["amount"] = charged.Amount };
    }

    private static Dictionary<string, Exact> Norm(CaseInput input, RulePack pack)
    {
        var charged = new Scene(pack).Tariff("cold_water", input.Number("tariff")).Norm("cold_water", input.Number("norm"))
            .RaisingFactor(input.Number("k"))
            .Room(Area, Service.ColdWater, input.Whole("residents"), meterPossible: input.Number("k") != Exact.One).Charge();
        return new(StringComparer.Ordinal)
        {
            ["volume"] = charged.Quantity(ComponentKind.Volume),
            ["amount"] = charged.Amount,
            ["excess"] = charged.Excess,
        };
    }

    private static Dictionary<string, Exact> HotWater(CaseInput input, RulePack pack)
    {
        var scene = new Scene(pack).Tariff("hot_water.carrier", input.Number("t_carrier")).Tariff("hot_water.heat", input.Number("t_heat"))
            .HeatPerCubicMetre(input.Number("q")).RaisingFactor(input.Number("k"));
        if (input.Has("volume"))
        {
            scene.Room(Area, Service.HotWater, meter: (Zone.Single, Fixed.Zero, input.Decimal("volume")));
        }
        else
        {
            scene.Norm("hot_water", input.Number("norm"))
                .Room(Area, Service.HotWater, input.Whole("residents"), meterPossible: input.Number("k") != Exact.One);
        }

        var charged = scene.Charge();
        return new(StringComparer.Ordinal)
        {
            ["volume"] = charged.Quantity(ComponentKind.Carrier),
            ["carrier"] = charged.AmountOf(ComponentKind.Carrier),
            ["heat_gcal"] = charged.Quantity(ComponentKind.Heat),
            ["heat"] = charged.AmountOf(ComponentKind.Heat),
            ["amount"] = charged.Amount,
        };
    }

    private static Dictionary<string, Exact> Zones(CaseInput input, RulePack pack)
    {
        (Zone Zone, string Tariff)[] names = input.Items("zones").Count() switch
        {
            1 => [(Zone.Single, "energy")],
            2 => [(Zone.Day, "day"), (Zone.Night, "night")],
            3 => [(Zone.Peak, "peak"), (Zone.HalfPeak, "half_peak"), (Zone.Night, "night")],
            var count => throw new FormatException($"input: a meter has one to three zones, not {count}"),
        };
        var scene = new Scene(pack);
        var zones = input.Items("zones").Zip(names).Select(z =>
        {
            scene.Tariff("electricity." + z.Second.Tariff, z.First.Number("t"));
            return (z.Second.Zone, Fixed.Zero, z.First.Decimal("v"));
        }).ToArray();
        return new(StringComparer.Ordinal) { ["amount"] = scene.Room(Area, Service.Electricity, meter: zones).Charge().Amount };
    }

    private static Dictionary<string, Exact> HeatingByNorm(CaseInput input, RulePack pack)
    {
        var share = input.Number("season_share");
        var allYear = share != Exact.One;
        var charged = new Scene(pack).Tariff("heating", input.Number("tariff")).Norm("heating", input.Number("norm")).HeatingAlways()
            .Setting("heating_all_year", allYear ? Exact.One : Exact.Zero).Setting("heating_months", share * Exact.Of(12))
            .Room(input.Decimal("area"), Service.Heating).Charge();
        return new(StringComparer.Ordinal) { ["amount"] = charged.Amount };
    }

    private static Dictionary<string, Exact> HeatingByBuildingMeter(CaseInput input, RulePack pack)
    {
        var (area, own) = (input.Decimal("area"), input.Flag("individual_heat"));
        var ownElsewhere = input.Decimal("s_ind") - (own ? area : Fixed.Zero);
        var heatedElsewhere = input.Decimal("s_ob") - input.Decimal("s_ind") - (own ? Fixed.Zero : area);
        var scene = new Scene(pack).Tariff("heating", input.Number("tariff")).HeatingAlways().CommonArea(input.Decimal("s_oi"))
            .BuildingVolume(Service.Heating, input.Decimal("vd")).Room(area, Service.Heating, ownHeat: own);
        if (ownElsewhere > Fixed.Zero)
            scene.Room(ownElsewhere, ownHeat: true);
        if (heatedElsewhere > Fixed.Zero)
            scene.Room(heatedElsewhere);
        var charged = scene.Charge();
        return new(StringComparer.Ordinal)
        {
            ["v_room"] = charged.Named(ComponentKind.Heat, Symbol.RoomVolume),
            ["v_common"] = charged.Named(ComponentKind.Heat, Symbol.CommonVolume),
            ["amount"] = charged.Amount,
        };
    }

    private static Dictionary<string, Exact> CommonNeeds(CaseInput input, RulePack pack)
    {
        var (area, all) = (input.Decimal("area"), input.Decimal("s_ob"));
        var scene = new Scene(pack).Tariff("cold_water", input.Number("tariff")).Norm("odn.cold_water", input.Number("norm"))
            .CommonArea(input.Decimal("s_oi")).CommonNeeds(Service.ColdWater, input.FlagOr("cap", true))
            .BuildingVolume(Service.ColdWater, input.Decimal("vd"))
            .Room(area, Service.ColdWater, meter: (Zone.Single, Fixed.Zero, Fixed.Zero))
            .Room(all - area, Service.ColdWater, meter: (Zone.Single, Fixed.Zero, input.Decimal("sum_individual")));
        var charged = scene.Charge();
        return new(StringComparer.Ordinal)
        {
            ["v_house"] = charged.Named(ComponentKind.Common, Symbol.HouseVolume),
            ["v_room"] = charged.Quantity(ComponentKind.Common),
            ["amount"] = charged.Amount,
        };
    }

    private static Dictionary<string, Exact> Vat(CaseInput input, RulePack pack) => new(StringComparer.Ordinal)
    {
        ["vat"] = Evaluator.VatInside(Money.Round(input.Number("gross"), Currency.Rub), input.Number("rate")).ToExact(),
    };

    private static Dictionary<string, Exact> Round(CaseInput input, RulePack pack) =>
        new(StringComparer.Ordinal) { ["rounded"] = Money.Round(input.Number("value"), Currency.Rub).ToExact() };
}

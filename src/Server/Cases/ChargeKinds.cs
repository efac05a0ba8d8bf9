using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>Kinds of golden cases that read the amount from the lines of a whole evaluated building.</summary>
internal static class ChargeKinds
{
    private static readonly Fixed Area = Fixed.Of(50);
    private static readonly LocalDate Ever = new(2020, 1, 1);
    private static readonly string[] GasNorms = ["gas.cooking", "gas.hot_water", "gas.heating"];

    public static readonly IReadOnlyDictionary<string, CheckKind> All = new Dictionary<string, CheckKind>(StringComparer.Ordinal)
    {
        ["ranges"] = Ranges,
        ["ranges_zones"] = RangesWithZones,
        ["heat_ipu"] = HeatingWithMeters,
        ["heat_partial"] = HeatingPartMetered,
        ["heat_year"] = HeatingAllYear,
        ["heat_trueup"] = HeatingTrueUp,
        ["gas_norm"] = GasByNorm,
        ["gas_temp"] = GasByMeter,
        ["odn_neg"] = NegativeCommonNeeds,
        ["p61"] = Check,
        ["p62_norm"] = Interference,
        ["p62_power"] = UnauthorisedPower,
        ["absence"] = Absence,
        ["residents"] = ResidentsByDay,
        ["tariff_split"] = TariffSplit,
        ["ua_plan"] = PlannedGas,
        ["ua_recalc"] = LateReadingOfGas,
    };

    private static Dictionary<string, CaseValue> Ranges(CaseInput input, RulePack pack)
    {
        var scene = new Scene(pack).Setting("electricity_ranges", Exact.One);
        foreach (var (i, bound) in input.Numbers("thresholds").Index())
            scene.Dated(ParameterTable.RangeBound, $"electricity.{i + 1}", Ever, null, bound);
        foreach (var (i, tariff) in input.Numbers("tariffs").Index())
            scene.Tariff(i == 0 ? "electricity.energy" : $"electricity.energy.{i + 1}", tariff);
        var charged = scene.Room(Area, Service.Electricity, meter: (Zone.Single, Fixed.Zero, input.Decimal("volume"))).Charge();
        return new(StringComparer.Ordinal)
        {
            ["parts"] = CaseValue.List(charged.AllNamed(ComponentKind.Energy, Symbol.RangeVolume)),
            ["amount"] = charged.Amount,
        };
    }

    private static Dictionary<string, CaseValue> RangesWithZones(CaseInput input, RulePack pack)
    {
        var tariffs = input.Inner("tariffs");
        var scene = new Scene(pack).Setting("electricity_ranges", Exact.One)
            .Dated(ParameterTable.RangeBound, "electricity.1", Ever, null, input.Number("threshold"))
            .Tariff("electricity.day", tariffs.Number("r1_day")).Tariff("electricity.day.2", tariffs.Number("r2_day"))
            .Tariff("electricity.night", tariffs.Number("r1_night")).Tariff("electricity.night.2", tariffs.Number("r2_night"));
        tariffs.RefuseUnknown();
        var charged = scene.Room(Area, Service.Electricity, meter:
            [(Zone.Day, Fixed.Zero, input.Decimal("day")), (Zone.Night, Fixed.Zero, input.Decimal("night"))]).Charge();
        return new(StringComparer.Ordinal) { ["amount"] = charged.Amount };
    }

    private static Scene Heated(CaseInput input, RulePack pack) =>
        new Scene(pack).Tariff("heating", input.Number("tariff")).HeatingAlways();

    private static Dictionary<string, CaseValue> HeatingWithMeters(CaseInput input, RulePack pack)
    {
        var (own, all) = (input.Decimal("vi"), input.Decimal("sum_v"));
        var charged = Heated(input, pack).BuildingVolume(Service.Heating, input.Decimal("vd"))
            .Room(input.Decimal("area"), Service.Heating, meter: (Zone.Single, Fixed.Zero, own))
            .Room(input.Decimal("s_ob") - input.Decimal("area"), Service.Heating, meter: (Zone.Single, Fixed.Zero, all - own)).Charge();
        return new(StringComparer.Ordinal) { ["amount"] = charged.Amount };
    }

    private static Dictionary<string, CaseValue> HeatingPartMetered(CaseInput input, RulePack pack)
    {
        var (area, metered) = (input.Decimal("area"), input.Decimal("sum_s_metered"));
        var charged = Heated(input, pack).BuildingVolume(Service.Heating, input.Decimal("vd"))
            .Room(area, Service.Heating).Room(input.Decimal("s_ob") - metered - area)
            .Room(metered, Service.Heating, meter: (Zone.Single, Fixed.Zero, input.Decimal("sum_v_metered"))).Charge();
        return new(StringComparer.Ordinal)
        {
            ["v_room"] = charged.Named(ComponentKind.Heat, Symbol.RoomVolume),
            ["amount"] = charged.Amount,
        };
    }

    /// <summary>A building that pays all the year; of its last year's months the given ones brought heat.</summary>
    private static Scene AllYear(CaseInput input, RulePack pack, IReadOnlyList<Fixed> volumes, BillingPeriod month)
    {
        var january = new BillingPeriod(month.Year - 1, 1);
        return new Scene(pack).In(month).HeatingAlways().Setting("heating_all_year", Exact.One).Setting("heating_months", Exact.Of(8))
            .BuildingVolumes(Service.Heating, Enumerable.Range(0, 12).Select(i =>
                (january.PlusMonths(i), i < volumes.Count ? volumes[i] : Fixed.Zero)))
            .Room(input.Decimal("area"), Service.Heating).Room(input.Decimal("s_ob") - input.Decimal("area"));
    }

    private static Dictionary<string, CaseValue> HeatingAllYear(CaseInput input, RulePack pack)
    {
        var scene = AllYear(input, pack, [input.Decimal("vd_prev_year")], new(2026, 10)).Tariff("heating", input.Number("tariff"));
        return new(StringComparer.Ordinal) { ["amount"] = scene.Charge().Amount };
    }

    private static Dictionary<string, CaseValue> HeatingTrueUp(CaseInput input, RulePack pack)
    {
        var periods = input.Items("periods").Select(p => (Volume: p.Decimal("v"), Tariff: p.Number("tariff"))).ToList();
        var scene = AllYear(input, pack, [.. periods.Select(p => p.Volume)], new(2026, 3));
        var january = new BillingPeriod(2025, 1);
        foreach (var (i, period) in periods.Index())
        {
            var last = i == periods.Count - 1 ? (LocalDate?)null : january.PlusMonths(i).LastDay;
            scene.Dated(ParameterTable.Tariff, "heating", january.PlusMonths(i).FirstDay, last, period.Tariff);
        }

        var was = Money.Round(input.Number("charged"), Currency.Rub);
        var charged = scene.With(facts => facts with
        {
            HeatingCharged = new Dictionary<(AccountId, int), Money> { [(scene.Account, 2025)] = was },
        }).Charge();
        return new(StringComparer.Ordinal)
        {
            ["actual"] = charged.Named(ComponentKind.TrueUp, Symbol.ActualSum),
            ["correction"] = charged.AmountOf(ComponentKind.TrueUp),
        };
    }

    private static Dictionary<string, CaseValue> GasByNorm(CaseInput input, RulePack pack) => Supplied(
        new Scene(pack).Tariff("gas.supply", input.Number("tariff")).Norm("gas.cooking", input.Number("n_cook"))
            .Norm("gas.hot_water", input.Number("n_hw")).Norm("gas.heating", input.Number("n_heat"))
            .Room(input.Decimal("area"), Service.Gas, input.Whole("residents"))
            .Where(p => p with
            {
                Norms = [.. GasNorms.Select(key => new NormChoice(Ever, null, Service.Gas, key))],
            }));

    private static Dictionary<string, CaseValue> GasByMeter(CaseInput input, RulePack pack) => Supplied(
        new Scene(pack).Tariff("gas.supply", input.Number("tariff"))
            .Room(Area, Service.Gas, meter: (Zone.Single, input.Decimal("prev"), input.Decimal("curr")))
            .Where(p => p with { Meters = [.. p.Meters.Select(m => m with { Multiplier = input.Decimal("coef") })] }));

    private static Dictionary<string, CaseValue> Supplied(Scene scene) => new(StringComparer.Ordinal)
    {
        ["volume"] = scene.Charge().Quantity(ComponentKind.Supply),
        ["amount"] = scene.Charge().Amount,
    };

    private static Dictionary<string, CaseValue> NegativeCommonNeeds(CaseInput input, RulePack pack)
    {
        var (own, persons) = (input.Decimal("v_room"), input.Whole("residents"));
        var charged = new Scene(pack).Tariff("cold_water", input.Number("tariff")).CommonNeeds(Service.ColdWater, capped: true)
            .Norm("odn.cold_water", Exact.One).BuildingVolume(Service.ColdWater, input.Decimal("vd"))
            .Room(Area, Service.ColdWater, persons, meter: (Zone.Single, Fixed.Zero, own))
            .Room(Area, Service.ColdWater, input.Whole("residents_house") - persons,
                meter: (Zone.Single, Fixed.Zero, input.Decimal("sum_individual") - own))
            .Charge();
        var off = -charged.Quantity(ComponentKind.CommonNegative);
        return new(StringComparer.Ordinal)
        {
            ["reduction"] = off,
            ["v_billed"] = charged.Quantity(ComponentKind.Volume) - off,
            ["amount"] = charged.Amount,
        };
    }

    private static Dictionary<string, CaseValue> Check(CaseInput input, RulePack pack)
    {
        var scene = new Scene(pack).Tariff("cold_water", input.Number("tariff"))
            .Room(Area, Service.ColdWater, meter: (Zone.Single, input.Decimal("billed_reading"), input.Decimal("billed_reading")));
        var act = new MeterAct(
            0, new(1), Service.ColdWater, MeterActKind.Difference, scene.Month.FirstDay.PlusDays(4), Meter: new(1),
            Values: [new(Zone.Single, input.Decimal("check_reading"))]);
        return Acted(scene.With(f => f with { Acts = [act] }), ComponentKind.P61);
    }

    private static Dictionary<string, CaseValue> Interference(CaseInput input, RulePack pack)
    {
        var months = input.Whole("months");
        var scene = new Scene(pack).Tariff("cold_water", input.Number("tariff")).Norm("cold_water", input.Number("norm"))
            .Setting("p62_factor", input.Number("k")).Setting("p62_months", Exact.Of(months))
            .Room(Area, Service.ColdWater, input.Whole("residents"));
        var act = new MeterAct(
            0, new(1), Service.ColdWater, MeterActKind.Interference, scene.Month.FirstDay,
            From: scene.Month.PlusMonths(-months).FirstDay, Removed: scene.Month.FirstDay.PlusDays(-1));
        return Acted(scene.With(f => f with { Acts = [act] }), ComponentKind.P62);
    }

    private static Dictionary<string, CaseValue> UnauthorisedPower(CaseInput input, RulePack pack)
    {
        var scene = new Scene(pack).Tariff("electricity.energy", input.Number("tariff")).Setting("p62_months", Exact.Of(120))
            .Room(Area, Service.Electricity, meter: (Zone.Single, Fixed.Zero, Fixed.Zero));
        var drawn = scene.Month.LastDay;
        var act = new MeterAct(
            0, new(1), Service.Electricity, MeterActKind.Unauthorised, drawn, From: drawn.PlusDays(1 - input.Whole("days")),
            Removed: drawn, PerHour: input.Decimal("kw"));
        return Acted(scene.With(f => f with { Acts = [act] }), ComponentKind.P62);
    }

    private static Dictionary<string, CaseValue> Acted(Scene scene, ComponentKind kind)
    {
        var charged = scene.Charge();
        return new(StringComparer.Ordinal) { ["volume"] = charged.Quantity(kind), ["amount"] = charged.AmountOf(kind) };
    }

    private static Dictionary<string, CaseValue> Absence(CaseInput input, RulePack pack)
    {
        var (from, absent) = (input.Day("from"), input.Whole("absent"));
        var scene = new Scene(pack).In(BillingPeriod.Of(from)).Tariff("cold_water", input.Number("tariff"))
            .Norm("cold_water", input.Number("norm")).Room(Area, Service.ColdWater, absent);
        var absence = new Absence(from, input.Day("to"), absent, Proof: true, input.Day("to"));
        var absences = new Dictionary<AccountId, IReadOnlyList<Absence>> { [scene.Account] = [absence] };
        var charged = scene.With(f => f with { Absences = absences }).Charge();
        return new(StringComparer.Ordinal)
        {
            ["days"] = charged.Inputs(ComponentKind.Absence, Symbol.Days).Aggregate(Exact.Zero, (sum, d) => sum + d),
            ["recalc"] = -charged.AmountOf(ComponentKind.Absence),
        };
    }

    private static Dictionary<string, CaseValue> ResidentsByDay(CaseInput input, RulePack pack)
    {
        var norm = input.Number("norm");
        var scene = new Scene(pack).In(MonthOf(input.Whole("month_days"))).Tariff("cold_water", input.Number("tariff"))
            .Norm("cold_water", norm).Room(Area, Service.ColdWater);
        scene.Whose(a => a with
        {
            Residents = [.. input.Numbers("resident_days").Select(d => new Residents(
                0, scene.Month.FirstDay, scene.Month.FirstDay.PlusDays((int)d.Floor() - 1), 1, Temporary: false))],
        });
        var charged = scene.Charge();
        return new(StringComparer.Ordinal)
        {
            ["persons"] = charged.Quantity(ComponentKind.Volume) / norm,
            ["amount"] = charged.Amount,
        };
    }

    private static Dictionary<string, CaseValue> TariffSplit(CaseInput input, RulePack pack)
    {
        var (before, after) = (input.Whole("days_old"), input.Whole("days_new"));
        var scene = new Scene(pack).In(MonthOf(before + after));
        var change = scene.Month.FirstDay.PlusDays(before);
        var charged = scene.Dated(ParameterTable.Tariff, "cold_water", Ever, change.PlusDays(-1), input.Number("t_old"))
            .Dated(ParameterTable.Tariff, "cold_water", change, null, input.Number("t_new"))
            .Room(Area, Service.ColdWater, meter: (Zone.Single, Fixed.Zero, input.Decimal("volume"))).Charge();
        return new(StringComparer.Ordinal) { ["amount"] = charged.Amount };
    }

    internal static BillingPeriod MonthOf(int days) => days switch
    {
        28 => new(2026, 2),
        29 => new(2028, 2),
        30 => new(2026, 9),
        31 => new(2026, 10),
        _ => throw new FormatException($"input: no month has {days} days"),
    };

    private static Dictionary<string, CaseValue> PlannedGas(CaseInput input, RulePack pack) =>
        Supplied(Planned(pack, input.Decimal("annual"), input.Number("coef"), input.Number("price"), actual: null));

    /// <summary>The month as it was billed by plan, and evaluated again with the reading that came late.</summary>
    private static Dictionary<string, CaseValue> LateReadingOfGas(CaseInput input, RulePack pack)
    {
        var (billed, price) = (input.Decimal("billed"), input.Number("price"));
        var before = Planned(pack, billed, Exact.One, price, actual: null).Charge();
        var after = Planned(pack, billed, Exact.One, price, input.Decimal("actual")).Charge();
        return new(StringComparer.Ordinal)
        {
            ["delta"] = after.Quantity(ComponentKind.Supply) - before.Quantity(ComponentKind.Supply),
            ["amount"] = after.Amount - before.Amount,
        };
    }

    private static Scene Planned(RulePack pack, Fixed yearVolume, Exact share, Exact price, Fixed? actual)
    {
        var scene = new Scene(pack).Tariff("gas.supply", price).Tariff("gas.distribution", Exact.Zero)
            .Dated(ParameterTable.GasProfile, "case:10", Ever, null, share)
            .Room(Area, Service.Gas, meter: (Zone.Single, Fixed.Zero, actual ?? Fixed.Zero))
            .Where(p => p with { Gas = [new(Ever, null, "case", yearVolume, Fixed.Zero)] });
        return actual is not null ? scene : scene.With(f => f with
        {
            Readings = f.Readings.ToDictionary(r => r.Key, r => (IReadOnlyList<Reading>)[r.Value[0]]),
        });
    }
}

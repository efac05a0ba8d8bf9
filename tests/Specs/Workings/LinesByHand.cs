using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Workings;

namespace Ochag.Specs.Workings;

/// <summary>Lines written by hand: of formulas that no worked building holds, and of examples reckoned on paper.</summary>
internal static class LinesByHand
{
    private static readonly BillingPeriod March = new(2026, 3);
    private static readonly DateTimeZone Chita = DateTimeZoneProviders.Tzdb["Asia/Chita"];
    private static readonly FactOrigin Origin = new("engineer", Instant.FromUtc(2026, 3, 5, 0, 0), "акт 17");

    /// <summary>1000 roubles of hot water, 12 hours over the limits: 1000 × 12 × 0.15 % = 18.00.</summary>
    public static StoryFacts Break { get; } = Beside();

    /// <summary>The same with other records that the hours come from.</summary>
    public static StoryFacts Beside(params long[] others) => Line(
        Service.HotWater, new(ComponentKind.QualityBreak), Basis.Hours, Unit.Hour, Formula.QualityByHours, tape => others
            .Aggregate(tape, (t, id) => t.From((int)FactKind.QualityEvent, id).In((int)Symbol.Hours, 2L).Discard())
            .In((int)Symbol.Fee, 700L).In((int)Symbol.Fee, 300L).Add()
            .From((int)FactKind.QualityEvent, 7).In((int)Symbol.Hours, 12L).Quantity().Multiply()
            .In((int)Symbol.HourlyRate, Exact.Parse("0.0015")).Multiply().Round().In((int)Symbol.FeeLeft, 1000L).Min().Negate())
        with
        {
            Source = node => node.Source == FactKind.QualityEvent ? Event : null,
        };

    /// <summary>12 m3 for 543.84; two of four persons, their norm 4.5 m3: 4.5 × 543.84 / 12 × 50 % = 101.97.</summary>
    public static StoryFacts Benefit { get; } = Line(
        Service.ColdWater, new(ComponentKind.Benefit), Basis.Meter, Unit.CubicMetre, Formula.Benefit, tape => tape
            .In((int)Symbol.BeneficiaryVolume, 6L).In((int)Symbol.BeneficiaryNorm, Fixed.Parse("4.5")).Min().Quantity()
            .In((int)Symbol.Charge, Fixed.Parse("543.84")).Multiply().In((int)Symbol.Volume, 12L).Divide()
            .From((int)FactKind.Benefit, 3).In((int)Symbol.Percent, 50L).Multiply().In((int)Symbol.Percent, 100L).Divide()
            .Negate().Round());

    /// <summary>145 at the check, 120 sent and 5 by average: 20 m3 × 45.32 = 906.40.</summary>
    public static StoryFacts Check { get; } = Line(
        Service.ColdWater, new(ComponentKind.P61), Basis.Meter, Unit.CubicMetre, Formula.CheckDifference, tape => tape
            .From((int)FactKind.MeterAct, 5).In((int)Symbol.IndexNow, 145L).In((int)Symbol.IndexBefore, 120L).Subtract()
            .In((int)Symbol.AlreadyBilled, 5L).Subtract().Quantity().In((int)Symbol.Tariff, Fixed.Parse("45.32")).Multiply().Round())
        with
        {
            Acts = [new(new(5, new(1), Service.ColdWater, MeterActKind.Difference, new(2026, 3, 17)), Origin, null)],
        };

    /// <summary>4 m3 at 37.15 are 148.60; one and a half times as much is 222.90.</summary>
    public static StoryFacts Excess { get; } = Line(
        Service.ColdWater, new(ComponentKind.Excess), Basis.Norm, Unit.CubicMetre, Formula.RaisingFactor, tape => tape
            .In((int)Symbol.Residents, 1L).In((int)Symbol.Norm, 4L).Multiply().In((int)Symbol.Tariff, Fixed.Parse("37.15")).Multiply()
            .In((int)Symbol.RaisingFactor, Fixed.Parse("1.5")).Multiply().Round()
            .In((int)Symbol.Residents, 1L).In((int)Symbol.Norm, 4L).Multiply().In((int)Symbol.Tariff, Fixed.Parse("37.15")).Multiply()
            .Round().Subtract());

    /// <summary>The rooms showed 5 Gcal and the building 4: half of the surplus of one comes off half of the area.</summary>
    public static StoryFacts HeatOver { get; } = Line(
        Service.Heating, new(ComponentKind.Heat), Basis.BuildingShare, Unit.Gigacalorie, Formula.HeatingByBuildingMeter, tape => tape
            .In((int)Symbol.RoomVolume, 2L).Name((int)Symbol.RoomVolume).In((int)Symbol.Area, 50L)
            .In((int)Symbol.BuildingVolume, 4L).In((int)Symbol.IndividualVolume, 5L).Subtract().Multiply()
            .In((int)Symbol.AreaOfAllRooms, 100L).Divide().Name((int)Symbol.CommonVolume).Add().Quantity()
            .In((int)Symbol.Tariff, 2500L).Multiply().Round());

    public static MeterRecord Meter(string serial, DayInterval verified, LocalDate? failed) => new(
        new(1), serial, Service.ColdWater, 5, Fixed.Parse("1"), [Zone.Single], new(2020, 1, 1), null, [verified],
        failed is { } day ? [new(day, null)] : []);

    public static IReadOnlyList<StoryFacts> All { get; } =
    [
        Check,
        Break,
        Benefit,
        Excess,
        HeatOver,
        Line(
            Service.Electricity, new(ComponentKind.Energy), Basis.Meter, Unit.KilowattHour, Formula.ElectricityRanges, tape => tape
                .In((int)Symbol.IndexNow, 500L).In((int)Symbol.IndexBefore, 300L).Subtract().Quantity()
                .In((int)Symbol.RangeVolume, 150L).In((int)Symbol.Tariff, 4L).Multiply()
                .In((int)Symbol.RangeVolume, 50L).In((int)Symbol.Tariff, 6L).Multiply().Add()
                .In((int)Symbol.Volume, 200L).Divide().Multiply().Round()),
        Line(
            Service.Heating, new(ComponentKind.Heat), Basis.BuildingShare, Unit.Gigacalorie, Formula.HeatingAllYear, tape => tape
                .In((int)Symbol.Area, 50L).In((int)Symbol.YearVolume, 240L).In((int)Symbol.Months, 12L).Divide()
                .Name((int)Symbol.BuildingVolume).Multiply().In((int)Symbol.AreaOfAllRooms, 1000L).In((int)Symbol.OwnSourceArea, 0L)
                .Subtract().In((int)Symbol.CommonArea, 0L).Add().Divide().Name((int)Symbol.RoomVolume).In((int)Symbol.Area, 50L)
                .In((int)Symbol.BuildingVolume, 20L).In((int)Symbol.IndividualVolume, 20L).Subtract().Multiply()
                .In((int)Symbol.AreaOfAllRooms, 1000L).Divide().Name((int)Symbol.CommonVolume).Add().Quantity()
                .In((int)Symbol.Tariff, 2500L).Multiply().Round()),
        TrueUp(30_000),
        TrueUp(33_000),
        Line(
            Service.HotWater, new(ComponentKind.QualityPlannedOver), Basis.Hours, Unit.Hour, Formula.QualityByHours, tape => tape
                .In((int)Symbol.Fee, 1000L).In((int)Symbol.Hours, 800L).Quantity().Multiply()
                .In((int)Symbol.HourlyRate, Exact.Parse("0.0015")).Multiply().Round().In((int)Symbol.FeeLeft, 900L).Min().Negate()),
        Line(
            Service.ColdWater, new(ComponentKind.Volume), Basis.CalculatedP43, Unit.CubicMetre, Formula.VolumeByTariff, tape => tape
                .During(1, 31).From((int)FactKind.ContractLoad, 4).In((int)Symbol.Load, Fixed.Parse("0.25"))
                .In((int)Symbol.HoursPerDay, 8L).Multiply().In((int)Symbol.Days, 31L).Multiply().Quantity()
                .In((int)Symbol.Tariff, Fixed.Parse("37.15")).Multiply().Round())
            with
        {
            Source = node => node.Source == FactKind.ContractLoad
                ? new RecordedLoad(
                    new(1), new(4, "17/Т", Service.ColdWater, Exact.Parse("0.25"), Exact.Of(8), new(2026, 1, 1), null), Origin)
                : null,
        },
    ];

    public static PostedLine Posted(ChargeLine line, BillingPeriod month) => new(
        new(month, line.Account, new(1), 1), month, line.Service, line.Component, line.Basis,
            new(line.Quantity.Round(Fixed.Places)), line.Unit, line.Amount, new(line.VatRate.Round(Fixed.Places)), line.Vat, line.VatOnTop);

    private static RecordedQuality Event { get; } = new(
        new(1),
        new(7, Service.HotWater, null, Instant.FromUtc(2026, 3, 2, 23, 0), Instant.FromUtc(2026, 3, 3, 15, 0), QualityKind.Break,
            Planned: false, DeadEndMain: false, null, []),
        Origin,
        null);

    private static StoryFacts TrueUp(long charged) => Line(
        Service.Heating, new(ComponentKind.TrueUp), Basis.BuildingShare, Unit.Gigacalorie, Formula.HeatingTrueUp, tape => tape
            .In((int)Symbol.BuildingVolume, 250L).In((int)Symbol.Tariff, 2500L).Multiply()
            .In((int)Symbol.Area, 50L).In((int)Symbol.AreaOfAllRooms, 1000L).Divide().Multiply().Name((int)Symbol.ActualSum)
            .In((int)Symbol.Charged, charged).Subtract().Round());

    private static StoryFacts Line(
        Service service, Component component, Basis basis, Unit unit, Formula formula, Action<Tape> put)
    {
        var tape = new Tape();
        put(tape);
        var (amount, quantity) = (Money.Round(tape.Top, Currency.Rub), tape.QuantitySum);
        var line = new ChargeLine(
            new(1), service, component, Bases.Of(basis), quantity, unit, amount, Exact.Of(22), Money.Zero(Currency.Rub), VatOnTop: false,
            tape.Finish((int)formula));
        return new(Posted(line, March), WorkingNode.Of(Working.Read(line.Working)), formula, Currency.Rub, Chita);
    }
}

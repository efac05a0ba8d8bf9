using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>A line that a stop shows: of which month, and what it is known by.</summary>
internal sealed record TourLine(
    Func<TourMonths, BillingPeriod> Month, Service Service, ComponentKind Kind, Basis? Basis = null, ComponentKind? Part = null)
{
    public bool Is(PostedLine line, TourMonths months) => line.Period == Month(months) && line.Service == Service
        && line.Component == new Component(Kind, Part) && (Basis is not { } basis || line.Basis.Each().Contains(basis));
}

/// <summary>One oddity: a house of its own, the flat to look at and the lines that show it.</summary>
/// <param name="Key">Of the house's external id and of the texts ("tour.expired.title").</param>
/// <param name="Theme">The part of the tour it stands in.</param>
/// <param name="Build">Tells the house.</param>
/// <param name="Lines">None: the account's page itself shows it.</param>
internal sealed record TourStop(string Key, string Theme, Action<TourHouse> Build, string Flat, IReadOnlyList<TourLine> Lines)
{
    private const string Prefix = "demo:tour:";

    public string ExternalId => Prefix + Key;
}

/// <summary>The tour: every stop, in the order in which it is walked.</summary>
internal static class TourStops
{
    private const Service Cold = Service.ColdWater;
    private const Service Hot = Service.HotWater;

    public static readonly IReadOnlyList<TourStop> All =
    [
        Stop("expired", "meters", MeterHouses.ExpiredVerification,
            new(m => m.Back(2), Cold, ComponentKind.Volume, Basis.Average), new(m => m.Last, Cold, ComponentKind.Volume, Basis.Norm),
            new(m => m.Last, Cold, ComponentKind.Excess)),
        Stop("replaced", "meters", MeterHouses.ReplacedMeter, new TourLine(m => m.Last, Cold, ComponentKind.Volume, Basis.Meter)),
        Stop("late", "meters", MeterHouses.LateReading,
            new(m => m.Back(1), Cold, ComponentKind.Volume, Basis.Average), new(m => m.Last, Cold, ComponentKind.Volume, Basis.Meter)),
        Stop("refused", "meters", MeterHouses.RefusedAccess,
            new(m => m.Back(1), Cold, ComponentKind.Volume, Basis.Average), new(m => m.Last, Cold, ComponentKind.Volume, Basis.Norm),
            new(m => m.Last, Cold, ComponentKind.Excess)),
        Stop("check", "meters", MeterHouses.CheckDifference,
            new(m => m.Last, Cold, ComponentKind.P61), new(m => m.Last, Cold, ComponentKind.Volume, Basis.Meter)),
        Stop("interference", "meters", MeterHouses.Interference,
            new(m => m.Last, Cold, ComponentKind.P62, Basis.Norm), new(m => m.Last, Cold, ComponentKind.P62Current, Basis.Norm)),

        Stop("heat-meter", "house", BuildingHouses.FailedHeatMeter,
            new(m => m.HeatedBefore, Service.Heating, ComponentKind.Heat, Basis.Average),
            new(m => m.Heated, Service.Heating, ComponentKind.Heat, Basis.Norm)),
        Stop("part-metered", "house", BuildingHouses.PartMetered,
            new TourLine(m => m.Heated, Service.Heating, ComponentKind.Heat, Basis.BuildingShare)) with { Flat = "2" },
        Stop("negative", "house", BuildingHouses.NegativeCommonNeeds,
            new(m => m.Last, Cold, ComponentKind.CommonNegative), new(m => m.Back(1), Cold, ComponentKind.Common)),
        Stop("tariff", "house", BuildingHouses.MidMonthTariff,
            new TourLine(m => m.Last, Service.Drainage, ComponentKind.Volume, Basis.Meter)),

        Stop("absent", "people", PeopleHouses.AbsentFamily,
            new(m => m.Last, Cold, ComponentKind.Absence),
            new(m => m.Last, Hot, ComponentKind.Absence, Part: ComponentKind.Heat)),
        Stop("temporary", "people", PeopleHouses.TemporaryResidents, new TourLine(m => m.Last, Cold, ComponentKind.Volume, Basis.Norm)),
        Stop("beneficiary", "people", PeopleHouses.Beneficiary,
            new(m => m.Last, Cold, ComponentKind.Benefit), new(m => m.Last, Hot, ComponentKind.Benefit)),

        Stop("break", "quality", QualityHouses.Breaks, new TourLine(m => m.Last, Cold, ComponentKind.QualityBreak)),
        Stop("cold-tap", "quality", QualityHouses.ColdTap,
            new(m => m.Last, Hot, ComponentKind.QualityTemperature), new(m => m.Last, Hot, ComponentKind.QualityCold)),
        Stop("planned", "quality", QualityHouses.PlannedStop, new TourLine(m => m.Last, Hot, ComponentKind.QualityPlanned)),

        Stop("company", "payers", PeopleHouses.Company,
            new TourLine(m => m.Last, Cold, ComponentKind.Volume, Basis.CalculatedP43)) with { Flat = "пом. 1" },
        Stop("holders", "payers", PeopleHouses.TwoHolders),
        Stop("debtor", "payers", PeopleHouses.Debtor),
    ];

    private static TourStop Stop(string key, string theme, Action<TourHouse> build, params TourLine[] lines) =>
        new(key, theme, build, "1", lines);
}

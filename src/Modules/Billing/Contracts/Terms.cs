namespace Ochag.Billing.Contracts;

/// <summary>What a line charges for within its service. The numbers are stored: never renumber.</summary>
public enum ComponentKind : short
{
    /// <summary>The volume of water, drainage.</summary>
    Volume = 1,
    Carrier = 2,
    Heat = 3,

    /// <summary>Electricity of a meter with one register.</summary>
    Energy = 4,
    Day = 5,
    Night = 6,
    Peak = 7,
    HalfPeak = 8,

    /// <summary>Gas itself.</summary>
    Supply = 9,

    /// <summary>The part that the raising factor adds (p.42).</summary>
    Excess = 10,

    /// <summary>Common-house needs.</summary>
    Common = 11,

    /// <summary>The negative difference of p.47.</summary>
    CommonNegative = 12,

    /// <summary>Temporary absence (p.86).</summary>
    Absence = 13,

    /// <summary>Carriage of gas to the house, by the yearly volume (Code of gas distribution systems, IX).</summary>
    Distribution = 14,

    /// <summary>The difference that a check of the readings found (p.61).</summary>
    P61 = 15,

    /// <summary>Interference or unauthorised connection: the days before the month of the act (p.62).</summary>
    P62 = 16,

    /// <summary>The same in the month of the act.</summary>
    P62Current = 17,

    /// <summary>Last year's heating by the building's meter less what was charged for it (p.42(1)).</summary>
    TrueUp = 18,

    /// <summary>Hours without the service beyond the limits (Annex 1).</summary>
    QualityBreak = 20,

    /// <summary>The volume that a planned stop did not bring (p.99, 100).</summary>
    QualityPlanned = 21,

    /// <summary>Hours of a planned stop beyond its days.</summary>
    QualityPlannedOver = 22,

    QualityComposition = 23,
    QualityPressure = 24,

    /// <summary>Pressure off by more than a quarter: paid by days.</summary>
    QualityPressureOver = 25,

    QualityTemperature = 26,

    /// <summary>Hot water below 40 degrees: paid as cold.</summary>
    QualityCold = 27,

    /// <summary>A benefit in kind of the beneficiary's share within the norm.</summary>
    Benefit = 28,
}

/// <summary>
/// A line's component: a kind and, where a service has several main components, the one it belongs to
/// ("excess.carrier").
/// </summary>
public readonly record struct Component(ComponentKind Kind, ComponentKind? Part = null)
{
    /// <summary>The stored form: kind * 100 + part.</summary>
    public short Code => (short)((short)Kind * 100 + (Part is { } part ? (short)part : 0));

    public static Component FromCode(short code) => new(
        (ComponentKind)(code / 100), code % 100 == 0 ? null : (ComponentKind)(code % 100));

    public bool IsMain => Part is null && Kind is < ComponentKind.Excess or ComponentKind.Distribution;

    public override string ToString() => Part is { } part ? $"{Name(Kind)}.{Name(part)}" : Name(Kind);

    private static string Name(ComponentKind kind) => kind switch
    {
        ComponentKind.Volume => "volume",
        ComponentKind.Carrier => "carrier",
        ComponentKind.Heat => "heat",
        ComponentKind.Energy => "energy",
        ComponentKind.Day => "day",
        ComponentKind.Night => "night",
        ComponentKind.Peak => "peak",
        ComponentKind.HalfPeak => "half_peak",
        ComponentKind.Excess => "excess",
        ComponentKind.Common => "common",
        ComponentKind.CommonNegative => "common_negative",
        ComponentKind.Supply => "supply",
        ComponentKind.Absence => "absence",
        ComponentKind.Distribution => "distribution",
        ComponentKind.P61 => "p61",
        ComponentKind.P62 => "p62",
        ComponentKind.P62Current => "p62_current",
        ComponentKind.TrueUp => "true_up",
        ComponentKind.QualityBreak => "quality.break",
        ComponentKind.QualityPlanned => "quality.planned",
        ComponentKind.QualityPlannedOver => "quality.planned_over",
        ComponentKind.QualityComposition => "quality.composition",
        ComponentKind.QualityPressure => "quality.pressure",
        ComponentKind.QualityPressureOver => "quality.pressure_over",
        ComponentKind.QualityTemperature => "quality.temperature",
        ComponentKind.QualityCold => "quality.cold",
        ComponentKind.Benefit => "benefit",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A component without a name."),
    };
}

/// <summary>What a volume rests on. Stored in <see cref="Bases"/>: at most 15, never renumber.</summary>
public enum Basis : byte
{
    Meter = 1,
    Average = 2,
    Norm = 3,
    BuildingShare = 4,

    /// <summary>The planned monthly volume of gas: the year's volume by the profile of the group.</summary>
    Planned = 5,

    /// <summary>By the power of an unauthorised connection (p.62).</summary>
    Calculated = 6,

    /// <summary>By the load of a company's contract (p.43).</summary>
    CalculatedP43 = 7,

    Hours = 8,
}

/// <summary>The bases of a line in the order of their days, at most three: "average+norm".</summary>
public readonly record struct Bases(short Packed)
{
    public static Bases Of(Basis basis) => new((short)basis);

    public Bases With(Basis basis)
    {
        for (var rest = (int)Packed; rest != 0; rest >>= 4)
        {
            if ((rest & 15) == (int)basis)
                return this;
        }

        var shift = Packed == 0 ? 0 : Packed < 16 ? 4 : Packed < 256 ? 8 : 12;
        return new((short)((ushort)Packed | (int)basis << shift));
    }

    public IEnumerable<Basis> Each()
    {
        for (var rest = (int)Packed; rest != 0; rest >>= 4)
            yield return (Basis)(rest & 15);
    }

    public override string ToString() => string.Join('+', Each().Select(b => b switch
    {
        Basis.Meter => "meter",
        Basis.Average => "average",
        Basis.Norm => "norm",
        Basis.BuildingShare => "building_share",
        Basis.Planned => "planned",
        Basis.Calculated => "calculated",
        Basis.CalculatedP43 => "calculated_p43",
        Basis.Hours => "hours",
        _ => throw new InvalidOperationException($"A basis without a name: {b}."),
    }));
}

/// <summary>Unit of a line's quantity. Stored: never renumber.</summary>
public enum Unit : short
{
    CubicMetre = 1,
    Gigacalorie = 2,
    KilowattHour = 3,
    Hour = 4,
}

/// <summary>The formula of a line; its paragraph and texts are data of the rule pack. Stored in workings: never renumber.</summary>
public enum Formula
{
    /// <summary>Volume by meter, average or norm times the tariff, day by day.</summary>
    VolumeByTariff = 1,

    /// <summary>The heat component of hot water: volume times q times the tariff of heat.</summary>
    HotWaterHeat = 2,

    /// <summary>Heating by norm and area.</summary>
    HeatingByNorm = 3,

    /// <summary>Heating by the building's meter, shared by area.</summary>
    HeatingByBuildingMeter = 4,

    /// <summary>What the raising factor adds.</summary>
    RaisingFactor = 5,

    /// <summary>Common-house needs by the building's meter.</summary>
    CommonByMeter = 6,

    /// <summary>Common-house needs by norm.</summary>
    CommonByNorm = 7,

    /// <summary>The negative difference that lowers a volume.</summary>
    CommonNegative = 8,

    /// <summary>Temporary absence.</summary>
    Absence = 9,

    /// <summary>Gas by meter, average, planned volume or norm.</summary>
    GasByTariff = 10,

    /// <summary>A twelfth of the yearly volume times the tariff of carriage.</summary>
    GasDistribution = 11,

    /// <summary>Electricity whose price rises with the volume of the month.</summary>
    ElectricityRanges = 12,

    /// <summary>A twelfth of last year's volume of the building's meter, shared by area.</summary>
    HeatingAllYear = 13,

    HeatingTrueUp = 14,

    /// <summary>The difference of p.61.</summary>
    CheckDifference = 15,

    /// <summary>Ten norms of p.62.</summary>
    Interference = 16,

    /// <summary>Power by hours of p.62.</summary>
    UnauthorisedPower = 17,

    /// <summary>A part of the fee for each hour: breaks, pressure, temperature.</summary>
    QualityByHours = 18,

    /// <summary>The fee's share of the bad hours (p.101).</summary>
    QualityByShare = 19,

    /// <summary>The volume that was not brought (p.100).</summary>
    NotSupplied = 20,

    Benefit = 21,
}

/// <summary>The symbol of a number in a working. Stored: never renumber.</summary>
public enum Symbol
{
    Residents = 1,
    Norm = 2,
    Tariff = 3,
    HeatPerCubicMetre = 4,
    Area = 5,
    AreaOfAllRooms = 6,
    CommonArea = 7,
    OwnSourceArea = 8,
    BuildingVolume = 9,
    IndividualVolume = 10,
    RaisingFactor = 11,
    Days = 12,
    DaysInAll = 13,
    IndexNow = 14,
    IndexBefore = 15,
    Multiplier = 16,
    Dial = 17,
    AlreadyBilled = 18,
    MonthVolume = 19,
    Months = 20,
    CreditLimit = 21,
    YearShare = 22,
    RoomVolume = 23,
    CommonVolume = 24,
    Volume = 25,
    VolumeTakenOff = 26,
    Absent = 27,
    HouseVolume = 28,

    /// <summary>Heated days times degrees between the room and the street.</summary>
    DegreeDays = 29,

    Hours = 30,
    HoursInAll = 31,

    /// <summary>The rounded sum of the lines that a reduction is taken of.</summary>
    Fee = 32,

    /// <summary>The part of the fee for one hour.</summary>
    HourlyRate = 33,

    /// <summary>Hours times the degrees (heating) or steps of three degrees (hot water) beyond what is allowed.</summary>
    DegreeHours = 34,

    /// <summary>What earlier reductions left of the fee.</summary>
    FeeLeft = 35,

    YearVolume = 36,

    /// <summary>The month's share of the year in the group's profile.</summary>
    ProfileShare = 37,

    /// <summary>Load of a contract or of an unauthorised connection per hour.</summary>
    Load = 38,

    HoursPerDay = 39,

    /// <summary>How many norms an interference costs.</summary>
    InterferenceFactor = 40,

    /// <summary>The part of the month's volume that lies in one range of prices.</summary>
    RangeVolume = 41,

    /// <summary>Heating of last year by the meter.</summary>
    ActualSum = 42,

    Charged = 43,
    Beneficiaries = 44,

    /// <summary>The beneficiaries' part of the volume.</summary>
    BeneficiaryVolume = 45,

    /// <summary>The norm of the beneficiaries.</summary>
    BeneficiaryNorm = 46,

    Percent = 47,
    Reduction = 48,

    /// <summary>The charge of the individual volume, unrounded.</summary>
    Charge = 49,

    /// <summary>Heat of the rooms that have a meter of their own.</summary>
    MeteredVolume = 50,

    /// <summary>The area of those rooms.</summary>
    MeteredArea = 51,

    /// <summary>What the premises used beyond the building's meter (p.47).</summary>
    Surplus = 52,

    /// <summary>Mean persons of the whole building.</summary>
    AllResidents = 53,
}

/// <summary>The kind of a stored fact that a number of a working comes from. Stored: never renumber.</summary>
public enum FactKind
{
    Reading = 1,
    Residents = 2,
    Parameter = 3,
    QualityEvent = 4,
    MeterAct = 5,
    Benefit = 6,
    ContractLoad = 7,
}

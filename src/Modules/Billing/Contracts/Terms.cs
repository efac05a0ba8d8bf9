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

    /// <summary>The part that the raising factor adds (p.42).</summary>
    Excess = 10,

    /// <summary>Common-house needs.</summary>
    Common = 11,

    /// <summary>The negative difference of p.47.</summary>
    CommonNegative = 12,

    /// <summary>Temporary absence (p.86).</summary>
    Absence = 13,
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

    public bool IsMain => Part is null && Kind < ComponentKind.Excess;

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
        ComponentKind.Absence => "absence",
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
        _ => throw new InvalidOperationException($"A basis without a name: {b}."),
    }));
}

/// <summary>Unit of a line's quantity. Stored: never renumber.</summary>
public enum Unit : short
{
    CubicMetre = 1,
    Gigacalorie = 2,
    KilowattHour = 3,
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
}

/// <summary>The kind of a stored fact that a number of a working comes from. Stored: never renumber.</summary>
public enum FactKind
{
    Reading = 1,
    Residents = 2,
    Parameter = 3,
}

using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>
/// A building as the registry knows it: everything of it that a charge may depend on, each fact with the days on which
/// it holds. Interval ends are inclusive unless the remark says half-open.
/// </summary>
public sealed record BuildingRecord(
    BuildingId Id,
    IReadOnlyList<BuildingPassport> Passports,
    IReadOnlyList<CommonNeeds> CommonNeeds,
    IReadOnlyList<PremisesRecord> Premises,
    IReadOnlyList<AccountRecord> Accounts,
    IReadOnlyList<MeterRecord> Meters);

/// <param name="From">First day.</param>
/// <param name="To">Last day; null: open.</param>
/// <param name="CommonArea">Area of the common property rooms, m2 (Soi).</param>
/// <param name="HotWaterSystem">Kind of the hot-water system: the key of q, Gcal per m3.</param>
/// <param name="ElectricitySources">Independent sources of supply, 1 or 2: they set the length of an allowed break.</param>
/// <param name="HeatMeterPossible">A building heat meter could and must stand but does not (rules.md 1.3).</param>
public sealed record BuildingPassport(
    LocalDate From, LocalDate? To, Fixed CommonArea, string HotWaterSystem, int ElectricitySources, bool HeatMeterPossible);

/// <param name="Capped">p.44: not above the norm; false: a meeting decided to spread the rest.</param>
public sealed record CommonNeeds(LocalDate From, LocalDate? To, Service Service, CommonNeedsMode Mode, bool Capped);

public sealed record PremisesRecord(
    PremisesId Id, IReadOnlyList<PremisesPassport> Passports, IReadOnlyList<MeterRecord> Meters)
{
    /// <summary>Norms of its own kind of equipment; a service without a choice takes the norm of its own name.</summary>
    public IReadOnlyList<NormChoice> Norms { get; init; } = [];

    public IReadOnlyList<GasSupply> Gas { get; init; } = [];
}

/// <summary>A norm that a premises' volumes follow; several of one service (cooking and heating by gas) are added.</summary>
public sealed record NormChoice(LocalDate From, LocalDate? To, Service Service, string Key);

/// <summary>What a gas consumer's planned volume and carriage rest on (Code of gas distribution systems, IX).</summary>
/// <param name="Group">Of the profile: how the year lies on its months.</param>
/// <param name="YearVolume">Mean yearly volume, m3.</param>
/// <param name="DistributionYearVolume">Volume of the last gas year, m3.</param>
public sealed record GasSupply(LocalDate From, LocalDate? To, string Group, Fixed YearVolume, Fixed DistributionYearVolume);

/// <param name="Area">Total area, m2.</param>
/// <param name="OwnHeatSource">Heated by its own source by the technical documents (Sind).</param>
/// <param name="ColdMeterPossible">A cold-water meter could technically stand (p.42: raising factor without one).</param>
/// <param name="HotMeterPossible">The same for hot water.</param>
public sealed record PremisesPassport(
    LocalDate From,
    LocalDate? To,
    PremisesKind Kind,
    Fixed Area,
    bool OwnHeatSource,
    bool ColdMeterPossible,
    bool HotMeterPossible)
{
    /// <summary>Heated part of the area, m2: no charge rests on it; null: nobody has told.</summary>
    public Fixed? HeatedArea { get; init; }

    public int? Rooms { get; init; }
}

/// <param name="Opened">First day of the account.</param>
/// <param name="Closed">Half-open: that day belongs to the next account. Null: open.</param>
/// <param name="Owners">Counted as residents where nobody is registered (p.56(2)).</param>
public sealed record AccountRecord(
    AccountId Id,
    PremisesId Premises,
    LocalDate Opened,
    LocalDate? Closed,
    HolderKind HolderKind,
    int Owners,
    IReadOnlyList<Residents> Residents,
    IReadOnlyList<Connection> Connections,
    IReadOnlyList<HolderShare> Holders);

/// <param name="Fact">Id of the fact, for the working.</param>
/// <param name="Temporary">Temporarily staying: counts when longer than five days (p.56).</param>
public sealed record Residents(long Fact, LocalDate From, LocalDate? To, int Count, bool Temporary);

public sealed record Connection(Service Service, LocalDate From, LocalDate? To);

/// <summary>A holder's share of the account, Numerator/Denominator.</summary>
public sealed record HolderShare(HolderId Holder, int Numerator, int Denominator);

/// <param name="Digits">Whole digits of the dial: an index rolls over at 10^Digits.</param>
/// <param name="Multiplier">Of the transformers; 1 without.</param>
/// <param name="Installed">First day.</param>
/// <param name="Removed">Half-open: that day belongs to the next meter. Null: still there.</param>
/// <param name="Verifications">Days on which a verification is in force; none recorded: taken as verified.</param>
/// <param name="Failures">Days on which the meter was out of order.</param>
public sealed record MeterRecord(
    MeterId Id,
    string Serial,
    Service Service,
    int Digits,
    Fixed Multiplier,
    IReadOnlyList<Zone> Zones,
    LocalDate Installed,
    LocalDate? Removed,
    IReadOnlyList<DayInterval> Verifications,
    IReadOnlyList<DayInterval> Failures)
{
    /// <summary>Where the dial starts again from zero.</summary>
    public long DialSize => DialSizeOf(Digits);

    /// <summary>10^<paramref name="digits"/>.</summary>
    public static long DialSizeOf(int digits) => digits is > 0 and < 19
        ? Enumerable.Repeat(10L, digits).Aggregate((a, b) => a * b)
        : throw new InvalidOperationException($"A dial has 1 to 18 digits, not {digits}.");
}

/// <summary>Days from <paramref name="From"/> to <paramref name="To"/>, both inclusive; null: open.</summary>
public readonly record struct DayInterval(LocalDate From, LocalDate? To)
{
    public bool Contains(LocalDate day) => From <= day && (To is null || day <= To);
}

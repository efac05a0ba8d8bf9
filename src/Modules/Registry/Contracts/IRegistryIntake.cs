using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

public sealed record TerritoryDraft(
    string Code, string Name, string TimeZone, string RulePack, Currency Currency, BillingPeriod BilledSince, string Supplier);

/// <summary>A house as a register describes it.</summary>
public sealed record HouseDraft(
    string Address,
    string? ExternalId,
    int? YearBuilt = null,
    int? Floors = null,
    int? LatitudeMicro = null,
    int? LongitudeMicro = null,
    int? Flats = null,
    Fixed? LivingArea = null,
    Fixed? CommonArea = null,
    string? Doubt = null);

public sealed record HouseRecord(BuildingId Id, string Address, int? YearBuilt, int? Floors, int? Flats, Fixed? LivingArea,
    Fixed? CommonArea);

/// <summary>Everything inside one building, to be taken in at once.</summary>
public sealed record BuildingDraft(
    BuildingId Building,
    IReadOnlyList<BuildingPassport> Passports,
    IReadOnlyList<CommonNeeds> CommonNeeds,
    IReadOnlyList<PremisesDraft> Premises,
    IReadOnlyList<MeterDraft> Meters);

public sealed record PremisesDraft(
    string Number,
    IReadOnlyList<PremisesPassport> Passports,
    IReadOnlyList<MeterDraft> Meters,
    IReadOnlyList<AccountDraft> Accounts)
{
    public IReadOnlyList<NormChoice> Norms { get; init; } = [];
    public IReadOnlyList<GasSupply> Gas { get; init; } = [];
}

/// <param name="Closed">Half-open: that day belongs to the next account.</param>
public sealed record AccountDraft(
    string Number,
    LocalDate Opened,
    LocalDate? Closed,
    HolderKind HolderKind,
    int Owners,
    IReadOnlyList<HolderDraft> Holders,
    IReadOnlyList<Residents> Residents,
    IReadOnlyList<Connection> Connections);

/// <summary>A holder with his share, Numerator/Denominator.</summary>
public sealed record HolderDraft(string Name, string? Phone = null, string? Email = null, int Numerator = 1, int Denominator = 1);

/// <param name="Removed">Half-open: that day belongs to the next meter.</param>
public sealed record MeterDraft(
    Service Service,
    string Serial,
    int Digits,
    Fixed Multiplier,
    IReadOnlyList<Zone> Zones,
    LocalDate Installed,
    LocalDate? Removed,
    IReadOnlyList<DayInterval> Verifications,
    IReadOnlyList<DayInterval> Failures);

/// <summary>What a draft became.</summary>
public sealed record PlacedBuilding(
    BuildingId Building,
    IReadOnlyList<(MeterDraft Draft, MeterId Id, PremisesId? Premises)> Meters,
    IReadOnlyList<(AccountDraft Draft, AccountId Id, PremisesId Premises)> Accounts);

/// <summary>How the registry is filled.</summary>
public interface IRegistryIntake
{
    /// <summary>
    /// Refused with <c>registry.territory-exists</c>, <c>registry.territory-code-wrong</c>,
    /// <c>registry.territory-name-wrong</c> or <c>registry.time-zone-unknown</c>.
    /// </summary>
    Task<Outcome<TerritoryRecord>> AddTerritory(TerritoryDraft draft, CancellationToken cancel);

    /// <summary>Houses without an external id are added; with a known one they stay as they are.</summary>
    Task<IReadOnlyList<BuildingId>> AddHouses(TerritoryId territory, IReadOnlyList<HouseDraft> houses, CancellationToken cancel);

    /// <summary>Houses that have flats by their register and no premises yet, in the order of their ids.</summary>
    Task<IReadOnlyList<HouseRecord>> ListEmptyHouses(TerritoryId territory, CancellationToken cancel);

    /// <summary>Takes in buildings with all that is inside, in the caller's transaction.</summary>
    Task<IReadOnlyList<PlacedBuilding>> Fill(
        IReadOnlyList<BuildingDraft> buildings, string by, string evidence, CancellationToken cancel);
}

using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

public sealed record TerritoryRecord(
    TerritoryId Id,
    string Code,
    string Name,
    DateTimeZone TimeZone,
    string RulePack,
    Currency Currency,
    BillingPeriod BilledSince);

/// <summary>Where an account lies. <paramref name="Elsewhere"/>: in another territory than the one asked about.</summary>
public sealed record AccountPlace(AccountId Id, PremisesId Premises, BuildingId Building, bool Elsewhere);

/// <summary>A building with how many accounts it ever had.</summary>
public sealed record InhabitedBuilding(BuildingId Id, int Accounts);

/// <summary>A meter and where it stands; <paramref name="Premises"/> null: a meter of the whole building.</summary>
public sealed record MeterPlace(
    MeterId Id, string Serial, Service Service, int Digits, IReadOnlyList<Zone> Zones, BuildingId Building, PremisesId? Premises);

/// <summary>What other modules may ask of the registry.</summary>
public interface IRegistry
{
    Task<IReadOnlyList<TerritoryRecord>> ListTerritories(CancellationToken cancel);

    /// <summary>By its short name; refused with <c>registry.territory-unknown</c>.</summary>
    Task<Outcome<TerritoryRecord>> FindTerritory(string code, CancellationToken cancel);

    /// <summary>Who supplies a territory, all services of it: one as a rule.</summary>
    Task<IReadOnlyList<string>> SuppliersOf(TerritoryId territory, CancellationToken cancel);

    /// <summary>All buildings of a territory, in the order in which they are billed.</summary>
    Task<IReadOnlyList<BuildingId>> ListBuildings(TerritoryId territory, CancellationToken cancel);

    /// <summary>The buildings of a territory where there ever were accounts, in the order in which they are billed.</summary>
    Task<IReadOnlyList<InhabitedBuilding>> ListInhabited(TerritoryId territory, CancellationToken cancel);

    /// <summary>How many accounts there ever were in each territory that has any.</summary>
    Task<IReadOnlyDictionary<TerritoryId, int>> CountAccounts(CancellationToken cancel);

    /// <summary>Everything known now of the buildings, in the order asked; unknown ids are absent.</summary>
    Task<IReadOnlyList<BuildingRecord>> ReadBuildings(IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel);

    /// <summary>Accounts by their numbers; unknown ones are absent.</summary>
    Task<IReadOnlyDictionary<string, AccountPlace>> FindAccounts(
        TerritoryId territory, IEnumerable<string> numbers, CancellationToken cancel);

    /// <summary>Meters of a territory by their serial numbers: several may bear the same.</summary>
    Task<ILookup<string, MeterPlace>> FindMeters(TerritoryId territory, IEnumerable<string> serials, CancellationToken cancel);
}

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

/// <summary>What other modules may ask of the registry.</summary>
public interface IRegistry
{
    Task<IReadOnlyList<TerritoryRecord>> ListTerritories(CancellationToken cancel);

    /// <summary>By its short name; refused with <c>registry.territory-unknown</c>.</summary>
    Task<Outcome<TerritoryRecord>> FindTerritory(string code, CancellationToken cancel);

    /// <summary>All buildings of a territory, in the order in which they are billed.</summary>
    Task<IReadOnlyList<BuildingId>> ListBuildings(TerritoryId territory, CancellationToken cancel);

    /// <summary>How many accounts there ever were in each territory that has any.</summary>
    Task<IReadOnlyDictionary<TerritoryId, int>> CountAccounts(CancellationToken cancel);

    /// <summary>Everything known now of the buildings, in the order asked; unknown ids are absent.</summary>
    Task<IReadOnlyList<BuildingRecord>> ReadBuildings(IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel);
}

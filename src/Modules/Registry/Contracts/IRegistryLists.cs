using NodaTime;
using Ochag.Foundation;

namespace Ochag.Registry.Contracts;

/// <summary>A part of a long list, and whether it goes on after it.</summary>
public sealed record Slice<T>(IReadOnlyList<T> Items, bool GoesOn);

/// <summary>A building as a list shows it.</summary>
public sealed record BuildingLine(
    BuildingId Id, TerritoryId Territory, string Address, string? ExternalId, int? YearBuilt, int? Floors, int? FlatsDeclared);

/// <summary>A room or flat with its passport of the last known day; null: it has none.</summary>
public sealed record RoomLine(PremisesId Id, BuildingId Building, string Number, PremisesPassport? Passport);

/// <summary>An account without its people. <paramref name="LastDay"/> null: it is open.</summary>
public sealed record AccountLine(
    AccountId Id, string Number, TerritoryId Territory, BuildingId Building, PremisesId Premises, string PremisesNumber,
    LocalDate? Opened, LocalDate? LastDay);

/// <summary>Which accounts of a list are wanted; null: all.</summary>
public sealed record AccountFilter(BuildingId? Building = null, string? Number = null);

/// <summary>
/// The registers from their beginning to their end, in parts and by id, so that what is added meanwhile moves nothing:
/// machines read them whole. Every question carries the territories that the asker may see.
/// </summary>
public interface IRegistryLists
{
    Task<Slice<BuildingLine>> ListBuildings(
        IReadOnlyCollection<TerritoryId> sight, BuildingId after, int limit, CancellationToken cancel);

    Task<BuildingLine?> FindBuilding(BuildingId building, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);

    Task<Slice<RoomLine>> ListPremises(BuildingId building, PremisesId after, int limit, CancellationToken cancel);

    Task<Slice<AccountLine>> ListAccounts(
        AccountFilter filter, IReadOnlyCollection<TerritoryId> sight, AccountId after, int limit, CancellationToken cancel);

    /// <summary>Meters by their ids, each with its territory; unknown and foreign ones are absent.</summary>
    Task<IReadOnlyDictionary<MeterId, (MeterPlace Place, TerritoryId Territory)>> FindMeters(
        IReadOnlyCollection<MeterId> meters, IReadOnlyCollection<TerritoryId> sight, CancellationToken cancel);
}

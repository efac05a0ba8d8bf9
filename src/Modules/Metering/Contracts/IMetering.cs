using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What is known of a building's consumption.</summary>
public sealed record BuildingReadings(
    IReadOnlyDictionary<MeterId, IReadOnlyList<Reading>> Readings,
    IReadOnlyDictionary<MeterId, IReadOnlyList<MonthlyVolume>> MeterVolumes,
    IReadOnlyDictionary<(PremisesId Premises, Service Service), IReadOnlyList<MonthlyVolume>> History);

/// <summary>What other modules may ask of metering.</summary>
public interface IMetering
{
    /// <summary>All readings and volumes known now of the buildings' meters, oldest first.</summary>
    Task<IReadOnlyDictionary<BuildingId, BuildingReadings>> ReadBuildings(
        IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel);
}

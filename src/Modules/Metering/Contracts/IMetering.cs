using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What is known of a building's consumption.</summary>
public sealed record BuildingReadings(
    IReadOnlyDictionary<MeterId, IReadOnlyList<Reading>> Readings,
    IReadOnlyDictionary<MeterId, IReadOnlyList<MonthlyVolume>> MeterVolumes,
    IReadOnlyDictionary<(PremisesId Premises, Service Service), IReadOnlyList<MonthlyVolume>> History,
    IReadOnlyList<MeterAct> Acts,
    IReadOnlyDictionary<(PremisesId Premises, Service Service), StartState> StartStates);

/// <summary>A reading or a month's volume to be recorded, with what it rests on.</summary>
public sealed record ReadingDraft(
    MeterId Meter,
    BuildingId Building,
    LocalDate Taken,
    LocalDate Received,
    ReadingSource Source,
    ReadingMark Mark,
    IReadOnlyList<RegisterIndex> Values);

public sealed record VolumeDraft(
    BuildingId Building, MeterId? Meter, PremisesId? Premises, Service Service, BillingPeriod Month, IReadOnlyList<RegisterVolume> Values);

/// <summary>A stored reading of one register with what it rests on.</summary>
public sealed record RecordedReading(
    long Id, MeterId Meter, LocalDate Taken, LocalDate Received, ReadingSource Source, Zone Zone, Fixed Index, string RecordedBy,
    Instant RecordedAt, string Evidence);

/// <summary>A stored act with what it rests on.</summary>
/// <param name="SupersededAt">When another took its place; null: it counts.</param>
public sealed record RecordedAct(MeterAct Act, FactOrigin Origin, Instant? SupersededAt);

/// <summary>What other modules may ask of metering.</summary>
public interface IMetering
{
    /// <summary>All readings and volumes known now of the buildings' meters, oldest first.</summary>
    Task<IReadOnlyDictionary<BuildingId, BuildingReadings>> ReadBuildings(
        IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel);

    /// <summary>Records readings and volumes in bulk, in the caller's transaction.</summary>
    Task Record(
        IReadOnlyList<ReadingDraft> readings, IReadOnlyList<VolumeDraft> volumes, string by, string evidence, CancellationToken cancel);

    /// <summary>Records acts of a building.</summary>
    Task RecordActs(BuildingId building, IReadOnlyList<MeterAct> acts, string by, string evidence, CancellationToken cancel);

    /// <summary>Records how a premises' service stood when its billing here began; <paramref name="day"/> is its first.</summary>
    Task RecordStart(
        BuildingId building, LocalDate day, IReadOnlyList<(PremisesId Premises, Service Service, StartState State)> states, string by,
            string evidence, CancellationToken cancel);

    /// <summary>The latest readings of some meters, newest first, at most <paramref name="limit"/> for each.</summary>
    Task<ILookup<MeterId, Reading>> LatestReadings(IReadOnlyCollection<MeterId> meters, int limit, CancellationToken cancel);

    /// <summary>The latest month's volume of meters that are known by months; the others are absent.</summary>
    Task<IReadOnlyDictionary<MeterId, MonthlyVolume>> LatestVolumes(IReadOnlyCollection<MeterId> meters, CancellationToken cancel);

    /// <summary>Stored readings by their ids, as a working names them; unknown ones are absent.</summary>
    Task<IReadOnlyList<RecordedReading>> FindReadings(IReadOnlyCollection<long> ids, CancellationToken cancel);

    /// <summary>All acts ever recorded of a premises, superseded ones too: a posted line may rest on one.</summary>
    Task<IReadOnlyList<RecordedAct>> ListActs(PremisesId premises, CancellationToken cancel);
}

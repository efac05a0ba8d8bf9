using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Storage;

/// <summary>One register's index at one reading, with its evidence: superseded, never overwritten.</summary>
internal sealed class ReadingRow : IKept
{
    public required long Id { get; init; }
    public required MeterId MeterId { get; init; }

    /// <summary>The building of the meter: readings are read by building.</summary>
    public required BuildingId BuildingId { get; init; }

    public required LocalDate Taken { get; init; }
    public required LocalDate Received { get; init; }
    public required ReadingSource Source { get; init; }
    public required ReadingMark Mark { get; init; }
    public required Zone Zone { get; init; }
    public required Fixed Index { get; init; }
    public required Recorded Recorded { get; init; }
    public Instant? SupersededAt { get; set; }

    /// <summary>The same reading as it is known from now on.</summary>
    public ReadingRow Again(long id, Fixed index, Recorded recorded) => new()
    {
        Id = id, MeterId = MeterId, BuildingId = BuildingId, Taken = Taken, Received = Received, Source = Source, Mark = Mark,
        Zone = Zone, Index = index, Recorded = recorded,
    };
}

/// <summary>Why a reading was withdrawn: nothing took its place that could say it.</summary>
internal sealed class ReadingWithdrawalRow : IKept
{
    public required long ReadingId { get; init; }
    public required Recorded Recorded { get; init; }
}

/// <summary>A month's volume of a building's meter, or of a premises before its billing began here.</summary>
internal sealed class MonthlyVolumeRow : IKept
{
    public required long Id { get; init; }
    public required BuildingId BuildingId { get; init; }
    public MeterId? MeterId { get; init; }
    public PremisesId? PremisesId { get; init; }
    public required Service Service { get; init; }
    public required BillingPeriod Month { get; init; }
    public required Zone Zone { get; init; }
    public required Fixed Volume { get; init; }
    public required Recorded Recorded { get; init; }
    public Instant? SupersededAt { get; set; }
}

internal static class KnownReadings
{
    /// <summary>What was known at a moment (<see cref="OchagDb.AsOf"/>); null: what is known now.</summary>
    public static IQueryable<ReadingRow> Known(this IQueryable<ReadingRow> rows, Instant? asOf) => asOf is { } at
        ? rows.Where(r => r.Recorded.At <= at && (r.SupersededAt == null || r.SupersededAt > at))
        : rows.Where(r => r.SupersededAt == null);

    /// <inheritdoc cref="Known(IQueryable{ReadingRow}, Instant?)"/>
    public static IQueryable<MonthlyVolumeRow> Known(this IQueryable<MonthlyVolumeRow> rows, Instant? asOf) => asOf is { } at
        ? rows.Where(r => r.Recorded.At <= at && (r.SupersededAt == null || r.SupersededAt > at))
        : rows.Where(r => r.SupersededAt == null);
}

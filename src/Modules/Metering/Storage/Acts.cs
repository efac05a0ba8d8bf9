using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Storage;

/// <summary>An act about a premises' meter or wiring; EffectiveFrom is its day.</summary>
internal sealed record MeterActFact : Fact
{
    /// <summary>The building of the premises: acts are read by building.</summary>
    public required BuildingId BuildingId { get; init; }

    public required PremisesId PremisesId { get; init; }
    public required Service Service { get; init; }
    public required MeterActKind Kind { get; init; }
    public LocalDate? Access { get; init; }
    public MeterId? MeterId { get; init; }
    public LocalDate? Since { get; init; }
    public LocalDate? LastCheck { get; init; }
    public LocalDate? Removed { get; init; }
    public Fixed? PerHour { get; init; }
}

/// <summary>One register's index that a check found.</summary>
internal sealed class MeterActIndex : IKept
{
    public required long ActId { get; init; }
    public required Zone Zone { get; init; }
    public required Fixed Index { get; init; }
}

/// <summary>Periods without readings, or with a meter out of order, before the first one billed here.</summary>
internal sealed record StartStateFact : Fact
{
    public required BuildingId BuildingId { get; init; }
    public required PremisesId PremisesId { get; init; }
    public required Service Service { get; init; }
    public required short MissingPeriods { get; init; }
    public required short FailedPeriods { get; init; }
}

using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Storage;

/// <summary>A meter's day in intervals; it holds on that day alone.</summary>
internal sealed record IntervalDayFact : Fact
{
    public required MeterId MeterId { get; init; }

    /// <summary>The building of the meter, as with readings.</summary>
    public required BuildingId BuildingId { get; init; }
    public required short Minutes { get; init; }

    /// <summary>See <see cref="Intervals.PackedDay"/>.</summary>
    public required byte[] Uses { get; init; }
}

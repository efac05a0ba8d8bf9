using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What a meter used on one day, interval by interval from midnight to midnight of its territory.</summary>
/// <param name="Minutes">Length of an interval.</param>
/// <param name="Uses">Units of the meter's register; null: the interval is missing. A day of 23 or 25 hours has as many as fit.</param>
public sealed record IntervalDay(MeterId Meter, LocalDate Day, int Minutes, IReadOnlyList<Fixed?> Uses)
{
    public int Missing => Uses.Count(u => u is null);

    /// <summary>The sum of those that are there.</summary>
    public Fixed Sum => Uses.Aggregate(Fixed.Zero, (sum, u) => sum + (u ?? Fixed.Zero));
}

/// <summary>What meters that send their use by the hour have sent.</summary>
public interface IIntervals
{
    /// <summary>The latest days of a meter, newest first.</summary>
    Task<IReadOnlyList<IntervalDay>> Latest(MeterId meter, int days, CancellationToken cancel);
}

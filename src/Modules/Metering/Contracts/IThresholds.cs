using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What a threshold is counted in.</summary>
public enum ThresholdUnit
{
    /// <summary>Digits after the point.</summary>
    Digits,

    /// <summary>Part of a whole, from 0 to 1.</summary>
    Share,

    /// <summary>How many times over.</summary>
    Times,

    /// <summary>Units of the service's meters.</summary>
    Amount,

    /// <summary>Units of the service's meters in a day.</summary>
    AmountPerDay,

    /// <summary>Units of the service's meters in an hour.</summary>
    AmountPerHour,
    Days,
    Hours,

    /// <summary>Readings or months in a row.</summary>
    Periods,
}

/// <summary>A threshold of a service: the default, and every number that the territory has put in its place.</summary>
/// <param name="Default">What holds where the territory has no number of its own.</param>
/// <param name="Own">The territory's own numbers, superseded ones too.</param>
public sealed record ServiceThreshold(Service Service, string Name, ThresholdUnit Unit, Exact Default, FactChain<Fixed> Own)
{
    /// <summary>The territory's number of a day; null: the default holds.</summary>
    public FactLine<Fixed>? OwnOn(LocalDate day) => Own.Known.FirstOrDefault(l => l.Contains(day));
}

/// <summary>A threshold of a service is changed on some days.</summary>
/// <param name="Value">Null: the default again.</param>
/// <param name="Step">Its evidence is the reason.</param>
public sealed record ChangeThreshold(Service Service, string Name, Fixed? Value, FactStep Step);

/// <summary>What a change would do to the doubts of the last month, if it held already.</summary>
/// <param name="Since">First day that was looked at.</param>
/// <param name="Houses">Houses that were looked at, of <paramref name="AllHouses"/>.</param>
/// <param name="Judged">Readings that were judged; of a threshold that marks meters or houses: how many of those.</param>
/// <param name="Doubtful">How many are doubtful now.</param>
/// <param name="Become">How many would become doubtful.</param>
/// <param name="Stop">How many would be doubtful no more.</param>
public sealed record ThresholdEffect(
    LocalDate Since, int Houses, int AllHouses, int Judged, int Doubtful, int Become, int Stop);

/// <summary>
/// A territory's own thresholds. Refusals: <c>metering.threshold-unknown</c>, <c>metering.threshold-impossible</c>,
/// <c>metering.threshold-not-whole</c>, <c>metering.threshold-above</c>, <c>metering.threshold-below</c>, <c>metering.threshold-same</c>,
/// <c>metering.threshold-day-wrong</c>, <c>metering.threshold-days-turned</c>, <c>metering.threshold-reason-missing</c> and
/// <c>registry.changed-meanwhile</c>.
/// </summary>
public interface IThresholds
{
    /// <summary>All thresholds that a service has, in the order of the rules; none: it has no meters.</summary>
    Task<IReadOnlyList<ServiceThreshold>> List(TerritoryRecord territory, Service service, CancellationToken cancel);

    /// <summary>Null: the service has no such threshold.</summary>
    Task<ServiceThreshold?> Find(TerritoryRecord territory, Service service, string name, CancellationToken cancel);

    /// <summary>Everything that is wrong with a change, and what it would do; nothing is stored. Null: it is refused.</summary>
    Task<(IReadOnlyList<Refusal> Refusals, ThresholdEffect? Effect)> Preview(
        TerritoryRecord territory, ChangeThreshold change, CancellationToken cancel);

    /// <summary>Everything that is wrong with it; none: it is recorded.</summary>
    Task<IReadOnlyList<Refusal>> Change(TerritoryRecord territory, ChangeThreshold change, string by, CancellationToken cancel);
}

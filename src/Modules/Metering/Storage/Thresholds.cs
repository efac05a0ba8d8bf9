using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Storage;

/// <summary>A number that a territory has put in the place of a default, for one service.</summary>
internal sealed record ThresholdFact : Fact
{
    public const int NameLength = 60;

    public required TerritoryId TerritoryId { get; init; }
    public required Service Service { get; init; }
    public required string Name { get; init; }
    public required Fixed Value { get; init; }
}

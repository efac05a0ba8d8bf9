using NodaTime;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Storage;

/// <summary>One house under two ids, made one.</summary>
internal sealed class Merge
{
    public required long Id { get; init; }
    public required TerritoryId TerritoryId { get; init; }
    public required BuildingId KeptId { get; init; }
    public required BuildingId DoubleId { get; init; }
    public required Instant At { get; init; }
    public required string By { get; init; }
    public Instant? UndoneAt { get; set; }
    public string? UndoneBy { get; set; }
}

/// <summary>Rows that a merging moved: ids from the first to the last of a table.</summary>
internal sealed class MergeMove
{
    public required long MergeId { get; init; }
    public required string Table { get; init; }
    public required long First { get; init; }
    public required long Last { get; init; }
}

/// <summary>Two houses of like addresses that somebody has told apart; the lesser id first.</summary>
internal sealed class ToldApart
{
    public required BuildingId OneId { get; init; }
    public required BuildingId OtherId { get; init; }
    public required Instant At { get; init; }
    public required string By { get; init; }
}

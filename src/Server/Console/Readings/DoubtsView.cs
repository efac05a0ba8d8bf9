using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Readings;

/// <summary>Doubts of one reason, the gravest first.</summary>
public sealed record DoubtGroup(string Code, Verdict Verdict, IReadOnlyList<DoubtLine> Lines);

/// <param name="Flat">Number of the premises; null: the building's own meter.</param>
public sealed record DoubtLine(Doubt Doubt, string Address, string? Flat);

/// <summary>The work list "Doubtful readings" of a territory, a page of buildings at a time.</summary>
public sealed record DoubtsView(
    TerritoryRecord? Territory, IReadOnlyList<TerritoryRecord> Territories, IReadOnlyList<DoubtGroup> Groups, int Buildings,
    int PageNumber, int Pages)
{
    /// <summary>How many were decided just now; null: nothing was.</summary>
    public int? Decided { get; init; }

    /// <summary>The person may change the thresholds of the territory.</summary>
    public bool MayTune { get; init; }

    /// <summary>The person may take tables of the territory away.</summary>
    public bool MayExport { get; init; }

    /// <summary>Buildings looked at for one page.</summary>
    public const int PageBuildings = 20;

    /// <summary>Lines of one reason that are shown; the others are counted.</summary>
    public const int GroupLines = 50;

    public int FirstBuilding => (PageNumber - 1) * PageBuildings + 1;

    public int LastBuilding => Math.Min(Buildings, PageNumber * PageBuildings);
}

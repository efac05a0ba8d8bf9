namespace Ochag.Server.Console.Facts;

/// <summary>What the page of one kind of an account's facts shows.</summary>
public sealed class FactsView
{
    public required FactHome Home { get; init; }

    /// <summary>The kind: the last part of its address, and the beginning of its texts.</summary>
    public required string Name { get; init; }

    /// <summary>What the person may do.</summary>
    public required IReadOnlyList<string> Acts { get; init; }

    public required IReadOnlyList<HistoryLine> Lines { get; init; }

    /// <summary>A form was saved just now.</summary>
    public required bool Said { get; init; }
}

using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Meters;

/// <summary>What the page of a meter shows.</summary>
public sealed class MeterView
{
    public const int DaysShown = 31;
    public const int ReadingsShown = 60;

    public required MeterHome Home { get; init; }
    public required MeterLife Life { get; init; }
    public required LocalDate Today { get; init; }
    public required IReadOnlyList<(Reading Reading, FactOrigin Origin)> Readings { get; init; }

    /// <summary>The latest readings, superseded ones too.</summary>
    public IReadOnlyList<KeptReading> Kept { get; init; } = [];

    /// <summary>Days that it has sent by intervals, newest first.</summary>
    public IReadOnlyList<IntervalDay> Days { get; init; } = [];

    /// <summary>The step that was recorded just now.</summary>
    public required string? Said { get; init; }

    public bool Stands => Life.Standing is { To: null };

    public IReadOnlyList<string> Seals => [.. Life.Known(MeterStage.Sealed).Where(l => l.To is null).Select(l => l.Value.Seal!)];
}

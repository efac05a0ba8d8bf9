using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>A reading to be judged, with everything that a rule may look at.</summary>
internal sealed record ReadingCase
{
    public required MeterRecord Meter { get; init; }

    /// <summary>A meter of the whole building.</summary>
    public bool OfBuilding { get; init; }

    public required Zone Zone { get; init; }
    public required Fixed Index { get; init; }
    public required LocalDate Day { get; init; }
    public required LocalDate Today { get; init; }

    /// <summary>What was read on the meter itself; null: nobody looked.</summary>
    public string? Serial { get; init; }

    /// <summary>Readings of this register, oldest first.</summary>
    public required IReadOnlyList<KnownIndex> Known { get; init; }

    /// <summary>The service is connected on the day.</summary>
    public bool Connected { get; init; } = true;

    /// <summary>The meter that stood here before this one and has no last index; null: there is none such.</summary>
    public MeterRecord? WithoutFinal { get; init; }

    /// <summary>The building's middle rate of use for such registers.</summary>
    public Exact? Peers { get; init; }

    public required Thresholds Thresholds { get; init; }

    public KnownIndex? Before => Known.LastOrDefault(k => k.Day < Day);

    public KnownIndex? There => Known.LastOrDefault(k => k.Day == Day);

    public KnownIndex? After => Known.FirstOrDefault(k => k.Day > Day);

    public Exact Days => Exact.Of(Before is { } before ? Period.DaysBetween(before.Day, Day) : 0);

    public Exact Multiplier => Meter.Multiplier.ToExact();

    public Exact Dial => Exact.Of(Meter.DialSize);

    /// <summary>Turns of the dial since the reading before, below zero where it fell; null: there is none before.</summary>
    public Exact? Delta => Index.ToExact() - Before?.Index.ToExact();

    public Estimate? Expected => Before is { } before
        ? Estimates.Of(UseSeries.Of(Meter, Known.Where(k => k.Day <= before.Day), Thresholds), before.Day, Day, Peers, Thresholds)
        : null;

    /// <summary>Expected use from the reading before to this one.</summary>
    public Exact? ExpectedUse => Expected?.PerDay * Days;

    /// <summary>The physical maximum on the dial in these days; null: there is no such bound.</summary>
    public Exact? Cap => Thresholds.Find(OfBuilding ? "cap_of_building" : "cap") * Exact.Of(24) * Days;

    /// <summary>Use since the reading before; null: there is none, or the index fell.</summary>
    public Exact? Use => Delta is not { } delta ? null
        : delta.Sign >= 0 ? delta * Multiplier
        : FallRules.HasGoneRound(this) ? (delta + Dial) * Multiplier
        : null;
}

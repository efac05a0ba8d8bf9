using NodaTime;
using Ochag.Billing.Evaluation;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>What was wrong with a service (Decree 354 Annex 1). Stored: never renumber.</summary>
public enum QualityKind : short
{
    /// <summary>The service did not come.</summary>
    Break = 1,

    /// <summary>Composition of water or gas; voltage and frequency of electricity.</summary>
    Composition = 2,

    /// <summary>The series holds percents of deviation.</summary>
    Pressure = 3,

    /// <summary>The series holds degrees Celsius: of the room for heating, at the tap for hot water.</summary>
    Temperature = 4,
}

/// <summary>Hours on which a service of a building, or of some of its accounts, was not as it must be.</summary>
/// <param name="Accounts">Null: the whole building.</param>
/// <param name="To">Not included.</param>
/// <param name="Planned">A break that was announced for works (p.99, 100).</param>
/// <param name="DeadEndMain">The accident was on a dead-end main: 24 hours in a row are allowed.</param>
/// <param name="NormTemperature">Degrees that the room must have, where it is not the usual norm (corner rooms, cold regions).</param>
/// <param name="Series">Measured values, each until the next; the room's temperature during a break of heating too.</param>
public sealed record QualityEvent(
    long Fact,
    Service Service,
    IReadOnlyList<AccountId>? Accounts,
    Instant From,
    Instant To,
    QualityKind Kind,
    bool Planned,
    bool DeadEndMain,
    Exact? NormTemperature,
    IReadOnlyList<QualityLevel> Series);

/// <summary>A measured value from a moment on.</summary>
public readonly record struct QualityLevel(Instant From, Exact Value);

/// <summary>The arithmetic of Annex 1, apart from whose hours they are.</summary>
public static class QualityReductions
{
    /// <summary>
    /// Hours over the limits: the more of what single breaks exceed at once and of what all exceed in the month (INT-9).
    /// </summary>
    /// <param name="overOnce">Sum of the hours of each break after those allowed at once.</param>
    /// <param name="all">Hours of all breaks.</param>
    /// <param name="perMonth">Hours allowed in the month; null: no such limit.</param>
    public static Exact ExcessHours(Exact overOnce, Exact all, Exact? perMonth) =>
        perMonth is { } limit ? Exact.Max(overOnce, Exact.Max(all - limit, Exact.Zero)) : overOnce;

    /// <summary>A part of the fee for each hour, at most the fee.</summary>
    /// <param name="hours">Hours; where degrees count, hours times degrees.</param>
    /// <param name="rate">Part of the fee for one.</param>
    public static Money ByHours(Money fee, Exact hours, Exact rate) => Reduced(fee, tape => tape.ByHours(hours, rate));

    /// <summary>The fee's share of the bad hours (p.101), at most the fee.</summary>
    public static Money ByShare(Money fee, Exact bad, Exact all) => Reduced(fee, tape => tape.ByShare(bad, all));

    private static Money Reduced(Money fee, Action<ReductionTape> reduce)
    {
        var tape = new Tape();
        reduce(new ReductionTape(tape, [fee], fee));
        return -Money.Round(tape.Top, fee.Currency);
    }

    /// <summary>Full steps of three degrees below the bound (INT-10); none above it.</summary>
    public static Exact Steps(Exact bound, Exact temperature, Exact step) =>
        temperature >= bound ? Exact.Zero : Exact.Of(((bound - temperature) / step).Floor());

    /// <summary>Degrees of a room off its norm: below the bound of the hour, or above what is allowed upwards (INT-11).</summary>
    public static Exact Degrees(Exact low, Exact high, Exact temperature) =>
        Exact.Max(Exact.Zero, Exact.Max(low - temperature, temperature - high));
}

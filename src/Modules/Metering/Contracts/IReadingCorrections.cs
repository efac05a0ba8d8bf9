using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>Why a reading was withdrawn, and by whom.</summary>
public sealed record ReadingWithdrawal(FactOrigin Origin);

/// <summary>A reading as it was recorded, also one that counts no more.</summary>
/// <param name="SupersededAt">When another took its place or it was withdrawn; null: it counts.</param>
/// <param name="Withdrawal">Null: it counts, or another took its place.</param>
public sealed record KeptReading(Reading Reading, FactOrigin Origin, Instant? SupersededAt, ReadingWithdrawal? Withdrawal = null);

/// <summary>Everything recorded of one reading: as it stands, and as it stood before.</summary>
/// <param name="Now">Null: it was withdrawn.</param>
/// <param name="Last">What was recorded last of it; the same as <paramref name="Now"/> where it counts.</param>
/// <param name="Version">State that a form is opened on.</param>
public sealed record ReadingChain(KeptReading? Now, KeptReading Last, string Version);

/// <summary>A stored reading is put right.</summary>
/// <param name="Reading">Any record of it, as <see cref="Reading.Id"/> names it.</param>
/// <param name="Values">An index for each register; null: it is withdrawn.</param>
/// <param name="Reason">In the person's own words, at most <see cref="IReadingEntry.RemarkLength"/>.</param>
/// <param name="Confirmed">Codes of the doubts that the person has seen and confirms.</param>
/// <param name="Version">State that the form was opened on.</param>
public sealed record CorrectReading(
    MeterId Meter, long Reading, IReadOnlyList<RegisterIndex>? Values, string Reason, IReadOnlyCollection<string> Confirmed,
    string Version);

/// <summary>What a correction does to one register.</summary>
/// <param name="Becomes">Null: there is no reading of that day any more.</param>
/// <param name="UseWas">Since the reading before; null: not known.</param>
/// <param name="UseBecomes">Of the same days by the new index.</param>
/// <param name="Before">The reading before it; it is the last one again where this was the last and is withdrawn.</param>
public sealed record RegisterChange(
    Zone Zone, Fixed Was, Fixed? Becomes, Exact? UseWas, Exact? UseBecomes, KnownIndex? Before);

/// <summary>What came, or would come, of a correction.</summary>
/// <param name="Refusals">What is wrong with it; a register is told as the fact "register".</param>
/// <param name="Doubts">What the rules ask of the new indexes.</param>
/// <param name="Later">What they would ask of the reading after it and do not ask now.</param>
/// <param name="Draft">The reading as it would stand, without values where it is withdrawn; null: it is refused.</param>
public sealed record CorrectionDecision(
    IReadOnlyList<Refusal> Refusals, IReadOnlyList<Finding> Doubts, IReadOnlyList<Finding> Later, IReadOnlyList<RegisterChange> Changes,
    ReadingDraft? Draft);

/// <summary>
/// Putting stored readings right: superseded, never overwritten. What is posted stays as it is until it is recalculated.
/// Refusals: <c>registry.changed-meanwhile</c>, <c>metering.correction-gone</c>, <c>metering.correction-reason-missing</c>,
/// <c>metering.correction-same</c>, <c>metering.correction-mark-kept</c>, <c>metering.correction-doubtful</c>, and those of readings.
/// </summary>
public interface IReadingCorrections
{
    /// <summary>The latest readings of a meter, superseded ones too, newest first.</summary>
    Task<IReadOnlyList<KeptReading>> History(MeterId meter, int limit, CancellationToken cancel);

    /// <summary>Null: there is no such reading of the meter.</summary>
    Task<ReadingChain?> Find(MeterId meter, long reading, CancellationToken cancel);

    /// <summary>What <see cref="Correct"/> would do now; nothing is recorded.</summary>
    Task<CorrectionDecision> Preview(TerritoryRecord territory, CorrectReading correction, CancellationToken cancel);

    Task<CorrectionDecision> Correct(TerritoryRecord territory, CorrectReading correction, string by, CancellationToken cancel);
}

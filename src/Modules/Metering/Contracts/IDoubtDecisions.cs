using NodaTime;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What people decide about a doubtful reading that is stored already.</summary>
public enum DoubtAnswer
{
    /// <summary>It is true: it stays, and nobody is asked about this doubt again.</summary>
    Confirm,

    /// <summary>
    /// It is not taken: our knowing of it ends, for every register read with it, and the reading before is the last again.
    /// </summary>
    Reject,
}

/// <summary>Names a doubt: the reading of a register on a day, and the code of the finding.</summary>
public readonly record struct DoubtKey(BuildingId Building, MeterId Meter, Zone Zone, LocalDate Day, string Code);

/// <summary>What became, or would become, of a doubt.</summary>
/// <param name="Doubt">Null: it does not stand any more; somebody was quicker, or the readings changed.</param>
/// <param name="Before">The reading that is the last one again when this is rejected.</param>
public sealed record DoubtOutcome(DoubtKey Key, Doubt? Doubt, KnownIndex? Before);

/// <summary>Equal doubts are decided together: seen first, then done.</summary>
public interface IDoubtDecisions
{
    /// <summary>What <see cref="Decide"/> would find now; nothing is recorded.</summary>
    Task<IReadOnlyList<DoubtOutcome>> Preview(TerritoryRecord territory, IReadOnlyCollection<DoubtKey> doubts, CancellationToken cancel);

    /// <summary>
    /// Decides those that still stand. What was billed on a rejected reading stays as it is until it is recalculated.
    /// </summary>
    /// <param name="remark">What the decision rests on, in the person's own words; may be empty.</param>
    Task<IReadOnlyList<DoubtOutcome>> Decide(
        TerritoryRecord territory, IReadOnlyCollection<DoubtKey> doubts, DoubtAnswer answer, string remark, string by,
        CancellationToken cancel);
}

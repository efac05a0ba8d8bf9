using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>A number that a territory is about to decide.</summary>
/// <param name="To">The last day; null: until the next.</param>
/// <param name="Evidence">The decision it rests on.</param>
public sealed record ParameterDraft(
    ParameterTable Table, string Key, Fixed Value, LocalDate From, LocalDate? To, string Evidence);

/// <summary>What became of a draft. Stored: never renumber.</summary>
public enum DraftState : short
{
    Open = 0,
    Recorded = 1,
    Dropped = 2,
}

/// <summary>A version of a draft, by whom it was made and when; the versions before it are kept.</summary>
/// <param name="MadeBy">Who began the draft.</param>
public sealed record KeptDraft(
    long Id, int Version, TerritoryId Territory, ParameterDraft Draft, DraftState State, string MadeBy, string By, Instant At);

/// <summary>What one month of one building comes to.</summary>
/// <param name="Without">As things stand; null: it cannot be evaluated, for want of the number perhaps.</param>
/// <param name="With">With the draft; null: it cannot be evaluated either.</param>
/// <param name="Obstacle">Why one of them is not there.</param>
public sealed record SampleMonth(BuildingId Building, BillingPeriod Month, Money? Without, Money? With, Refusal? Obstacle);

/// <summary>What recording a draft would change.</summary>
/// <param name="Under">Recorded numbers whose days it takes over, whole or in part.</param>
/// <param name="Posted">Posted months that it touches: they stay as they are until a recalculation.</param>
/// <param name="ReplacesPack">The first number of its series: in place of the whole series of the rule pack.</param>
/// <param name="Sample">Null: there is no building with accounts yet.</param>
public sealed record DraftEffect(
    IReadOnlyList<RecordedParameter> Under, IReadOnlyList<BillingPeriod> Posted, bool ReplacesPack, SampleMonth? Sample);

/// <summary>
/// A territory's own numbers before they count: a draft is made, looked at again and only then recorded. Refusals:
/// <c>billing.parameter-unknown</c>, <c>billing.parameter-impossible</c>, <c>billing.parameter-not-whole</c>,
/// <c>billing.parameter-days-turned</c>, <c>billing.parameter-day-wrong</c>, <c>billing.parameter-overlap</c>,
/// <c>billing.parameter-evidence-missing</c>, <c>billing.draft-changed-meanwhile</c>, <c>billing.draft-over</c> and
/// <c>billing.parameter-same</c>.
/// </summary>
public interface IParameterDrafts
{
    /// <summary>Open drafts of a territory, the newest first.</summary>
    Task<IReadOnlyList<KeptDraft>> ListOpen(TerritoryId territory, CancellationToken cancel);

    /// <summary>All versions of a draft, the first one first; none: there is no such draft.</summary>
    Task<IReadOnlyList<KeptDraft>> Versions(long draft, CancellationToken cancel);

    Task<Outcome<KeptDraft>> Begin(TerritoryRecord territory, ParameterDraft draft, string by, CancellationToken cancel);

    /// <param name="version">The version that the person has seen.</param>
    Task<Outcome<KeptDraft>> Change(
        TerritoryRecord territory, long id, int version, ParameterDraft draft, string by, CancellationToken cancel);

    /// <summary>Null: it is dropped.</summary>
    Task<Refusal?> Drop(TerritoryRecord territory, long id, int version, string by, CancellationToken cancel);

    /// <summary>What recording it would change; nothing is stored.</summary>
    Task<Outcome<DraftEffect>> EffectOf(TerritoryRecord territory, ParameterDraft draft, CancellationToken cancel);

    /// <summary>The draft becomes a fact that bills are made by. Null: done.</summary>
    Task<Refusal?> Record(TerritoryRecord territory, long id, int version, string by, CancellationToken cancel);
}

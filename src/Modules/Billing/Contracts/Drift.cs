using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>What became of a month that was evaluated again. Stored: never renumber.</summary>
public enum DriftState : short
{
    /// <summary>Every line came out as it is posted.</summary>
    Agrees = 1,

    /// <summary>Lines differ: nothing is posted in the territory until it is released.</summary>
    Open = 2,

    /// <summary>Somebody answers for the difference: a dated correction with its ground.</summary>
    Released = 3,

    /// <summary>A later look at the same month took its place.</summary>
    Replaced = 4,
}

/// <summary>What a service's component of an account came to when it was posted, and comes to now; zero: there is no line.</summary>
/// <param name="Building">Null: the account lies in none of the buildings that the month was posted for.</param>
public sealed record DriftDifference(
    BuildingId? Building, AccountId Account, Service Service, Component Component, Money Posted, Money Now)
{
    public Money Difference => Now - Posted;
}

/// <summary>A posted month, evaluated again with the rules and facts that were known then.</summary>
/// <param name="PostedBy">The version of the evaluator that posted it.</param>
/// <param name="Count">Sums of an account, service and component that differ.</param>
/// <param name="Sum">What they differ by together: what is now less what is posted.</param>
public sealed record DriftMonth(
    BillingPeriod Month, RunId Run, int PostedBy, string RulePack, long Lines, long Count, Money Sum, DriftState State,
    IReadOnlyList<DriftDifference> First);

/// <summary>Drift that was released: how much, on what ground, by whom and when.</summary>
public sealed record ReleasedDrift(BillingPeriod Month, long Count, Money Sum, string Ground, string By, Instant At);

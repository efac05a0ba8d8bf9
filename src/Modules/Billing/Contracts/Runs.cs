using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

public readonly record struct RunId(long Value) : ITypedId<RunId, long>
{
    public static RunId From(long value) => new(value);
}

/// <summary>Life of a run, in the order of the lines below. Stored: never renumber.</summary>
public enum RunState : short
{
    /// <summary>Buildings are being evaluated; nothing counts yet. A run that died in this state is taken up again.</summary>
    Evaluating = 1,

    /// <summary>Evaluated, and nothing counts yet: what looks odd is decided, or the month is evaluated anew.</summary>
    Draft = 3,

    /// <summary>A second person agreed; it is to be posted.</summary>
    Approved = 6,

    /// <summary>All lines count and will never change.</summary>
    Posted = 2,

    /// <summary>The bills have their numbers.</summary>
    Issued = 4,

    /// <summary>The month's books were checked and shut.</summary>
    Closed = 5,
}

public static class RunStates
{
    /// <summary>Its lines count: they are owed.</summary>
    public static bool Counts(this RunState state) => state is RunState.Posted or RunState.Issued or RunState.Closed;
}

/// <summary>Who brought a run into a state, and when.</summary>
public sealed record RunStep(RunState State, string By, Instant At);

/// <summary>What is posted in a territory's month: to compare two databases by.</summary>
public sealed record PostedMonth(TerritoryId Territory, BillingPeriod Period, int Accounts, long Lines, Money Total);

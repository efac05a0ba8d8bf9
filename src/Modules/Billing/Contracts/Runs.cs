using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

public readonly record struct RunId(long Value) : ITypedId<RunId, long>
{
    public static RunId From(long value) => new(value);
}

/// <summary>Life of a run. Stored: never renumber.</summary>
public enum RunState : short
{
    /// <summary>Buildings are being evaluated; nothing counts yet. A run that died in this state is taken up again.</summary>
    Evaluating = 1,

    /// <summary>All lines count and will never change.</summary>
    Posted = 2,
}

/// <summary>What is posted in a territory's month: to compare two databases by.</summary>
public sealed record PostedMonth(TerritoryId Territory, BillingPeriod Period, int Accounts, long Lines, Money Total);

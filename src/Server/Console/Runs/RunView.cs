using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Runs;

/// <summary>How a run looks to people.</summary>
public enum RunLook
{
    Working,

    /// <summary>Nobody works on it: the server stopped, or a command did. It can be continued.</summary>
    Interrupted,

    /// <summary>Buildings could not be evaluated: nothing counts until their facts are mended.</summary>
    Stuck,
    Posted,
}

/// <summary>A run with all that its page shows.</summary>
public sealed record RunView(
    RunRecord Run,
    TerritoryRecord Territory,
    RunLook Look,
    IReadOnlyList<(Service Service, Money Sum)> Sums,
    IReadOnlyList<(BuildingId Building, string Address, Refusal Reason)> Refused,
    Refusal? Refusal,
    bool MayContinue)
{
    public const int RefusedShown = 100;

    internal static RunLook LookOf(RunRecord run, bool isActive) =>
        run.State == RunState.Posted ? RunLook.Posted
        : isActive ? RunLook.Working
        : run.Refused > 0 && run.BuildingsDone == run.Buildings ? RunLook.Stuck
        : RunLook.Interrupted;
}

/// <summary>A territory whose next month can be run, for the form.</summary>
public sealed record NextRun(TerritoryRecord Territory, BillingPeriod Month);

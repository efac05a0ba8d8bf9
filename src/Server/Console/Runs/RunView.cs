using NodaTime;
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

    /// <summary>Evaluated: to be looked through and approved.</summary>
    Draft,

    /// <summary>Approved, and not posted yet.</summary>
    Approved,
    Posted,
    Issued,
    Closed,
}

/// <summary>A run with all that its page shows.</summary>
public sealed record RunView(
    RunRecord Run,
    TerritoryRecord Territory,
    RunLook Look,
    IReadOnlyList<(Service Service, Money Sum)> Sums,
    IReadOnlyList<(BuildingId Building, string Address, Refusal Reason)> Refused,
    Refusal? Refusal,
    AnomalyCount Anomalies,
    IReadOnlyList<RunStep> Steps,
    RunPace? Pace,
    string? Me)
{
    /// <summary>The person may take the run further: engineers and administrators of the territory.</summary>
    public bool MayWork => Me is not null;

    /// <summary>Whoever evaluated the draft.</summary>
    public string? EvaluatedBy => Steps.LastOrDefault(s => s.State == RunState.Draft)?.By;

    public bool MayApprove => !IsOwn && Anomalies is { Undecided: 0, ToMend: 0 };

    public bool IsOwn => string.Equals(EvaluatedBy, Me, StringComparison.OrdinalIgnoreCase);

    public const int RefusedShown = 100;

    internal static RunLook LookOf(RunRecord run, bool isActive) =>
        isActive ? RunLook.Working : run.State switch
        {
            RunState.Evaluating => RunLook.Interrupted,
            RunState.Draft => RunLook.Draft,
            RunState.Approved => RunLook.Approved,
            RunState.Posted => RunLook.Posted,
            RunState.Issued => RunLook.Issued,
            _ => RunLook.Closed,
        };
}

/// <summary>How fast a run goes, since its job took it up.</summary>
/// <param name="Left">Null: too early to tell.</param>
public sealed record RunPace(int AccountsPerSecond, Duration? Left)
{
    private static readonly Duration Least = Duration.FromSeconds(2);

    public static RunPace? Of(Instant since, Instant now, RunRecord run)
    {
        var spent = now - since;
        if (spent < Least || run.Accounts == 0 || run.BuildingsDone == 0)
            return null;
        var waiting = run.Buildings - run.BuildingsDone;
        return new(
            (int)(run.Accounts * 1000L / Math.Max(1, (long)spent.TotalMilliseconds)),
            waiting <= 0 ? null : Duration.FromMilliseconds((long)spent.TotalMilliseconds * waiting / run.BuildingsDone));
    }
}

/// <summary>A territory whose next month can be run, for the form.</summary>
public sealed record NextRun(TerritoryRecord Territory, BillingPeriod Month);

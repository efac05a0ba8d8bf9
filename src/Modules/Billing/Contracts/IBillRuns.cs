using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>
/// The life of a territory's month: evaluated, looked through, approved by a second person, posted, issued, closed. Each
/// step is refused with <c>billing.run-step-wrong</c> when the run does not stand where it begins, and with
/// <c>billing.run-in-progress</c> while somebody else works on the territory.
/// </summary>
public interface IBillRuns
{
    /// <summary>
    /// Decides whether the month can be evaluated, and makes the run where there is none yet: so that whoever starts it is
    /// told at once, and the work may go on elsewhere. Refused with <c>billing.month-already-posted</c>,
    /// <c>billing.month-before-start</c>, <c>billing.month-not-over</c>, <c>billing.previous-month-open</c>,
    /// <c>billing.no-buildings</c>, <c>billing.no-accounts</c>.
    /// </summary>
    Task<Outcome<RunRecord>> Open(TerritoryRecord territory, BillingPeriod period, string by, CancellationToken cancel);

    /// <summary>
    /// Evaluates the month into a draft; refused as <see cref="Open"/> is. What died is taken up where it stopped; buildings
    /// that could not be evaluated are tried again; when the rules have changed since, all begins anew.
    /// </summary>
    Task<Outcome<RunRecord>> Evaluate(
        TerritoryRecord territory, BillingPeriod period, string by, IProgress<RunRecord>? progress, CancellationToken cancel);

    /// <summary>Throws a draft's lines away, to be evaluated by the facts as they are known now.</summary>
    Task<Outcome<RunRecord>> StartAnew(TerritoryRecord territory, RunId run, string by, CancellationToken cancel);

    /// <summary>
    /// A second person agrees to the draft. Refused with <c>billing.run-own-approval</c> when it is the one who evaluated
    /// it, with <c>billing.anomalies-undecided</c>, <c>billing.anomalies-to-mend</c>, and with
    /// <c>billing.rules-changed-since-draft</c>.
    /// </summary>
    Task<Outcome<RunRecord>> Approve(TerritoryRecord territory, RunId run, string by, CancellationToken cancel);

    /// <summary>
    /// The one step by which all lines of an approved run begin to count. Refused with <c>billing.drift</c> while the program
    /// evaluates the months posted last otherwise than they were posted, and nobody released that.
    /// </summary>
    Task<Outcome<RunRecord>> Post(TerritoryRecord territory, RunId run, string by, CancellationToken cancel);

    /// <summary>Numbers the bills of a posted run, in the order of their accounts.</summary>
    Task<Outcome<RunRecord>> Issue(TerritoryRecord territory, RunId run, string by, CancellationToken cancel);

    /// <summary>
    /// Shuts the books of an issued month. Refused with <c>billing.previous-month-not-closed</c>, and with
    /// <c>billing.books-differ</c> when lines, bills and the run's own sums do not come to the same.
    /// </summary>
    Task<Outcome<RunRecord>> Close(TerritoryRecord territory, RunId run, string by, CancellationToken cancel);

    /// <summary>How the run came to where it is, the earliest step first.</summary>
    Task<IReadOnlyList<RunStep>> Steps(RunId run, CancellationToken cancel);
}

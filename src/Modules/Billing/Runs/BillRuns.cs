using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

internal sealed class BillRuns(OchagDb db, RunMonth month, RunPosting posting) : IBillRuns
{
    public Task<Outcome<RunRecord>> Open(TerritoryRecord territory, BillingPeriod period, string by, CancellationToken cancel) =>
        month.Open(territory, period, by, cancel);

    public Task<Outcome<RunRecord>> Evaluate(
        TerritoryRecord territory, BillingPeriod period, string by, IProgress<RunRecord>? progress, CancellationToken cancel) =>
        month.Evaluate(territory, period, by, progress, cancel);

    public Task<Outcome<RunRecord>> StartAnew(TerritoryRecord territory, RunId run, string by, CancellationToken cancel) =>
        month.StartAnew(territory, run, by, cancel);

    public Task<Outcome<RunRecord>> Approve(TerritoryRecord territory, RunId run, string by, CancellationToken cancel) =>
        posting.Approve(territory, run, by, cancel);

    public Task<Outcome<RunRecord>> Post(TerritoryRecord territory, RunId run, string by, CancellationToken cancel) =>
        posting.Post(territory, run, by, cancel);

    public Task<Outcome<RunRecord>> Issue(TerritoryRecord territory, RunId run, string by, CancellationToken cancel) =>
        posting.Issue(territory, run, by, cancel);

    public Task<Outcome<RunRecord>> Close(TerritoryRecord territory, RunId run, string by, CancellationToken cancel) =>
        posting.Close(territory, run, by, cancel);

    public async Task<IReadOnlyList<RunStep>> Steps(RunId run, CancellationToken cancel) => await db.Set<RunStepRow>().AsNoTracking()
        .Where(s => s.RunId == run).OrderBy(s => s.Number).Select(s => new RunStep(s.State, s.By, s.At)).ToListAsync(cancel);
}

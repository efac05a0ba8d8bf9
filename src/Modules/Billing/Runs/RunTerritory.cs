using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>What every step of a run begins and ends with: alone in the territory, and a line in the run's history.</summary>
internal static class RunTerritory
{
    /// <summary>Whoever holds it works on the territory's runs; null: somebody else does.</summary>
    public static Task<IAsyncDisposable?> Alone(OchagDb db, TerritoryRecord territory, CancellationToken cancel) =>
        Exclusive.Take(db, $"bill-run-{territory.Id.Value}", cancel);

    public static Refusal InProgress(TerritoryRecord territory) => new("billing.run-in-progress", ("territory", territory.Code));

    /// <summary>Brings the run into a state; the caller's SaveChanges writes both.</summary>
    public static async Task Reach(OchagDb db, Run run, RunState state, string by, Instant at, CancellationToken cancel)
    {
        var last = await db.Set<RunStepRow>().Where(s => s.RunId == run.Id).MaxAsync(s => (short?)s.Number, cancel) ?? 0;
        run.State = state;
        db.Add(new RunStepRow { RunId = run.Id, Number = (short)(last + 1), State = state, By = by, At = at });
    }

    /// <summary>Runs whose lines count.</summary>
    public static IQueryable<Run> Counting(this IQueryable<Run> runs) => runs.Where(r => r.PostedAt != null);
}

using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Runs;

/// <summary>What the workers of a run share: what they evaluate by, and where their rows go.</summary>
/// <param name="Earlier">The months that it is held against.</param>
/// <param name="Repeated">Some of its buildings were evaluated before: what was found odd in them is found anew.</param>
/// <param name="Pen">Whoever writes holds it: where one may write at a time, the others evaluate meanwhile.</param>
internal sealed record RunTask(
    RunId Run, TerritoryRecord Territory, BillingPeriod Month, Rules Rules, BulkOptions Bills, BulkOptions Lines, EarlierReader Earlier,
    bool Repeated, SemaphoreSlim Pen);

/// <summary>
/// Takes a few buildings of a run from their facts to the database. Their lines and the mark that they are done go in one
/// transaction, so a run that is killed goes on without losing or doubling a line.
/// </summary>
internal sealed class RunWorker(OchagDb db, IBulkWriter bulk, FactsReader facts)
{
    /// <summary>Takes chunk after chunk until none is left.</summary>
    public async Task Work(RunTask task, ConcurrentQueue<BuildingId[]> chunks, Action<RunChunk> done, CancellationToken cancel)
    {
        await using var session = await SmallQuestions.Begin(db, cancel);
        while (chunks.TryDequeue(out var chunk))
            done(await Do(task, chunk, cancel));
    }

    private async Task<RunChunk> Do(RunTask task, IReadOnlyList<BuildingId> buildings, CancellationToken cancel)
    {
        var known = (await facts.Read(task.Territory, [.. buildings], cancel)).ToDictionary(f => f.Building.Id);
        var earlier = await task.Earlier.Read(db, known.Values, cancel);
        var decided = task.Repeated ? await Found(task, buildings).Where(a => a.DecisionId != null).ToListAsync(cancel) : [];
        var chunk = Evaluate(task, new(task.Run, task.Month, task.Territory.Currency, decided), buildings, known, earlier, cancel);
        await task.Pen.WaitAsync(cancel);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await bulk.Write(db, chunk.Bills, task.Bills, cancel);
            await bulk.Write(db, chunk.Lines, task.Lines, cancel);
            await bulk.Write(db, chunk.Sums, cancel);
            await bulk.Write(db, chunk.Buildings, cancel);
            if (task.Repeated)
                await Found(task, buildings).ExecuteDeleteAsync(cancel);
            await bulk.Write(db, chunk.Anomalies, cancel);
            await transaction.CommitAsync(cancel);
        }
        finally
        {
            task.Pen.Release();
        }

        return chunk;
    }

    private IQueryable<AnomalyRow> Found(RunTask task, IReadOnlyList<BuildingId> buildings) => db.Set<AnomalyRow>().AsNoTracking()
        .Where(a => a.RunId == task.Run && buildings.Contains(a.BuildingId));

    private static RunChunk Evaluate(
        RunTask task, RunChunk chunk, IReadOnlyList<BuildingId> buildings, Dictionary<BuildingId, BuildingFacts> known,
        EarlierBills earlier, CancellationToken cancel)
    {
        foreach (var id in buildings)
        {
            cancel.ThrowIfCancellationRequested();
            if (!known.TryGetValue(id, out var building))
            {
                chunk.AddEmpty(id);
                continue;
            }

            var evaluated = Evaluator.EvaluateBuilding(building, task.Rules, task.Month);
            if (evaluated.Refusal is { } refusal)
                chunk.AddRefused(building, refusal, earlier);
            else
                chunk.Add(building, evaluated.Value, earlier);
        }

        return chunk;
    }
}

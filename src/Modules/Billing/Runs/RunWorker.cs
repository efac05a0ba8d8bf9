using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Runs;

/// <summary>What the workers of a run share: what they evaluate by, and where their rows go.</summary>
/// <param name="Pen">Whoever writes holds it: where one may write at a time, the others evaluate meanwhile.</param>
internal sealed record RunTask(
    RunId Run, TerritoryRecord Territory, BillingPeriod Month, Rules Rules, BulkOptions Bills, BulkOptions Lines, SemaphoreSlim Pen);

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
        var chunk = Evaluate(task, buildings, known, cancel);
        await task.Pen.WaitAsync(cancel);
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            await bulk.Write(db, chunk.Bills, task.Bills, cancel);
            await bulk.Write(db, chunk.Lines, task.Lines, cancel);
            await bulk.Write(db, chunk.Sums, cancel);
            await bulk.Write(db, chunk.Buildings, cancel);
            await transaction.CommitAsync(cancel);
        }
        finally
        {
            task.Pen.Release();
        }

        return chunk;
    }

    private static RunChunk Evaluate(
        RunTask task, IReadOnlyList<BuildingId> buildings, Dictionary<BuildingId, BuildingFacts> known, CancellationToken cancel)
    {
        var chunk = new RunChunk(task.Run, task.Month, task.Territory.Currency);
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
                chunk.AddRefused(id, refusal);
            else
                chunk.Add(id, evaluated.Value);
        }

        return chunk;
    }
}

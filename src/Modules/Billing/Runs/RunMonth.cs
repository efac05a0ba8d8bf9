using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Runs;

/// <summary>
/// Evaluates a territory's month, building by building, into a draft. Workers take a few buildings at a time to the end
/// (<see cref="RunWorker"/>); nothing of it counts before it is posted (<see cref="RunPosting"/>).
/// </summary>
internal sealed class RunMonth(
    OchagDb db, IServiceScopeFactory scopes, IBulkWriter bulk, IRegistry registry, TerritoryRules territoryRules, IClock clock)
{
    // Of one transaction: on SQLite others wait for the single writer no longer than that takes.
    private const int AccountsInChunk = 1_000;
    private const int BuildingsInChunk = 200;

    /// <summary>Decides, and makes the run's row; the work itself comes after.</summary>
    public async Task<Outcome<RunRecord>> Open(TerritoryRecord territory, BillingPeriod period, string by, CancellationToken cancel)
    {
        var rules = await territoryRules.Read(territory, cancel);
        if (rules.IsRefused)
            return rules.Refusal!;
        await using var alone = await RunTerritory.Alone(db, territory, cancel);
        if (alone is null)
            return RunTerritory.InProgress(territory);
        var begun = await Begin(territory, period, rules.Value, by, cancel);
        return begun.IsRefused ? begun.Refusal! : RunProgress.Record(begun.Value);
    }

    /// <summary>The month as a draft; one that is whole already, by these rules, is left as it is.</summary>
    public async Task<Outcome<RunRecord>> Evaluate(
        TerritoryRecord territory, BillingPeriod period, string by, IProgress<RunRecord>? progress, CancellationToken cancel)
    {
        var rules = await territoryRules.Read(territory, cancel);
        if (rules.IsRefused)
            return rules.Refusal!;
        await using var alone = await RunTerritory.Alone(db, territory, cancel);
        if (alone is null)
            return RunTerritory.InProgress(territory);
        var begun = await Begin(territory, period, rules.Value, by, cancel);
        if (begun.IsRefused)
            return begun.Refusal!;

        var run = begun.Value;
        await Statistics.Refresh(db, cancel);
        var rows = await RunRows.Begin(db, run, cancel);
        if (run.RulesFingerprint != rules.Value.Fingerprint || run.EvaluatorVersion != Evaluator.Version)
            await StartAnew(run, rules.Value, rows, by, cancel);
        else if (run.State != RunState.Evaluating && run.Refused == 0)
            return RunProgress.Record(run);
        else if (run.State != RunState.Evaluating)
            await Reopen(run, by, cancel);
        using var pen = new SemaphoreSlim(Math.Min(Environment.ProcessorCount, bulk.WritersAtOnce));
        var task = new RunTask(
            run.Id, territory, period, rules.Value, rows.Bills.Options, rows.Lines.Options,
            await EarlierReader.Of(db, territory.Id, period, cancel),
            await db.Set<AnomalyRow>().AnyAsync(a => a.RunId == run.Id, cancel), pen);
        await EvaluateAll(run, task, await Waiting(run, territory, cancel), progress, cancel);
        return await Finish(run, by, cancel);
    }

    /// <summary>What was evaluated goes; the facts known at the next evaluation decide.</summary>
    public async Task<Outcome<RunRecord>> StartAnew(TerritoryRecord territory, RunId id, string by, CancellationToken cancel)
    {
        var rules = await territoryRules.Read(territory, cancel);
        if (rules.IsRefused)
            return rules.Refusal!;
        await using var alone = await RunTerritory.Alone(db, territory, cancel);
        if (alone is null)
            return RunTerritory.InProgress(territory);
        var run = await db.Set<Run>().FirstAsync(r => r.Id == id && r.TerritoryId == territory.Id, cancel);
        if (run.State.Counts())
            return new Refusal("billing.month-already-posted", ("month", run.Period.ToString()));
        await StartAnew(run, rules.Value, await RunRows.Begin(db, run, cancel), by, cancel);
        return RunProgress.Record(run);
    }

    /// <summary>May the month be run (again)? Pure.</summary>
    internal static Refusal? Decide(
        BillingPeriod since, BillingPeriod period, LocalDate today, RunState? ofPeriod, RunState? ofPrevious, int houses, int inhabited)
    {
        if (ofPeriod?.Counts() == true)
            return new("billing.month-already-posted", ("month", period.ToString()));
        if (period < since)
            return new("billing.month-before-start", ("month", period.ToString()), ("billed since", since.ToString()));
        if (period >= BillingPeriod.Of(today))
            return new("billing.month-not-over", ("month", period.ToString()), ("from", Iso(period.PlusMonths(1).FirstDay)));
        if (period > since && ofPrevious?.Counts() != true)
            return new("billing.previous-month-open", ("month", period.PlusMonths(-1).ToString()));
        return houses == 0 ? new("billing.no-buildings")
            : inhabited == 0 ? new("billing.no-accounts")
            : null;
    }

    private static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private async Task<Outcome<Run>> Begin(
        TerritoryRecord territory, BillingPeriod period, Rules rules, string by, CancellationToken cancel)
    {
        var previous = period.PlusMonths(-1);
        var runs = await db.Set<Run>().Where(r => r.TerritoryId == territory.Id && (r.Period == period || r.Period == previous))
            .ToListAsync(cancel);
        var run = runs.Find(r => r.Period == period);
        var houses = (await registry.ListBuildings(territory.Id, cancel)).Count;
        var buildings = (await registry.ListInhabited(territory.Id, cancel)).Count;
        var today = clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        var ofPrevious = runs.Find(r => r.Period == previous)?.State;
        if (Decide(territory.BilledSince, period, today, run?.State, ofPrevious, houses, buildings) is { } refusal)
            return refusal;
        if (run is not null)
            return run;

        run = new Run
        {
            Id = new(await db.ReserveIds<Run>(1, cancel)),
            TerritoryId = territory.Id,
            Period = period,
            State = RunState.Evaluating,
            StartedAt = clock.GetCurrentInstant(),
            StartedBy = by,
            EvaluatorVersion = Evaluator.Version,
            RulePack = territory.RulePack,
            RulesFingerprint = rules.Fingerprint,
            Buildings = buildings,
            BuildingsDone = 0,
            Accounts = 0,
            Lines = 0,
            Total = Money.Zero(territory.Currency),
            Refused = 0,
        };
        db.Add(run);
        await Reach(run, RunState.Evaluating, by, cancel);
        await db.SaveChangesAsync(cancel);
        return run;
    }

    private Task Reach(Run run, RunState state, string by, CancellationToken cancel) =>
        RunTerritory.Reach(db, run, state, by, clock.GetCurrentInstant(), cancel);

    /// <summary>A draft with buildings that could not be evaluated: those are tried again.</summary>
    private async Task Reopen(Run run, string by, CancellationToken cancel)
    {
        await Reach(run, RunState.Evaluating, by, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>One month, one set of rules: what was evaluated by others, and counts nowhere yet, is evaluated again.</summary>
    private async Task StartAnew(Run run, Rules rules, RunRows rows, string by, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await rows.Clear(db, cancel);
        await db.Set<RunSum>().Where(s => s.RunId == run.Id).ExecuteDeleteAsync(cancel);
        await db.Set<RunBuilding>().Where(b => b.RunId == run.Id).ExecuteDeleteAsync(cancel);
        (run.RulesFingerprint, run.EvaluatorVersion) = (rules.Fingerprint, Evaluator.Version);
        (run.StartedAt, run.StartedBy) = (clock.GetCurrentInstant(), by);
        (run.BuildingsDone, run.Accounts, run.Lines, run.Refused, run.Total) = (0, 0, 0, 0, Money.Zero(run.Total.Currency));
        await Reach(run, RunState.Evaluating, by, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Buildings without a mark; those refused before are tried again.</summary>
    private async Task<List<BuildingId[]>> Waiting(Run run, TerritoryRecord territory, CancellationToken cancel)
    {
        await db.Set<RunBuilding>().Where(b => b.RunId == run.Id && b.Refusal != null).ExecuteDeleteAsync(cancel);
        var done = (await db.Set<RunBuilding>().AsNoTracking().Where(b => b.RunId == run.Id).Select(b => b.BuildingId)
            .ToListAsync(cancel)).ToHashSet();
        var chunks = new List<BuildingId[]>();
        var (chunk, accounts) = (new List<BuildingId>(), 0);
        foreach (var building in (await registry.ListInhabited(territory.Id, cancel)).Where(b => !done.Contains(b.Id)))
        {
            if (chunk.Count > 0 && (accounts + building.Accounts > AccountsInChunk || chunk.Count == BuildingsInChunk))
            {
                chunks.Add([.. chunk]);
                (chunk, accounts) = ([], 0);
            }

            chunk.Add(building.Id);
            accounts += building.Accounts;
        }

        return chunk.Count == 0 ? chunks : [.. chunks, [.. chunk]];
    }

    private async Task EvaluateAll(
        Run run, RunTask task, List<BuildingId[]> chunks, IProgress<RunRecord>? progress, CancellationToken cancel)
    {
        var record = await RunProgress.Of(db, run, cancel);
        var waiting = new ConcurrentQueue<BuildingId[]>(chunks);
        var gate = new Lock();
        var workers = Enumerable.Range(0, Environment.ProcessorCount);
        await Parallel.ForEachAsync(
            workers, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            async (_, stop) =>
            {
                await using var scope = scopes.CreateAsyncScope();
                await scope.ServiceProvider.GetRequiredService<RunWorker>().Work(task, waiting, Done, stop);
            });

        void Done(RunChunk chunk)
        {
            lock (gate)
                record = RunProgress.Plus(record, chunk);
            progress?.Report(record);
        }
    }

    private async Task<Outcome<RunRecord>> Finish(Run run, string by, CancellationToken cancel)
    {
        var record = await RunProgress.Of(db, run, cancel);
        (run.BuildingsDone, run.Accounts, run.Lines, run.Total, run.Refused) =
            (record.BuildingsDone, record.Accounts, record.Lines, record.Total, record.Refused);
        // What was odd in a building that nobody lives in any more.
        await db.Set<AnomalyRow>().Where(a => a.RunId == run.Id
            && !db.Set<RunBuilding>().Any(b => b.RunId == run.Id && b.BuildingId == a.BuildingId)).ExecuteDeleteAsync(cancel);
        await Reach(run, RunState.Draft, by, cancel);
        await db.SaveChangesAsync(cancel);
        return RunProgress.Record(run);
    }
}

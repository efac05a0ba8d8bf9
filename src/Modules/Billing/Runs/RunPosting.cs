using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Closing;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>From a draft to a closed month: approved by a second person, posted, issued, closed; each step once.</summary>
internal sealed class RunPosting(
    OchagDb db, TerritoryRules territoryRules, IAnomalies anomalies, DriftCheck drift, ClosingCount closing, IClock clock)
{
    public Task<Outcome<RunRecord>> Approve(TerritoryRecord territory, RunId id, string by, CancellationToken cancel) =>
        Step(territory, id, RunState.Draft, async run =>
        {
            var rules = await territoryRules.Read(territory, cancel);
            var evaluatedBy = await LastOf(run, RunState.Draft, cancel);
            var refusal = rules.Refusal ?? DecideApproval(
                evaluatedBy, by, rules.Value.Fingerprint == run.RulesFingerprint, await anomalies.Count(run.Id, cancel));
            if (refusal is null)
                await Reach(run, RunState.Approved, by, cancel);
            return refusal;
        }, cancel);

    /// <summary>May the draft be posted, as far as this person is concerned? Pure.</summary>
    internal static Refusal? DecideApproval(string evaluatedBy, string by, bool sameRules, AnomalyCount odd) =>
        !sameRules ? new("billing.rules-changed-since-draft")
        : odd.Undecided > 0 ? new("billing.anomalies-undecided", ("count", $"{odd.Undecided}"))
        : odd.ToMend > 0 ? new("billing.anomalies-to-mend", ("count", $"{odd.ToMend}"))
        : string.Equals(evaluatedBy, by, StringComparison.OrdinalIgnoreCase) ? new("billing.run-own-approval", ("by", by))
        : null;

    public async Task<Outcome<RunRecord>> Post(TerritoryRecord territory, RunId id, string by, CancellationToken cancel) =>
        await drift.Refuse(territory.Id, cancel) is { } drifted
            ? drifted
            : await Step(territory, id, RunState.Approved, run => Post(run, by, cancel), cancel);

    /// <summary>Without a second person, for whoever makes a base; only when every building was evaluated.</summary>
    public async Task<Outcome<RunRecord>> PostDraft(TerritoryRecord territory, RunId id, string by, CancellationToken cancel) =>
        await drift.Refuse(territory.Id, cancel) is { } drifted
            ? drifted
            : await Step(territory, id, RunState.Draft, async run => run.Refused > 0
                ? new("billing.run-has-refusals", ("run", $"{run.Id.Value}"), ("buildings", $"{run.Refused}"))
                : await Post(run, by, cancel), cancel);

    public Task<Outcome<RunRecord>> Issue(TerritoryRecord territory, RunId id, string by, CancellationToken cancel) =>
        Step(territory, id, RunState.Posted, async run =>
        {
            var numbers = await MonthLoad<IssuedBill>.Begin(db, run.Period, run.Id.Value, cancel);
            await numbers.Clear(db, cancel);
            var (table, month) = (numbers.Options.Table ?? "billing_issued_bill", run.Period.Number);
            var sql = $$"""
                INSERT INTO {{table}} (posted_in, account_id, run_id, number)
                SELECT posted_in, account_id, run_id, row_number() OVER (ORDER BY account_id)
                FROM billing_bill WHERE posted_in = {0} AND run_id = {1}
                """;
            await db.Database.ExecuteSqlRawAsync(sql, [month, run.Id.Value], cancel);
            await numbers.Join(db, cancel);
            await Reach(run, RunState.Issued, by, cancel);
            return null;
        }, cancel);

    public async Task<Outcome<RunRecord>> Close(TerritoryRecord territory, RunId id, string by, CancellationToken cancel)
    {
        // Read before the step: posted lines do not change, and where the database has one writer nobody waits meanwhile.
        var issued = await db.Set<Run>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id && r.State == RunState.Issued, cancel);
        ClosingSheet? sheet = null;
        if (issued is not null)
        {
            var counted = await closing.Count(issued, null, cancel);
            if (counted.Refusal is { } broken)
                return broken;
            sheet = counted.Value;
        }

        return await Step(territory, id, RunState.Issued, async run =>
        {
            if (sheet is null)
                return new("billing.run-step-wrong", ("month", run.Period.ToString())); // issued a moment ago, by somebody else
            var previous = run.Period.PlusMonths(-1);
            var before = await db.Set<Run>().AsNoTracking().Where(r => r.TerritoryId == territory.Id && r.Period == previous)
                .Select(r => (RunState?)r.State).FirstOrDefaultAsync(cancel);
            var refusal = before is { } state && state != RunState.Closed
                ? new("billing.previous-month-not-closed", ("month", previous.ToString()))
                : await BooksDiffer(run, sheet, cancel);
            if (refusal is not null)
                return refusal;
            closing.Keep(sheet);
            await Reach(run, RunState.Closed, by, cancel);
            return null;
        }, cancel);
    }

    private async Task<Refusal?> Post(Run run, string by, CancellationToken cancel)
    {
        var rows = await RunRows.Begin(db, run, cancel);
        await rows.Join(db, cancel);
        var sums = await RunProgress.SumsOf(db, run, cancel);
        db.AddRange(sums.Select(s => new RunService { RunId = run.Id, Service = s.Service, Sum = s.Sum }));
        run.PostedAt = clock.GetCurrentInstant();
        await Reach(run, RunState.Posted, by, cancel);
        return null;
    }

    /// <summary>The same sum from all sides: what the run says, its bills, its buildings by service, and the lines themselves.</summary>
    private async Task<Refusal?> BooksDiffer(Run run, ClosingSheet sheet, CancellationToken cancel)
    {
        var bills = await db.Set<BillRow>().AsNoTracking().Where(b => b.PostedIn == run.Period && b.RunId == run.Id)
            .GroupBy(b => b.RunId)
            .Select(g => new { Count = g.Count(), Lines = g.Sum(b => (long)b.Lines), Minor = g.Sum(b => b.Total.Minor) })
            .SingleOrDefaultAsync(cancel);
        var numbers = await db.Set<IssuedBill>().AsNoTracking().CountAsync(b => b.PostedIn == run.Period && b.RunId == run.Id, cancel);
        var buildings = await db.Set<RunBuilding>().AsNoTracking().Where(b => b.RunId == run.Id).SumAsync(b => b.TotalMinor, cancel);
        var services = (await RunProgress.SumsOf(db, run, cancel)).ToDictionary(s => s.Service, s => s.Sum);
        var byService = sheet.Groups.GroupBy(g => g.Service).ToDictionary(g => g.Key, g => g.Sum(x => x.Total.Minor));
        var sameServices = services.Keys.Union(byService.Keys)
            .All(s => services.GetValueOrDefault(s).Minor == byService.GetValueOrDefault(s));
        var of = (run.Accounts, run.Lines, run.Total.Minor);
        return of == (bills?.Count ?? 0, bills?.Lines ?? 0, bills?.Minor ?? 0)
            && of == (numbers, sheet.Lines, sheet.Total.Minor)
            && buildings == run.Total.Minor && sameServices
            ? null
            : new("billing.books-differ", ("run", $"{run.Total}"), ("bills", $"{new Money(bills?.Minor ?? 0, run.Total.Currency)}"),
                ("lines", $"{sheet.Total}"), ("buildings", $"{new Money(buildings, run.Total.Currency)}"));
    }

    /// <summary>One step of the run: alone, from the state where it begins, all of it or nothing.</summary>
    private async Task<Outcome<RunRecord>> Step(
        TerritoryRecord territory, RunId id, RunState from, Func<Run, Task<Refusal?>> work, CancellationToken cancel)
    {
        await using var alone = await RunTerritory.Alone(db, territory, cancel);
        if (alone is null)
            return RunTerritory.InProgress(territory);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var run = await db.Set<Run>().FirstAsync(r => r.Id == id && r.TerritoryId == territory.Id, cancel);
        await db.Entry(run).ReloadAsync(cancel);
        if (run.State != from)
            return new Refusal("billing.run-step-wrong", ("month", run.Period.ToString()));
        if (await work(run) is { } refusal)
            return refusal;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return RunProgress.Record(run);
    }

    private Task Reach(Run run, RunState state, string by, CancellationToken cancel) =>
        RunTerritory.Reach(db, run, state, by, clock.GetCurrentInstant(), cancel);

    private Task<string> LastOf(Run run, RunState state, CancellationToken cancel) => db.Set<RunStepRow>().AsNoTracking()
        .Where(s => s.RunId == run.Id && s.State == state).OrderByDescending(s => s.Number).Select(s => s.By).FirstAsync(cancel);
}

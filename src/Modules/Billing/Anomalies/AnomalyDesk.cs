using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Runs;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Anomalies;

internal sealed class AnomalyDesk(OchagDb db, IClock clock) : IAnomalies
{
    // A single one speaks for itself; a hundred at a stroke want a word for whoever approves.
    private const int ManyWithoutNote = 20;

    public async Task<AnomalyCount> Count(RunId run, CancellationToken cancel)
    {
        var counted = await Decided().Where(a => a.Row.RunId == run).GroupBy(a => a.Row.RunId).Select(g => new
        {
            All = g.Count(),
            Undecided = g.Count(a => a.Verdict == null),
            ToMend = g.Count(a => a.Verdict == AnomalyVerdict.ToMend),
        }).SingleOrDefaultAsync(cancel);
        return new(counted?.All ?? 0, counted?.Undecided ?? 0, counted?.ToMend ?? 0);
    }

    public async Task<IReadOnlyList<AnomalyGroup>> Groups(RunRecord run, CancellationToken cancel)
    {
        var groups = await Decided().Where(a => a.Row.RunId == run.Id).GroupBy(a => new { a.Row.Kind, a.Row.Service }).Select(g => new
        {
            g.Key.Kind,
            g.Key.Service,
            Count = g.Count(),
            Buildings = g.Select(a => a.Row.BuildingId).Distinct().Count(),
            Undecided = g.Count(a => a.Verdict == null),
            ToMend = g.Count(a => a.Verdict == AnomalyVerdict.ToMend),
            Risk = g.Sum(a => a.Row.RiskMinor),
        }).ToListAsync(cancel);
        return [.. groups.OrderByDescending(g => g.Undecided > 0).ThenByDescending(g => g.Risk).ThenBy(g => g.Kind).ThenBy(g => g.Service)
            .Select(g => new AnomalyGroup(
                g.Kind, g.Service, g.Count, g.Buildings, g.Undecided, g.ToMend, new(g.Risk, run.Total.Currency)))];
    }

    public async Task<IReadOnlyList<Anomaly>> List(
        RunRecord run, AnomalyChoice? choice, bool undecidedOnly, int skip, int take, CancellationToken cancel)
    {
        var rows = Meant(run.Id, choice);
        if (undecidedOnly)
            rows = rows.Where(a => a.DecisionId == null);
        var found = await (
            from row in rows.OrderByDescending(a => a.RiskMinor).ThenBy(a => a.BuildingId).ThenBy(a => a.Number).Skip(skip).Take(take)
            join d in db.Set<AnomalyDecisionRow>() on row.DecisionId equals d.Id into decisions
            from decision in decisions.DefaultIfEmpty()
            orderby row.RiskMinor descending, row.BuildingId, row.Number
            select new { row, decision }).AsNoTracking().ToListAsync(cancel);
        var currency = run.Total.Currency;
        return [.. found.Select(f => new Anomaly(
            f.row.BuildingId, f.row.Number, f.row.Kind, f.row.AccountId, f.row.Service, new(f.row.NowMinor, currency),
            Sum(f.row.LastMonthMinor), Sum(f.row.LastYearMinor), new(f.row.RiskMinor, currency), f.row.Months,
            f.decision is null ? null : new(f.decision.Verdict, f.decision.By, f.decision.At, f.decision.Note)))];

        Money? Sum(long? minor) => minor is { } of ? new(of, currency) : null;
    }

    public Task<int> CountMeant(RunId run, AnomalyChoice choice, CancellationToken cancel) => Meant(run, choice).CountAsync(cancel);

    public async Task<Outcome<int>> Decide(
        TerritoryRecord territory, RunId id, AnomalyChoice choice, AnomalyVerdict verdict, string? note, string by,
        CancellationToken cancel)
    {
        await using var alone = await RunTerritory.Alone(db, territory, cancel);
        if (alone is null)
            return RunTerritory.InProgress(territory);
        var run = await db.Set<Run>().AsNoTracking().FirstAsync(r => r.Id == id && r.TerritoryId == territory.Id, cancel);
        if (run.State != RunState.Draft)
            return new Refusal("billing.run-step-wrong", ("month", run.Period.ToString()));
        var written = note?.Trim() is { Length: > 0 } text ? text : null;
        var meant = Meant(id, choice).Where(a => a.DecisionId == null
            || !db.Set<AnomalyDecisionRow>().Any(d => d.Id == a.DecisionId && d.Verdict == verdict));
        var count = await meant.CountAsync(cancel);
        if (count == 0)
            return await Meant(id, choice).AnyAsync(cancel) ? 0 : new Refusal("billing.anomaly-unknown");
        if (count > ManyWithoutNote && verdict == AnomalyVerdict.Accepted && written is null)
            return new Refusal("billing.anomaly-note-missing", ("count", $"{count}"));
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var decision = new AnomalyDecisionRow
        {
            Id = await db.ReserveIds<AnomalyDecisionRow>(1, cancel), RunId = id, Verdict = verdict, Note = written, By = by,
            At = clock.GetCurrentInstant(),
        };
        db.Add(decision);
        await db.SaveChangesAsync(cancel);
        count = await meant.ExecuteUpdateAsync(s => s.SetProperty(a => a.DecisionId, decision.Id), cancel);
        await transaction.CommitAsync(cancel);
        return count;
    }

    private IQueryable<AnomalyRow> Meant(RunId run, AnomalyChoice? choice)
    {
        if (choice is null)
            return db.Set<AnomalyRow>().Where(a => a.RunId == run);
        var (kind, service) = (choice.Kind, choice.Service);
        var rows = db.Set<AnomalyRow>().Where(a => a.RunId == run && a.Kind == kind && a.Service == service);
        if (choice.Building is { } building)
            rows = rows.Where(a => a.BuildingId == building);
        return choice.Number is { } number ? rows.Where(a => a.Number == number) : rows;
    }

    private IQueryable<WithVerdict> Decided() =>
        from row in db.Set<AnomalyRow>().AsNoTracking()
        join d in db.Set<AnomalyDecisionRow>() on row.DecisionId equals d.Id into decisions
        from decision in decisions.DefaultIfEmpty()
        select new WithVerdict { Row = row, Verdict = decision == null ? null : decision.Verdict };

    private sealed class WithVerdict
    {
        public required AnomalyRow Row { get; init; }
        public required AnomalyVerdict? Verdict { get; init; }
    }
}

using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Runs;

/// <summary>
/// Evaluates a territory's month, building by building, and posts it. The lines of a few buildings and the mark that
/// they are done go in one transaction, so a run that is killed goes on without losing or doubling a line; until the
/// last step nothing of it counts.
/// </summary>
internal sealed class RunMonth(
    OchagDb db, IBulkWriter bulk, IRegistry registry, FactsReader facts, TerritoryRules territoryRules, IClock clock)
{
    /// <summary>Accounts in one transaction: on SQLite others wait for the single writer no longer than that takes.</summary>
    private const int BuildingsInChunk = 16;

    public async Task<Outcome<RunRecord>> Run(
        TerritoryRecord territory, BillingPeriod period, string by, IProgress<RunRecord>? progress, CancellationToken cancel)
    {
        var rules = await territoryRules.Read(territory, cancel);
        if (rules.IsRefused)
            return rules.Refusal!;
        await using var alone = await Alone(territory, cancel);
        if (alone is null)
            return InProgress(territory);
        var begun = await Begin(territory, period, rules.Value, by, cancel);
        if (begun.IsRefused)
            return begun.Refusal!;

        var run = begun.Value;
        if (run.RulesFingerprint != rules.Value.Fingerprint)
            await StartAnew(run, rules.Value, cancel);
        await db.PrepareMonth<ChargeLineRow>(period, cancel);
        var waiting = await Waiting(run, territory, cancel);
        foreach (var chunk in waiting.Chunk(BuildingsInChunk))
        {
            await Chunk(run, territory, rules.Value, chunk, cancel);
            progress?.Report(Record(run));
        }

        return await Post(run, cancel);
    }

    /// <summary>Decides, and makes the run's row; the work itself comes after.</summary>
    public async Task<Outcome<RunRecord>> Open(TerritoryRecord territory, BillingPeriod period, string by, CancellationToken cancel)
    {
        var rules = await territoryRules.Read(territory, cancel);
        if (rules.IsRefused)
            return rules.Refusal!;
        await using var alone = await Alone(territory, cancel);
        if (alone is null)
            return InProgress(territory);
        var begun = await Begin(territory, period, rules.Value, by, cancel);
        return begun.IsRefused ? begun.Refusal! : Record(begun.Value);
    }

    private Task<IAsyncDisposable?> Alone(TerritoryRecord territory, CancellationToken cancel) =>
        Exclusive.Take(db, $"bill-run-{territory.Id.Value}", cancel);

    private static Refusal InProgress(TerritoryRecord territory) => new("billing.run-in-progress", ("territory", territory.Code));

    /// <summary>May the month be run (again)? Pure.</summary>
    internal static Refusal? Decide(
        BillingPeriod since, BillingPeriod period, LocalDate today, RunState? ofPeriod, RunState? ofPrevious, int buildings, int accounts)
    {
        if (ofPeriod == RunState.Posted)
            return new("billing.month-already-posted", ("month", period.ToString()));
        if (period < since)
            return new("billing.month-before-start", ("month", period.ToString()), ("billed since", since.ToString()));
        if (period >= BillingPeriod.Of(today))
            return new("billing.month-not-over", ("month", period.ToString()), ("from", Iso(period.PlusMonths(1).FirstDay)));
        if (period > since && ofPrevious != RunState.Posted)
            return new("billing.previous-month-open", ("month", period.PlusMonths(-1).ToString()));
        return buildings == 0 ? new("billing.no-buildings")
            : accounts == 0 ? new("billing.no-accounts")
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
        var buildings = (await registry.ListBuildings(territory.Id, cancel)).Count;
        var accounts = (await registry.CountAccounts(cancel)).GetValueOrDefault(territory.Id);
        var today = clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        var ofPrevious = runs.Find(r => r.Period == previous)?.State;
        if (Decide(territory.BilledSince, period, today, run?.State, ofPrevious, buildings, accounts) is { } refusal)
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
        await db.SaveChangesAsync(cancel);
        return run;
    }

    /// <summary>One month, one set of rules: what was evaluated by others, and counts nowhere yet, is evaluated again.</summary>
    private async Task StartAnew(Run run, Rules rules, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Set<ChargeLineRow>().Where(l => l.PostedIn == run.Period && l.RunId == run.Id).ExecuteDeleteAsync(cancel);
        await db.Set<RunBuilding>().Where(b => b.RunId == run.Id).ExecuteDeleteAsync(cancel);
        await db.Set<RunService>().Where(s => s.RunId == run.Id).ExecuteDeleteAsync(cancel);
        (run.BuildingsDone, run.Accounts, run.Lines, run.Refused) = (0, 0, 0, 0);
        run.Total = Money.Zero(run.Total.Currency);
        run.RulesFingerprint = rules.Fingerprint;
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Buildings without a mark; those refused before are tried again.</summary>
    private async Task<List<BuildingId>> Waiting(Run run, TerritoryRecord territory, CancellationToken cancel)
    {
        await db.Set<RunBuilding>().Where(b => b.RunId == run.Id && b.Refusal != null).ExecuteDeleteAsync(cancel);
        run.Refused = 0;
        var done = await db.Set<RunBuilding>().AsNoTracking().Where(b => b.RunId == run.Id).Select(b => b.BuildingId).ToListAsync(cancel);
        run.BuildingsDone = done.Count;
        return [.. (await registry.ListBuildings(territory.Id, cancel)).Except(done)];
    }

    private async Task Chunk(Run run, TerritoryRecord territory, Rules rules, BuildingId[] ids, CancellationToken cancel)
    {
        var buildings = await facts.Read(territory, ids, cancel);
        var evaluated = buildings.AsParallel().AsOrdered().WithCancellation(cancel)
            .Select(b => (b.Building.Id, b.Building.Accounts.Count, Result: Evaluator.EvaluateBuilding(b, rules, run.Period))).ToList();

        // The marks come from every asked building: one without a passport yet has nothing to charge, and says so.
        var marks = ids.Select(id => new RunBuilding { RunId = run.Id, BuildingId = id, Refusal = ReasonOf(id) }).ToList();
        var rows = evaluated.Where(e => !e.Result.IsRefused).SelectMany(e => Rows(run, e.Result.Value.Lines)).ToList();

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await bulk.Write(db, rows, cancel);
        await bulk.Write(db, marks, cancel);
        run.BuildingsDone += marks.Count;
        run.Refused += marks.Count(m => m.Refusal is not null);
        run.Accounts += evaluated.Where(e => !e.Result.IsRefused).Sum(e => e.Count);
        run.Lines += rows.Count;
        run.Total += Total(rows, run.Total.Currency);
        await AddToServices(run, rows, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);

        string? ReasonOf(BuildingId id) =>
            evaluated.Find(e => e.Id == id) is { Result.Refusal: { } refusal } ? Short(refusal) : null;
    }

    private async Task AddToServices(Run run, List<ChargeLineRow> rows, CancellationToken cancel)
    {
        var known = await db.Set<RunService>().Where(s => s.RunId == run.Id).ToDictionaryAsync(s => s.Service, cancel);
        foreach (var lines in rows.GroupBy(r => r.Service))
        {
            var more = Total(lines, run.Total.Currency);
            if (known.TryGetValue(lines.Key, out var service))
                service.Sum += more;
            else
                db.Add(new RunService { RunId = run.Id, Service = lines.Key, Sum = more });
        }
    }

    private static Money Total(IEnumerable<ChargeLineRow> rows, Currency currency) => rows.Aggregate(
        Money.Zero(currency), (sum, r) => sum + LineTotal.Of(r.Amount, new(r.VatMinor, currency), r.VatOnTop));

    private static IEnumerable<ChargeLineRow> Rows(Run run, IReadOnlyList<ChargeLine> lines)
    {
        var (account, number) = (default(AccountId), (short)0);
        foreach (var line in lines)
        {
            number = line.Account == account ? (short)(number + 1) : (short)1;
            account = line.Account;
            yield return new()
            {
                PostedIn = run.Period,
                AccountId = account,
                RunId = run.Id,
                Number = number,
                Period = run.Period,
                Service = line.Service,
                Component = line.Component.Code,
                Bases = line.Basis.Packed,
                Quantity = new(line.Quantity.Round(Fixed.Places)),
                Unit = line.Unit,
                Amount = line.Amount,
                VatRate = new(line.VatRate.Round(Fixed.Places)),
                VatMinor = line.Vat.Minor,
                VatOnTop = line.VatOnTop,
                Working = line.Working,
            };
        }
    }

    /// <summary>The one step by which all lines begin to count.</summary>
    private async Task<Outcome<RunRecord>> Post(Run run, CancellationToken cancel)
    {
        if (run.Refused > 0)
        {
            await db.SaveChangesAsync(cancel);
            return new Refusal("billing.run-has-refusals", ("run", $"{run.Id.Value}"), ("buildings", $"{run.Refused}"));
        }

        run.State = RunState.Posted;
        run.PostedAt = clock.GetCurrentInstant();
        await db.SaveChangesAsync(cancel);
        return Record(run);
    }

    private static string Short(Refusal refusal) =>
        refusal.ToString() is { Length: > FactModel.TextLength } text ? text[..FactModel.TextLength] : refusal.ToString();

    internal static RunRecord Record(Run run) => new(
        run.Id,
        run.TerritoryId,
        run.Period,
        run.State,
        run.StartedAt,
        run.StartedBy,
        run.PostedAt,
        run.Buildings,
        run.BuildingsDone,
        run.Accounts,
        run.Lines,
        run.Total,
        run.Refused);
}

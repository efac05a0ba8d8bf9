using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

internal sealed class Billing(
    OchagDb db, RunMonth month, RunPosting posting, EffectOfReadings effect, TerritoryRules rules, DriftCheck drift) : IBilling
{
    public async Task<Outcome<RunRecord>> Run(
        TerritoryRecord territory, BillingPeriod period, string by, IProgress<RunRecord>? progress, CancellationToken cancel)
    {
        var draft = await month.Evaluate(territory, period, by, progress, cancel);
        return draft.IsRefused ? draft : await posting.PostDraft(territory, draft.Value.Id, by, cancel);
    }

    public Task<Outcome<ReadingEffect>> EffectOf(
        TerritoryRecord territory, BuildingId building, AccountId? account, IReadOnlyList<ReadingDraft> readings,
        CancellationToken cancel) => effect.Of(territory, building, account, readings, cancel);

    public Task<CheckedWorkings> CheckWorkings(
        TerritoryId territory, BillingPeriod? month, IProgress<long>? progress, CancellationToken cancel) =>
        new WorkingCheck(db).Check(territory, month, progress, cancel);

    public Task<Outcome<IReadOnlyList<DriftMonth>>> CheckDrift(
        TerritoryRecord territory, int months, IProgress<long>? progress, CancellationToken cancel) =>
        drift.Check(territory, months, progress, cancel);

    public Task<Outcome<IReadOnlyList<ReleasedDrift>>> ReleaseDrift(
        TerritoryRecord territory, string ground, string by, CancellationToken cancel) => drift.Release(territory, ground, by, cancel);

    public Task<Outcome<Rules>> RulesOf(TerritoryRecord territory, CancellationToken cancel) => rules.Read(territory, cancel);

    public Task<Outcome<RuleSources>> RuleSourcesOf(TerritoryRecord territory, CancellationToken cancel) =>
        rules.Sources(territory, cancel);

    public IReadOnlyList<RulePack> ListRulePacks() => rules.ListPacks();

    public async Task<bool> HaveOpening(IReadOnlyCollection<AccountId> accounts, CancellationToken cancel)
    {
        var ids = accounts.ToArray();
        return await db.Set<OpeningBalanceFact>().Known().AnyAsync(b => ids.Contains(b.AccountId), cancel);
    }

    public Task RecordParameters(
        TerritoryId territory, IReadOnlyList<Parameter> parameters, string by, string evidence, CancellationToken cancel) =>
        rules.Record(territory, parameters, by, evidence, cancel);

    public async Task<IReadOnlyList<RunRecord>> ListRuns(IReadOnlyCollection<TerritoryId> territories, CancellationToken cancel)
    {
        var ids = territories.ToArray();
        var runs = await db.Set<Run>().AsNoTracking().Where(r => ids.Contains(r.TerritoryId))
            .OrderByDescending(r => r.Period).ThenBy(r => r.Id).ToListAsync(cancel);
        var records = new List<RunRecord>();
        foreach (var run in runs)
            records.Add(await RunProgress.Of(db, run, cancel));
        return records;
    }

    public async Task<RunRecord?> FindRun(RunId run, CancellationToken cancel) =>
        await db.Set<Run>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == run, cancel) is { } found
            ? await RunProgress.Of(db, found, cancel)
            : null;

    public async Task<IReadOnlyList<RefusedBuilding>> ListRefused(RunId run, int limit, CancellationToken cancel) =>
        await db.Set<RunBuilding>().AsNoTracking().Where(b => b.RunId == run && b.Refusal != null)
            .OrderBy(b => b.BuildingId).Take(limit).Select(b => new RefusedBuilding(b.BuildingId, b.Refusal!)).ToListAsync(cancel);

    public async Task<IReadOnlyList<PostedLine>> ListCharges(AccountId account, CancellationToken cancel)
    {
        var lines = await (
            from bill in PostedBills()
            where bill.AccountId == account
            join l in db.Set<ChargeLineRow>()
                on new { bill.PostedIn, bill.AccountId, bill.RunId } equals new { l.PostedIn, l.AccountId, l.RunId }
            select new
            {
                l.PostedIn, l.AccountId, l.RunId, l.Number, l.Period, l.Service, l.Component, l.Bases, l.Quantity, l.Unit, l.Amount,
                l.VatRate, l.VatMinor, l.VatOnTop,
            })
            .OrderByDescending(l => l.Period).ThenBy(l => l.RunId).ThenBy(l => l.Number).ToListAsync(cancel);
        return [.. lines.Select(l => new PostedLine(
            new(l.PostedIn, l.AccountId, l.RunId, l.Number),
            l.Period,
            l.Service,
            Component.FromCode(l.Component),
            new(l.Bases),
            l.Quantity,
            l.Unit,
            l.Amount,
            l.VatRate,
            new(l.VatMinor, l.Amount.Currency),
            l.VatOnTop))];
    }

    public async Task<ExplainedLine?> FindLine(LineKey key, CancellationToken cancel)
    {
        var found = await (
            from line in Posted()
            join run in db.Set<Run>() on line.RunId equals run.Id
            where line.PostedIn == key.PostedIn && line.AccountId == key.Account && line.RunId == key.Run && line.Number == key.Number
            select new { line, run.EvaluatorVersion, run.RulePack }).FirstOrDefaultAsync(cancel);
        return found is null
            ? null
            : new(
                new(
                    key,
                    found.line.Period,
                    found.line.Service,
                    Component.FromCode(found.line.Component),
                    new(found.line.Bases),
                    found.line.Quantity,
                    found.line.Unit,
                    found.line.Amount,
                    found.line.VatRate,
                    new(found.line.VatMinor, found.line.Amount.Currency),
                    found.line.VatOnTop),
                found.line.Working,
                found.EvaluatorVersion,
                found.RulePack);
    }

    public async Task<AccountBalance> Balance(AccountId account, Currency currency, CancellationToken cancel)
    {
        var opening = await db.Set<OpeningBalanceFact>().AsNoTracking().Known().Where(b => b.AccountId == account)
            .SumAsync(b => b.Sum.Minor, cancel);
        var charged = await PostedBills().Where(b => b.AccountId == account).SumAsync(b => b.Total.Minor, cancel);
        return new(new(opening, currency), new(charged, currency));
    }

    public async Task<IReadOnlyDictionary<AccountId, AccountBalance>> Balances(
        IReadOnlyCollection<AccountId> accounts, Currency currency, CancellationToken cancel)
    {
        var ids = accounts.ToArray();
        var opening = await db.Set<OpeningBalanceFact>().AsNoTracking().Known().Where(b => ids.Contains(b.AccountId))
            .GroupBy(b => b.AccountId).Select(g => new { g.Key, Sum = g.Sum(b => b.Sum.Minor) })
            .ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
        var charged = await PostedBills().Where(b => ids.Contains(b.AccountId))
            .GroupBy(b => b.AccountId).Select(g => new { g.Key, Sum = g.Sum(b => b.Total.Minor) })
            .ToDictionaryAsync(g => g.Key, g => g.Sum, cancel);
        return ids.ToDictionary(id => id, id => new AccountBalance(
            new(opening.GetValueOrDefault(id), currency), new(charged.GetValueOrDefault(id), currency)));
    }

    public async Task<IReadOnlyList<(Service Service, Money Sum)>> SumByService(
        TerritoryRecord territory, BillingPeriod period, CancellationToken cancel)
    {
        var run = await db.Set<Run>().AsNoTracking().FirstOrDefaultAsync(r => r.TerritoryId == territory.Id && r.Period == period, cancel);
        if (run is null)
            return [];
        if (!run.State.Counts())
            return await RunProgress.SumsOf(db, run, cancel);
        var sums = await db.Set<RunService>().AsNoTracking().Where(s => s.RunId == run.Id).OrderBy(s => s.Service).ToListAsync(cancel);
        return [.. sums.Select(s => (s.Service, s.Sum))];
    }

    public async Task<IReadOnlyList<PostedMonth>> CountPosted(CancellationToken cancel)
    {
        var months = await (
            from line in Totals()
            group line by new { line.Territory, line.PostedIn, line.Currency } into g
            select new
            {
                g.Key, Accounts = g.Select(l => l.Account).Distinct().Count(), Lines = g.LongCount(), Minor = g.Sum(l => l.Minor),
            }).ToListAsync(cancel);
        return [.. months.OrderBy(m => m.Key.Territory.Value).ThenBy(m => m.Key.PostedIn)
            .Select(m => new PostedMonth(m.Key.Territory, m.Key.PostedIn, m.Accounts, m.Lines, new(m.Minor, m.Key.Currency)))];
    }

    public async Task<IReadOnlyList<AccountServiceSum>> SumByAccount(
        IReadOnlyCollection<AccountId> accounts, Currency currency, BillingPeriod period, CancellationToken cancel)
    {
        var ids = accounts.ToArray();
        var sums = await (
            from line in Totals()
            where line.PostedIn == period && ids.Contains(line.Account)
            group line by new { line.Account, line.Service, line.Component } into g
            select new { g.Key.Account, g.Key.Service, g.Key.Component, Sum = g.Sum(l => l.Minor) }).ToListAsync(cancel);
        return [.. sums.GroupBy(s => (s.Account, s.Service)).Select(g => new AccountServiceSum(
            g.Key.Account,
            g.Key.Service,
            new(g.Sum(s => s.Sum), currency),
            new(g.Where(s => Component.FromCode(s.Component).Kind == ComponentKind.Common).Sum(s => s.Sum), currency)))];
    }

    public async Task<IReadOnlyList<RecordedParameter>> FindParameters(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var wanted = ids.ToArray();
        return await db.Set<ParameterFact>().AsNoTracking().Where(p => wanted.Contains(p.Id))
            .Select(p => new RecordedParameter(
                p.Id, p.TerritoryId, p.Table, p.Key, p.Value, p.EffectiveFrom, p.EffectiveTo, p.Recorded.Evidence)).ToListAsync(cancel);
    }

    public PackFormula? FindFormula(string rulePack, int formula) => rules.FindFormula(rulePack, formula);

    public string? FindClause(string rulePack, Service service, Clause clause) => rules.FindClause(rulePack, service, clause);

    /// <summary>Bills that count: those of posted runs. They lead from an account to its lines.</summary>
    private IQueryable<BillRow> PostedBills() =>
        from bill in db.Set<BillRow>().AsNoTracking()
        join run in db.Set<Run>().Counting() on bill.RunId equals run.Id
        select bill;

    /// <summary>Lines that count: those of posted runs.</summary>
    private IQueryable<ChargeLineRow> Posted() =>
        from line in db.Set<ChargeLineRow>().AsNoTracking()
        join run in db.Set<Run>().Counting() on line.RunId equals run.Id
        select line;

    /// <summary>The totals of lines that count, as <see cref="LineTotal"/> makes them, for the database to add up.</summary>
    private IQueryable<Owed> Totals() =>
        from line in db.Set<ChargeLineRow>().AsNoTracking()
        join run in db.Set<Run>().Counting() on line.RunId equals run.Id
        select new Owed
        {
            Territory = run.TerritoryId,
            PostedIn = line.PostedIn,
            Account = line.AccountId,
            Service = line.Service,
            Component = line.Component,
            Currency = line.Amount.Currency,
            Minor = line.Amount.Minor + (line.VatOnTop ? line.VatMinor : 0),
        };

    private sealed class Owed
    {
        public required TerritoryId Territory { get; init; }
        public required BillingPeriod PostedIn { get; init; }
        public required AccountId Account { get; init; }
        public required Service Service { get; init; }
        public required short Component { get; init; }
        public required Currency Currency { get; init; }
        public required long Minor { get; init; }
    }
}

using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Closing;

internal sealed class ClosingDesk(OchagDb db, ClosingCount count) : IClosing
{
    public async Task<Outcome<ClosingSheet>> Sheet(RunId id, long mostLines, IProgress<long>? progress, CancellationToken cancel)
    {
        var run = await db.Set<Run>().AsNoTracking().FirstAsync(r => r.Id == id, cancel);
        if (!run.State.Counts())
            return new Refusal("billing.closing-not-posted", ("month", $"{run.Period}"));
        if (run.State == RunState.Closed && await count.Kept(run, cancel) is { } kept)
            return kept;
        return run.Lines > mostLines
            ? new Refusal("billing.closing-too-long", ("lines", $"{run.Lines}"), ("most", $"{mostLines}"))
            : await count.Count(run, progress, cancel);
    }

    public Task<int> CountBuildings(RunId run, CancellationToken cancel) => Inhabited(run).CountAsync(cancel);

    public async Task<IReadOnlyList<ClosingBuilding>> Buildings(
        RunRecord run, BuildingId? only, int skip, int take, CancellationToken cancel)
    {
        var buildings = await Inhabited(run.Id).Where(b => only == null || b.BuildingId == only)
            .OrderByDescending(b => b.TotalMinor).ThenBy(b => b.BuildingId).Skip(skip).Take(take).ToListAsync(cancel);
        var ids = buildings.Select(b => b.BuildingId).ToArray();
        var sums = (await db.Set<RunSum>().AsNoTracking().Where(s => s.RunId == run.Id && ids.Contains(s.BuildingId))
            .ToListAsync(cancel)).ToLookup(s => s.BuildingId);
        var currency = run.Total.Currency;
        return [.. buildings.Select(b => new ClosingBuilding(
            b.BuildingId, b.Accounts, b.Lines, new(b.TotalMinor, currency),
            [.. sums[b.BuildingId].OrderBy(s => s.Service).Select(s => (s.Service, new Money(s.SumMinor, currency)))]))];
    }

    public async Task<IReadOnlyList<ClosingBill>> Bills(
        RunRecord run, IReadOnlyCollection<AccountId>? only, AccountId after, int take, CancellationToken cancel)
    {
        var (wished, currency) = (only?.ToArray(), run.Total.Currency);
        var heads = db.Set<BillRow>().AsNoTracking().Where(b => b.PostedIn == run.Period && b.RunId == run.Id && b.AccountId > after);
        if (wished is not null)
            heads = heads.Where(b => wished.Contains(b.AccountId));
        var bills = await heads.OrderBy(b => b.AccountId).Take(take).ToListAsync(cancel);
        var ids = bills.Select(b => b.AccountId).ToArray();
        var numbers = await db.Set<IssuedBill>().AsNoTracking()
            .Where(b => b.PostedIn == run.Period && b.RunId == run.Id && ids.Contains(b.AccountId))
            .ToDictionaryAsync(b => b.AccountId, b => b.Number, cancel);
        // Heads that were posted before they told their services: the lines tell.
        AccountId[] untold = [.. bills.Where(b => b.Services.Length == 0).Select(b => b.AccountId)];
        var told = (untold.Length == 0 ? [] : await Lines(run, untold, cancel)).ToLookup(l => l.Key.Account);
        return [.. bills.Select(b => new ClosingBill(
            b.AccountId, numbers.TryGetValue(b.AccountId, out var number) ? number : null, b.Total,
            b.Services.Length > 0
                ? [.. BillSums.Read(b.Services).Select(s => (s.Service, new Money(s.Minor, currency)))]
                : [.. told[b.AccountId].GroupBy(l => l.Service).Select(g => (g.Key, new Money(g.Sum(l => l.Total.Minor), currency)))]))];
    }

    public async Task<IReadOnlyList<PostedLine>> Lines(
        RunRecord run, IReadOnlyCollection<AccountId> accounts, CancellationToken cancel)
    {
        var ids = accounts.ToArray();
        var lines = await db.Set<ChargeLineRow>().AsNoTracking()
            .Where(l => l.PostedIn == run.Period && l.RunId == run.Id && ids.Contains(l.AccountId))
            .OrderBy(l => l.AccountId).ThenBy(l => l.Number)
            .Select(l => new
            {
                l.PostedIn, l.AccountId, l.RunId, l.Number, l.Period, l.Service, l.Component, l.Bases, l.Quantity, l.Unit, l.Amount,
                l.VatRate, l.VatMinor, l.VatOnTop,
            }).ToListAsync(cancel);
        return [.. lines.Select(l => new PostedLine(
            new(l.PostedIn, l.AccountId, l.RunId, l.Number), l.Period, l.Service, Component.FromCode(l.Component), new(l.Bases),
            l.Quantity, l.Unit, l.Amount, l.VatRate, new(l.VatMinor, l.Amount.Currency), l.VatOnTop))];
    }

    private IQueryable<RunBuilding> Inhabited(RunId run) =>
        db.Set<RunBuilding>().AsNoTracking().Where(b => b.RunId == run && b.Accounts > 0);
}

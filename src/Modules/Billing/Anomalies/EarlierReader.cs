using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Runs;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Anomalies;

/// <summary>Reads the heads of bills that a draft is held against: of the month before, and of the same month a year before.</summary>
/// <param name="LastMonth">Null: that month was not billed here.</param>
/// <param name="LastYear">Null: that month was not billed here.</param>
internal sealed record EarlierReader(RunMonthKey? LastMonth, RunMonthKey? LastYear)
{
    public static async Task<EarlierReader> Of(OchagDb db, TerritoryId territory, BillingPeriod month, CancellationToken cancel)
    {
        var (before, yearBefore) = (month.PlusMonths(-1), month.PlusMonths(-12));
        var runs = await db.Set<Run>().AsNoTracking().Counting()
            .Where(r => r.TerritoryId == territory && (r.Period == before || r.Period == yearBefore))
            .Select(r => new RunMonthKey(r.Id, r.Period)).ToListAsync(cancel);
        return new(runs.Find(r => r.Period == before), runs.Find(r => r.Period == yearBefore));
    }

    public async Task<EarlierBills> Read(OchagDb db, IEnumerable<BuildingFacts> buildings, CancellationToken cancel)
    {
        var accounts = LastMonth is null && LastYear is null
            ? []
            : buildings.SelectMany(b => b.Building.Accounts).Select(a => a.Id).ToArray();
        return new(LastMonth is not null, await Heads(db, LastMonth, accounts, cancel), await Heads(db, LastYear, accounts, cancel));
    }

    private static async Task<IReadOnlyDictionary<AccountId, BillSum>> Heads(
        OchagDb db, RunMonthKey? run, AccountId[] accounts, CancellationToken cancel)
    {
        if (run is null)
            return new Dictionary<AccountId, BillSum>();
        var (id, period) = (run.Id, run.Period);
        var heads = await db.Set<BillRow>().AsNoTracking()
            .Where(b => b.PostedIn == period && b.RunId == id && accounts.Contains(b.AccountId))
            .Select(b => new { b.AccountId, b.Total.Minor, b.Services }).ToListAsync(cancel);
        return heads.ToDictionary(h => h.AccountId, h => new BillSum(h.Minor, BillSums.Read(h.Services)));
    }
}

/// <summary>A run and the month it posted.</summary>
internal sealed record RunMonthKey(RunId Id, BillingPeriod Period);

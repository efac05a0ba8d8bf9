using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>A house that was billed stays as its bills say; while a run works nothing moves under it.</summary>
internal sealed class BilledHouses(OchagDb db, IRegistry registry) : IMergeGuard
{
    public async Task<Refusal?> WhyKept(TerritoryId territory, BuildingId house, CancellationToken cancel)
    {
        var accounts = (await registry.ReadBuildings([house], cancel)).SelectMany(b => b.Accounts).Select(a => a.Id).ToList();
        var billed = await db.Set<BillRow>().AsNoTracking().Where(b => accounts.Contains(b.AccountId))
            .OrderByDescending(b => b.PostedIn).Select(b => (BillingPeriod?)b.PostedIn).FirstOrDefaultAsync(cancel);
        if (billed is { } month)
            return new("billing.house-billed", ("month", $"{month}"));
        var open = await db.Set<Run>().AsNoTracking().Where(r => r.TerritoryId == territory && r.PostedAt == null)
            .Select(r => (BillingPeriod?)r.Period).FirstOrDefaultAsync(cancel);
        return open is { } working ? new("billing.run-open", ("month", $"{working}")) : null;
    }
}

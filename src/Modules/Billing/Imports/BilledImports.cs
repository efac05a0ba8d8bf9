using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Imports;

/// <summary>What was billed on an import is not taken from under the bills.</summary>
internal sealed class BilledImports(OchagDb db) : IImportGuard
{
    public async Task<Refusal?> WhyKept(ImportRecord import, CancellationToken cancel)
    {
        var runs = await db.Set<Run>().AsNoTracking()
            .Where(r => r.TerritoryId == import.Territory
                && (r.PostedAt == null || r.StartedAt >= import.StartedAt || r.PostedAt >= import.StartedAt))
            .Select(r => r.Period).ToListAsync(cancel);
        return runs.Count == 0 ? null : new("billing.billed-on-import", ("import", $"{import.Id.Value}"), ("month", $"{runs.Max()}"));
    }
}

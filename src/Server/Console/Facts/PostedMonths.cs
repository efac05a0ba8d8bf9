using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Facts;

/// <summary>What is posted already: a fact of its days changes it only by a recalculation.</summary>
internal static class PostedMonths
{
    /// <summary>The last month that is posted in a territory; null: none is.</summary>
    public static async Task<BillingPeriod?> LastPosted(this IBilling billing, TerritoryRecord territory, CancellationToken stop) =>
        (await billing.ListRuns([territory.Id], stop)).Where(r => r.State.Counts())
            .Select(r => (BillingPeriod?)r.Period).Max();
}

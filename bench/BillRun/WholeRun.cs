using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Bench.BillRun;

/// <summary>The product's own run of a month, as the server makes it.</summary>
internal static class WholeRun
{
    public static async Task<(RunRecord Run, Spent Spent, long PeakMiB)> Bill(
        IServiceProvider services, BillingPeriod month, int? server, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory(RunBase.Territory, stop)).Value;
        GC.Collect();
        using var memory = new MemoryWatch();
        RunRecord? run = null;
        var spent = await Spent.On(async () =>
        {
            var result = await scope.ServiceProvider.GetRequiredService<IBilling>().Run(territory, month, "bench", null, stop);
            run = result.IsRefused ? throw new InvalidOperationException($"{result.Refusal}") : result.Value;
        }, server);
        return (run!, spent, memory.MostMiB);
    }

    public static async Task<(TerritoryRecord Territory, Rules Rules)> RulesOf(IServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory(RunBase.Territory, stop)).Value;
        return (territory, (await scope.ServiceProvider.GetRequiredService<IBilling>().RulesOf(territory, stop)).Value);
    }
}

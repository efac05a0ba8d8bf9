using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Bench.BillRun;

/// <summary>Evaluates a month over facts that lie in memory, on all processors; reading them is told apart.</summary>
internal static class EvaluationAlone
{
    private const int BuildingsInBatch = 100;

    public static async Task<(Spent Reading, Spent Evaluating, long Lines)> Measure(
        IServiceProvider services, string code, BillingPeriod month, int? server, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        var territory = (await registry.FindTerritory(code, stop)).Value;
        var rules = (await scope.ServiceProvider.GetRequiredService<IBilling>().RulesOf(territory, stop)).Value;
        var facts = scope.ServiceProvider.GetRequiredService<FactsReader>();
        var (reading, evaluating, lines) = (Spent.None, Spent.None, 0L);
        foreach (var batch in (await registry.ListInhabited(territory.Id, stop)).Select(b => b.Id).Chunk(BuildingsInBatch))
        {
            IReadOnlyList<BuildingFacts> known = [];
            reading += await Spent.On(async () => known = await facts.Read(territory, batch, stop), server);
            evaluating += await Spent.On(() =>
            {
                Parallel.ForEach(known, building => Interlocked.Add(
                    ref lines, Evaluator.EvaluateBuilding(building, rules, month).Value.Lines.Count));
                return Task.CompletedTask;
            }, server: null);
        }

        return (reading, evaluating, lines);
    }
}

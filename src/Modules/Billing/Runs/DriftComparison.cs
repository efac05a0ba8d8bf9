using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>
/// Compares the posted lines of a month with what its evaluation gives today from what was known then, by account, service
/// and component. Workers take a few buildings at a time, as those of a run do; nothing is written.
/// </summary>
/// <remarks>
/// A run reads its facts from its start to its posting, and which facts a building met is not written down: a building agrees
/// when it does so with what was known at the end or at the beginning.
/// </remarks>
internal sealed class DriftComparison(OchagDb db, IServiceScopeFactory scopes, IRegistry registry)
{
    private const int BuildingsInChunk = 50;

    public async Task<Outcome<DriftSums>> Compare(
        TerritoryRecord territory, Run run, IProgress<long>? progress, CancellationToken cancel)
    {
        await using (var look = new LookBack(scopes, run.PostedAt!.Value))
        {
            if ((await look.Rules(territory, cancel)).Refusal is { } refusal)
                return refusal;
        }

        var houses = (await registry.ListInhabited(territory.Id, cancel)).Select(h => h.Id).Chunk(BuildingsInChunk);
        var sums = new DriftSums();
        var seen = new HashSet<AccountId>();
        await Parallel.ForEachAsync(
            houses, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel },
            async (chunk, stop) =>
            {
                var (part, accounts) = await CompareChunk(territory, run, chunk, stop);
                lock (seen)
                {
                    seen.UnionWith(accounts);
                    sums.Add(part);
                    progress?.Report(sums.Lines);
                }
            });
        if (sums.Lines != run.Lines)
            await AddUnseen(territory, run, seen, sums, cancel);
        return sums;
    }

    private async Task<(DriftSums Sums, List<AccountId> Accounts)> CompareChunk(
        TerritoryRecord territory, Run run, BuildingId[] chunk, CancellationToken cancel)
    {
        await using var look = new LookBack(scopes, run.PostedAt!.Value);
        var rules = (await look.Rules(territory, cancel)).Value;
        var known = await look.Facts(territory, chunk, cancel);
        var accounts = known.SelectMany(b => b.Building.Accounts.Select(a => a.Id)).Distinct().ToList();
        var posted = await PostedSums(run, accounts, cancel);
        var sums = new DriftSums { Lines = posted.Values.Sum(p => p.Lines) };
        var differing = new List<(BuildingId Building, List<DriftDifference> Differences)>();
        foreach (var building in known)
        {
            if (Differences(building, rules, run, territory.Currency, posted) is { Count: > 0 } found)
                differing.Add((building.Building.Id, found));
        }

        if (differing.Count > 0)
            await KeepWhatDiffersAtTheStartToo(territory, run, differing, posted, cancel);
        foreach (var (_, found) in differing)
        {
            foreach (var difference in found)
                sums.Add(difference);
        }

        return (sums, accounts);
    }

    private async Task KeepWhatDiffersAtTheStartToo(
        TerritoryRecord territory, Run run, List<(BuildingId Building, List<DriftDifference> Differences)> differing,
        Dictionary<SumKey, (long Minor, long Lines)> posted, CancellationToken cancel)
    {
        await using var look = new LookBack(scopes, run.StartedAt);
        if (await look.Rules(territory, cancel) is not { IsRefused: false } rules)
            return;
        var known = (await look.Facts(territory, [.. differing.Select(d => d.Building)], cancel)).ToDictionary(b => b.Building.Id);
        differing.RemoveAll(d => known.TryGetValue(d.Building, out var building)
            && Differences(building, rules.Value, run, territory.Currency, posted).Count == 0);
    }

    /// <summary>A building that cannot be evaluated any more has no lines now: all that it has posted differs. Pure.</summary>
    private static List<DriftDifference> Differences(
        BuildingFacts building, Rules rules, Run run, Currency currency, Dictionary<SumKey, (long Minor, long Lines)> posted)
    {
        var evaluated = Evaluator.EvaluateBuilding(building, rules, run.Period);
        var now = (evaluated.IsRefused ? [] : evaluated.Value.Lines)
            .GroupBy(l => new SumKey(l.Account, l.Service, l.Component.Code)).ToDictionary(g => g.Key, g => g.Sum(l => l.Total.Minor));
        var accounts = building.Building.Accounts.Select(a => a.Id).ToHashSet();
        return
        [
            .. posted.Keys.Where(k => accounts.Contains(k.Account)).Union(now.Keys)
                .Where(k => now.GetValueOrDefault(k) != posted.GetValueOrDefault(k).Minor || now.ContainsKey(k) != posted.ContainsKey(k))
                .Select(k => new DriftDifference(
                    building.Building.Id, k.Account, k.Service, Component.FromCode(k.Component),
                    new(posted.GetValueOrDefault(k).Minor, currency), new(now.GetValueOrDefault(k), currency))),
        ];
    }

    private async Task<Dictionary<SumKey, (long Minor, long Lines)>> PostedSums(
        Run run, List<AccountId> accounts, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var lines = await scope.ServiceProvider.GetRequiredService<OchagDb>().Set<ChargeLineRow>().AsNoTracking()
            .Where(l => l.PostedIn == run.Period && l.RunId == run.Id && accounts.Contains(l.AccountId))
            .Select(l => new { l.AccountId, l.Service, l.Component, l.Amount.Minor, l.VatMinor, l.VatOnTop }).ToListAsync(cancel);
        return lines.GroupBy(l => new SumKey(l.AccountId, l.Service, l.Component))
            .ToDictionary(g => g.Key, g => (g.Sum(l => l.VatOnTop ? l.Minor + l.VatMinor : l.Minor), g.LongCount()));
    }

    /// <summary>Posted for an account that was not met on the way: nobody knew of it then, so nothing is charged now.</summary>
    private async Task AddUnseen(
        TerritoryRecord territory, Run run, HashSet<AccountId> seen, DriftSums sums, CancellationToken cancel)
    {
        var bills = await db.Set<BillRow>().AsNoTracking().Where(b => b.PostedIn == run.Period && b.RunId == run.Id)
            .Select(b => b.AccountId).ToListAsync(cancel);
        foreach (var chunk in bills.Where(b => !seen.Contains(b)).Chunk(1_000))
        {
            foreach (var (key, (minor, lines)) in await PostedSums(run, [.. chunk], cancel))
            {
                sums.Lines += lines;
                sums.Add(new DriftDifference(
                    null, key.Account, key.Service, Component.FromCode(key.Component), new(minor, territory.Currency),
                    Money.Zero(territory.Currency)));
            }
        }
    }

    private readonly record struct SumKey(AccountId Account, Service Service, short Component);

    /// <summary>Facts and rules as they were known at a moment: a scope of its own, whose context looks back.</summary>
    private sealed class LookBack : IAsyncDisposable
    {
        private readonly AsyncServiceScope _scope;

        public LookBack(IServiceScopeFactory scopes, Instant at)
        {
            _scope = scopes.CreateAsyncScope();
            _scope.ServiceProvider.GetRequiredService<OchagDb>().AsOf = at;
        }

        public Task<Outcome<Rules>> Rules(TerritoryRecord territory, CancellationToken cancel) =>
            _scope.ServiceProvider.GetRequiredService<TerritoryRules>().Read(territory, cancel);

        public Task<IReadOnlyList<BuildingFacts>> Facts(
            TerritoryRecord territory, IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel) =>
            _scope.ServiceProvider.GetRequiredService<FactsReader>().Read(territory, buildings, cancel);

        public ValueTask DisposeAsync() => _scope.DisposeAsync();
    }
}

using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Server.Demo;

/// <summary>What to invent.</summary>
/// <param name="Through">Readings up to this month.</param>
/// <param name="Limit">Only so many houses.</param>
/// <param name="Shops">Shops on some ground floors too, beside the one account for each flat.</param>
internal sealed record GenerationPlan(ulong Seed, BillingPeriod Through, int? Limit = null, bool Shops = false);

/// <summary>How far a generation is.</summary>
internal sealed record GenerationProgress(int Houses, int HousesInAll, long Accounts);

/// <summary>
/// Fills the empty houses of a territory with invented accounts. A few houses go in one transaction; started again it
/// goes on with those that are still empty.
/// </summary>
internal sealed class Generation(OchagDb db, IRegistryIntake intake, IMetering metering, IBillingIntake billing)
{
    private const int FlatsInChunk = 2_000;

    public async Task<GenerationProgress> FillHouses(
        TerritoryRecord territory, GenerationPlan plan, IProgress<GenerationProgress>? progress, CancellationToken cancel)
    {
        var houses = (await intake.ListEmptyHouses(territory.Id, cancel)).Take(plan.Limit ?? int.MaxValue).ToList();
        var filler = new HouseFiller(territory, plan.Seed, plan.Through, plan.Shops);
        var evidence = $"generated, seed {plan.Seed}";
        var (done, accounts) = (0, 0L);
        while (done < houses.Count)
        {
            var chunk = Chunk(houses, done);
            var filled = chunk.AsParallel().AsOrdered().Select(filler.Fill).ToList();
            await using (var transaction = await db.Database.BeginTransactionAsync(cancel))
            {
                var placed = await intake.Fill([.. filled.Select(f => f.Draft)], "generate", evidence, cancel);
                await Record(territory, filled, placed, evidence, cancel);
                await transaction.CommitAsync(cancel);
                accounts += placed.Sum(p => p.Accounts.Count);
            }

            done += chunk.Count;
            progress?.Report(new(done, houses.Count, accounts));
        }

        return new(done, houses.Count, accounts);
    }

    private static List<HouseRecord> Chunk(List<HouseRecord> houses, int from)
    {
        var (chunk, flats) = (new List<HouseRecord>(), 0);
        for (var i = from; i < houses.Count && (chunk.Count == 0 || flats + houses[i].Flats!.Value <= FlatsInChunk); i++)
        {
            chunk.Add(houses[i]);
            flats += houses[i].Flats!.Value;
        }

        return chunk;
    }

    private async Task Record(
        TerritoryRecord territory,
        List<FilledHouse> filled,
        IReadOnlyList<PlacedBuilding> placed,
        string evidence,
        CancellationToken cancel)
    {
        var readings = new List<ReadingDraft>();
        var volumes = new List<VolumeDraft>();
        foreach (var (house, building) in filled.Zip(placed))
        {
            var ids = building.Meters.ToDictionary(
                m => m.Draft, m => m.Id, ReferenceEqualityComparer.Instance as IEqualityComparer<MeterDraft>);
            foreach (var life in house.Meters)
            {
                readings.AddRange(life.Readings.Select(r => r with { Meter = ids[life.Meter] }));
                volumes.AddRange(life.Volumes.Select(v => v with { Meter = ids[life.Meter] }));
            }
        }

        await metering.Record(readings, volumes, "generate", evidence, cancel);
        var accounts = placed.SelectMany(p => p.Accounts)
            .ToDictionary(a => a.Draft, a => a.Id, ReferenceEqualityComparer.Instance as IEqualityComparer<AccountDraft>);
        var day = territory.BilledSince.FirstDay;
        await billing.RecordOpeningBalances(
            [.. filled.SelectMany(f => f.Openings).Select(o => (accounts[o.Account], o.Service, day, o.Sum))],
            "generate",
            evidence,
            cancel);
    }
}

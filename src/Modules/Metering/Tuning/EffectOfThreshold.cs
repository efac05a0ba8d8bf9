using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Readings;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Tuning;

/// <summary>The last month's readings judged twice: by the thresholds as they stand, and with a change among them.</summary>
internal sealed class EffectOfThreshold(IRegistry registry, MeteringReader reader)
{
    private const int HousesAtOnce = 20;

    /// <summary>Of a city a part is looked at, spread over all of it: a person waits for the answer.</summary>
    private const int HousesLookedAt = 200;

    /// <summary>A number that holds later is looked at as if it held now.</summary>
    public async Task<ThresholdEffect> Of(
        TerritoryRecord territory, ThresholdTerm term, ChangeThreshold change, ThresholdBook now, ThresholdBook then, LocalDate today,
        CancellationToken cancel)
    {
        // The last full month and the days since.
        var since = BillingPeriod.Of(today).PlusMonths(-1).FirstDay;
        var all = await registry.ListBuildings(territory.Id, cancel);
        var apart = Math.Max(1, (all.Count + HousesLookedAt - 1) / HousesLookedAt);
        BuildingId[] houses = [.. all.Where((_, i) => i % apart == 0)];
        var effect = new ThresholdEffect(since, houses.Length, all.Count, 0, 0, 0, 0);
        foreach (var some in houses.Chunk(HousesAtOnce))
        {
            foreach (var building in await reader.Read(some, now, today, cancel))
            {
                var (before, after) = (Marks(building, term, change, since), Marks(building.With(then), term, change, since));
                effect = effect with
                {
                    Judged = effect.Judged + before.Count,
                    Doubtful = effect.Doubtful + before.Count(m => m.Value),
                    Become = effect.Become + after.Count(m => m.Value && !before.GetValueOrDefault(m.Key)),
                    Stop = effect.Stop + before.Count(m => m.Value && !after.GetValueOrDefault(m.Key)),
                };
            }
        }

        return effect;
    }

    private static Dictionary<(MeterId, Zone, LocalDate), bool> Marks(
        BuildingMetering building, ThresholdTerm term, ChangeThreshold change, LocalDate since) =>
        (term.IsOfStanding ? building.Standing(change.Service) : building.Judged(change.Service, since))
            .DistinctBy(m => (m.Meter, m.Zone, m.Day)).ToDictionary(m => (m.Meter, m.Zone, m.Day), m => m.IsDoubtful);
}

using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Metering.Tuning;

/// <summary>A territory's own thresholds beside the defaults.</summary>
internal sealed class OwnThresholds(
    OchagDb db, FactDesk desk, ThresholdBook defaults, ThresholdReader reader, EffectOfThreshold effect, IClock clock) : IThresholds
{
    public async Task<IReadOnlyList<ServiceThreshold>> List(TerritoryRecord territory, Service service, CancellationToken cancel)
    {
        if (!ThresholdRules.HasMeters(service))
            return [];
        var facts = await Facts(db, territory.Id, service, cancel);
        var held = defaults.At(service, Today(territory));
        return
        [
            .. ThresholdTerms.All.Where(t => held.Find(t.Name) is not null)
                .Select(t => new ServiceThreshold(service, t.Name, t.Unit, held[t.Name], Chain(facts, t.Name))),
        ];
    }

    public async Task<ServiceThreshold?> Find(TerritoryRecord territory, Service service, string name, CancellationToken cancel) =>
        (await List(territory, service, cancel)).FirstOrDefault(t => t.Name == name);

    public async Task<(IReadOnlyList<Refusal> Refusals, ThresholdEffect? Effect)> Preview(
        TerritoryRecord territory, ChangeThreshold change, CancellationToken cancel)
    {
        var today = Today(territory);
        var facts = await Facts(db, territory.Id, change.Service, cancel);
        var refusals = ChangeThresholdHandler.Decide(change, facts, defaults, today);
        var term = ThresholdTerms.Find(change.Name);
        if (refusals.Count > 0 || term is null || term.IsOfIntervals)
            return (refusals, null);
        var now = await reader.Of(territory.Id, cancel);
        // As if it held always: what it would do is seen on readings of the past.
        var value = change.Value?.ToExact() ?? defaults.At(change.Service, today)[change.Name];
        var then = now.With(new Threshold(change.Name, change.Service, LocalDate.MinIsoValue, null, value));
        return ([], await effect.Of(territory, term, change, now, then, today, cancel));
    }

    public Task<IReadOnlyList<Refusal>> Change(TerritoryRecord territory, ChangeThreshold change, string by, CancellationToken cancel) =>
        new ChangeThresholdHandler(desk, defaults, clock).Run(territory, change, by, cancel);

    /// <summary>All that was ever recorded, the latest first.</summary>
    public static Task<List<ThresholdFact>> Facts(OchagDb db, TerritoryId territory, Service service, CancellationToken cancel) =>
        db.Set<ThresholdFact>().AsNoTracking().Where(t => t.TerritoryId == territory && t.Service == service)
            .OrderByDescending(t => t.Id).ToListAsync(cancel);

    public static FactChain<Fixed> Chain(IEnumerable<ThresholdFact> facts, string name) => new(
    [
        .. facts.Where(f => f.Name == name).Select(f => new FactLine<Fixed>(
            f.Id, f.Value, f.EffectiveFrom, f.EffectiveTo, new(f.Recorded.By, f.Recorded.At, f.Recorded.Evidence), f.SupersededAt)),
    ]);

    private LocalDate Today(TerritoryRecord territory) => clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
}

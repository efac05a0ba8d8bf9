using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage.Books;

namespace Ochag.Metering.Tuning;

/// <summary>A threshold of a service is changed on some days, or is the default again.</summary>
internal sealed class ChangeThresholdHandler(FactDesk desk, ThresholdBook defaults, IClock clock)
{
    /// <param name="facts">All that was ever recorded of the territory's service.</param>
    public static IReadOnlyList<Refusal> Decide(
        ChangeThreshold change, IReadOnlyList<ThresholdFact> facts, ThresholdBook defaults, LocalDate today)
    {
        var refusals = ThresholdRules.Refuse(change, ThresholdReader.Rows(facts.Where(f => f.SupersededAt is null)), defaults, today)
            .ToList();
        if (OwnThresholds.Chain(facts, change.Name).Version != change.Step.Version)
            refusals.Add(new(Versions.ChangedMeanwhile));
        return refusals;
    }

    public async Task<IReadOnlyList<Refusal>> Run(
        TerritoryRecord territory, ChangeThreshold change, string by, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var today = now.InZone(territory.TimeZone).Date;
        // The whole service: two numbers that must not cross are decided on what stands then.
        return await desk.Run<ThresholdFact>(
            f => f.TerritoryId == territory.Id && f.Service == change.Service, new(now, by, change.Step.Evidence),
            facts => Task.FromResult(Decide(change, facts, defaults, today)),
            (facts, book) => Lay(
                book, [.. facts.Where(f => f.SupersededAt is null && f.Name == change.Name)], territory, change, cancel),
            new(Versions.ChangedMeanwhile), cancel);
    }

    private static async Task Lay(
        WriteBook book, List<ThresholdFact> known, TerritoryRecord territory, ChangeThreshold change, CancellationToken cancel)
    {
        var (from, to) = (change.Step.From, change.Step.To);
        var fact = new ThresholdFact
        {
            Id = 0, TerritoryId = territory.Id, Service = change.Service, Name = change.Name, Value = change.Value ?? Fixed.Zero,
            EffectiveFrom = from, EffectiveTo = to, Recorded = book.Recorded,
        };
        if (change.Value is not null)
        {
            await book.Put(known, fact, cancel);
            return;
        }

        // The default again: what remains of the own numbers around these days stays, on the reason of this change.
        foreach (var old in known.Where(k => Timeline.Meet(k, fact)).ToList())
        {
            book.Withdraw(known, old);
            foreach (var (first, last) in Timeline.Rest(old, fact))
                await book.Put([], old with { EffectiveFrom = first, EffectiveTo = last }, cancel);
        }
    }
}

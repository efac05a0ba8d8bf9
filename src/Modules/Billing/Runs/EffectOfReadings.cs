using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Runs;

/// <summary>
/// What readings would make of an account's month: the same evaluation as the run's, once over the facts as they stand and
/// once with the readings among them. Nothing is stored.
/// </summary>
internal sealed class EffectOfReadings(FactsReader facts, TerritoryRules territoryRules, IClock clock)
{
    public async Task<Outcome<ReadingEffect>> Of(
        TerritoryRecord territory, BuildingId building, AccountId? account, IReadOnlyList<ReadingDraft> readings, CancellationToken cancel)
    {
        var month = BillingPeriod.Of(clock.GetCurrentInstant().InZone(territory.TimeZone).Date);
        if (month < territory.BilledSince)
            return new Refusal("billing.month-before-start", ("month", $"{month}"), ("billed since", $"{territory.BilledSince}"));
        var rules = await territoryRules.Read(territory, cancel);
        if (rules.Refusal is { } wrong)
            return wrong;
        var stand = (await facts.Read(territory, [building], cancel))[0];
        var more = stand with { Readings = Among(stand.Readings, readings) };
        // One that comes late in the month counts for the next.
        var effect = Compare(month);
        return effect.IsRefused || effect.Value.IsNone is false ? effect : Compare(month.PlusMonths(1));

        Outcome<ReadingEffect> Compare(BillingPeriod period)
        {
            var without = Evaluator.EvaluateBuilding(stand, rules.Value, period);
            if (without.Refusal is { } refused)
                return refused;
            var with = Evaluator.EvaluateBuilding(more, rules.Value, period);
            return with.Refusal is { } impossible
                ? impossible
                : new ReadingEffect(period, Sums(without.Value.Lines), Sums(with.Value.Lines));
        }

        IReadOnlyDictionary<Service, Money> Sums(IReadOnlyList<ChargeLine> lines) => lines
            .Where(l => account is null || l.Account == account).GroupBy(l => l.Service).ToDictionary(g => g.Key, g => g.Aggregate(
                Money.Zero(territory.Currency), (sum, l) => sum + LineTotal.Of(l.Amount, l.Vat, l.VatOnTop)));
    }

    private static Dictionary<MeterId, IReadOnlyList<Reading>> Among(
        IReadOnlyDictionary<MeterId, IReadOnlyList<Reading>> known, IReadOnlyList<ReadingDraft> more)
    {
        var all = known.ToDictionary(k => k.Key, k => k.Value);
        foreach (var draft in more)
        {
            var reading = new Reading(0, draft.Meter, draft.Taken, draft.Received, draft.Source, draft.Mark, draft.Values);
            var others = (all.GetValueOrDefault(draft.Meter) ?? []).Where(r => !IsSame(r, reading));
            all[draft.Meter] = [.. (draft.Values.Count == 0 ? others : others.Append(reading)).OrderBy(r => r.Taken)];
        }

        return all;
    }

    private static bool IsSame(Reading a, Reading b) =>
        (a.Taken, a.Received, a.Source, a.Mark) == (b.Taken, b.Received, b.Source, b.Mark);
}

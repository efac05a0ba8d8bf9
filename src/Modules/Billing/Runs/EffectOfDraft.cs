using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>
/// What a number would change: posted months that it touches, and one building's month evaluated by the rules as they
/// stand and by those with the number among them. Nothing is stored.
/// </summary>
internal sealed class EffectOfDraft(OchagDb db, FactsReader facts, IRegistry registry, IClock clock)
{
    private const int HousesAtOnce = 25;

    /// <summary>A register of thousands of empty houses is not walked over for a sample.</summary>
    private const int HousesLookedAt = 500;

    public async Task<DraftEffect> Of(TerritoryRecord territory, RuleSources sources, ParameterDraft draft, CancellationToken cancel)
    {
        var posted = await db.Set<Run>().AsNoTracking().Where(r => r.TerritoryId == territory.Id && r.State == RunState.Posted)
            .Select(r => r.Period).ToListAsync(cancel);
        List<BillingPeriod> touched =
            [.. posted.Where(m => draft.From <= m.LastDay && (draft.To is null || m.FirstDay <= draft.To)).Order()];
        return new(
            [.. ParameterRules.Under(draft, sources.Own)],
            touched,
            !ParameterRules.Series(draft, sources.Own).Any()
                && sources.Pack.Parameters.Any(p => p.Parameter.Table == draft.Table && p.Parameter.Key == draft.Key),
            await Sample(territory, sources, draft, MonthOf(territory, draft, touched), cancel));
    }

    /// <summary>The last posted month that it touches; else the first month that it holds in and that can be billed.</summary>
    private BillingPeriod MonthOf(TerritoryRecord territory, ParameterDraft draft, List<BillingPeriod> touched)
    {
        if (touched.Count > 0)
            return touched[^1];
        var today = BillingPeriod.Of(clock.GetCurrentInstant().InZone(territory.TimeZone).Date);
        var last = draft.To is { } to ? BillingPeriod.Of(to) : (BillingPeriod?)null;
        var month = new[] { BillingPeriod.Of(draft.From), territory.BilledSince, today }.Max();
        // What ended long ago is shown in its own last days.
        return last < month && last >= territory.BilledSince ? last.Value : month;
    }

    private async Task<SampleMonth?> Sample(
        TerritoryRecord territory, RuleSources sources, ParameterDraft draft, BillingPeriod month, CancellationToken cancel)
    {
        var houses = await registry.ListBuildings(territory.Id, cancel);
        foreach (var some in houses.Take(HousesLookedAt).Chunk(HousesAtOnce))
        {
            var inhabited = (await registry.ReadBuildings(some, cancel)).FirstOrDefault(b => b.Accounts.Count > 0);
            if (inhabited is null)
                continue;
            var building = (await facts.Read(territory, [inhabited.Id], cancel))[0];
            var without = Total(building, Rules.Over(sources.Pack, [.. sources.Own.Select(p => new Parameter(
                p.Table, p.Key, p.From, p.To, p.Value.ToExact(), p.Evidence, p.Id))]), month, territory.Currency);
            var with = Total(building, Rules.Over(sources.Pack, ParameterRules.Among(draft, sources.Own)), month, territory.Currency);
            return new(inhabited.Id, month, Sum(without), Sum(with), with.Refusal ?? without.Refusal);
        }

        return null;
    }

    private static Money? Sum(Outcome<Money> total) => total.IsRefused ? null : total.Value;

    private static Outcome<Money> Total(BuildingFacts building, Rules rules, BillingPeriod month, Currency currency)
    {
        var evaluated = Evaluator.EvaluateBuilding(building, rules, month);
        return evaluated.Refusal is { } refusal
            ? refusal
            : evaluated.Value.Lines.Aggregate(Money.Zero(currency), (sum, l) => sum + LineTotal.Of(l.Amount, l.Vat, l.VatOnTop));
    }
}

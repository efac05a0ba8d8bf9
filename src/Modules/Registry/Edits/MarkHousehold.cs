using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;

namespace Ochag.Registry.Edits;

/// <summary>A household is marked as one that must not be left without supply.</summary>
internal sealed class MarkHouseholdHandler(EditDesk desk)
{
    public static IReadOnlyList<Refusal> Decide(MarkHousehold mark, EditScene<HouseholdMarkFact> scene)
    {
        var refusals = EditRules.Step(mark.Step, scene.Version, scene.Today).ToList();
        var there = scene.Known.FirstOrDefault(k => k.Reason == mark.Reason
            && (k.EffectiveTo is null || k.EffectiveTo >= mark.Step.From)
            && (mark.Step.To is null || k.EffectiveFrom <= mark.Step.To));
        if (there is not null)
            refusals.Add(new("registry.mark-there", ("day", EditRules.Day(there.EffectiveFrom))));
        return refusals;
    }

    public Task<IReadOnlyList<Refusal>> Run(TerritoryRecord territory, MarkHousehold mark, string by, CancellationToken cancel) =>
        desk.Run<HouseholdMarkFact>(
            territory, f => f.AccountId == mark.Account, mark.Account, (by, mark.Step.Evidence), scene => Decide(mark, scene),
            async (_, book) =>
            {
                var fact = new HouseholdMarkFact
                {
                    Id = 0,
                    AccountId = mark.Account,
                    Reason = mark.Reason,
                    EffectiveFrom = mark.Step.From,
                    EffectiveTo = mark.Step.To,
                    Recorded = book.Recorded,
                };
                await book.Put([], fact, cancel);
            },
            cancel);

    /// <summary>A mark is put right or ended, or was a mistake altogether.</summary>
    public Task<IReadOnlyList<Refusal>> Correct(
        TerritoryRecord territory, Correction<MarkHousehold> correction, string by, CancellationToken cancel) =>
        desk.Correct<HouseholdMarkFact, MarkHousehold>(
            territory, f => f.AccountId == correction.Account, correction, by,
            correction.Value is { } right ? old => old with { Reason = right.Reason } : null,
            (a, b) => a.Reason == b.Reason, [], cancel);
}

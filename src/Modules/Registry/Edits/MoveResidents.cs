using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;

namespace Ochag.Registry.Edits;

/// <summary>So many people more, or fewer, on an account from a day, to a day or for good.</summary>
internal sealed class MoveResidentsHandler(EditDesk desk)
{
    public const int Most = 1000;

    /// <summary>The days of the chain with so many more: each stretch on which the number does not change.</summary>
    public static IReadOnlyList<(LocalDate From, LocalDate? To, int Count)> Shift(
        IEnumerable<ResidentsFact> known, LocalDate from, LocalDate? to, int by)
    {
        var facts = known.Where(k => (to is null || k.EffectiveFrom <= to) && (k.EffectiveTo is null || k.EffectiveTo >= from)).ToList();
        var starts = facts.Select(k => k.EffectiveFrom)
            .Concat(facts.Where(k => k.EffectiveTo is not null).Select(k => k.EffectiveTo!.Value.PlusDays(1)))
            .Append(from).Where(d => d >= from && (to is null || d <= to)).Distinct().Order().ToList();
        return
        [
            .. starts.Select((start, i) => (
                start,
                i + 1 < starts.Count ? starts[i + 1].PlusDays(-1) : to,
                by + facts.Where(k => k.EffectiveFrom <= start && (k.EffectiveTo is null || start <= k.EffectiveTo)).Sum(k => k.Count))),
        ];
    }

    public static IReadOnlyList<Refusal> Decide(MoveResidents move, EditScene<ResidentsFact> scene)
    {
        var refusals = EditRules.Step(move.Step, scene.Version, scene.Today, scene.Opened).ToList();
        if (move.People.Count is < 1 or > Most)
        {
            refusals.Add(new("registry.residents-count-wrong", ("least", "1"), ("most", $"{Most}")));
            return refusals;
        }

        if (refusals.Count > 0)
            return refusals;
        var few = Days(move, scene).Where(d => d.Count < 0).ToList();
        if (few.Count > 0)
        {
            refusals.Add(new(
                "registry.residents-too-few", ("day", EditRules.Day(few[0].From)), ("count", $"{few[0].Count + move.People.Count}")));
        }

        if (Days(move, scene).Any(d => d.Count > Most))
            refusals.Add(new("registry.residents-count-wrong", ("least", "1"), ("most", $"{Most}")));
        return refusals;
    }

    public Task<IReadOnlyList<Refusal>> Run(TerritoryRecord territory, MoveResidents move, string by, CancellationToken cancel) =>
        desk.Run<ResidentsFact>(
            territory, f => f.AccountId == move.Account, move.Account, (by, move.Step.Evidence), scene => Decide(move, scene),
            async (scene, book) =>
            {
                var known = scene.Known.Where(k => k.Temporary == move.People.Temporary).ToList();
                foreach (var (from, to, count) in Days(move, scene))
                {
                    var fact = new ResidentsFact
                    {
                        Id = 0,
                        AccountId = move.Account,
                        Count = (short)count,
                        Temporary = move.People.Temporary,
                        EffectiveFrom = from,
                        EffectiveTo = to,
                        Recorded = book.Recorded,
                    };
                    await book.Put(known, fact, cancel);
                }
            },
            cancel);

    private static IReadOnlyList<(LocalDate From, LocalDate? To, int Count)> Days(MoveResidents move, EditScene<ResidentsFact> scene) =>
        Shift(
            scene.Known.Where(k => k.Temporary == move.People.Temporary), move.Step.From, move.Step.To,
            move.Coming ? move.People.Count : -move.People.Count);
}

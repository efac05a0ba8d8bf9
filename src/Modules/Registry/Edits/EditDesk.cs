using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Registry.Edits;

/// <summary>What a change is decided by.</summary>
/// <param name="Facts">The whole chain, the latest record first.</param>
/// <param name="Opened">First day of the account; null: the chain is of no account.</param>
internal sealed record EditScene<TFact>(IReadOnlyList<TFact> Facts, LocalDate Today, LocalDate? Opened)
    where TFact : Fact
{
    public string Version => Versions.Of(Facts.Select(f => (f.Id, f.SupersededAt is not null)));

    public IEnumerable<TFact> Known => Facts.Where(f => f.SupersededAt is null);

    public TFact? Find(long record) => Known.FirstOrDefault(f => f.Id == record);
}

/// <summary>What changes of an account's or a premises' facts have in common.</summary>
internal sealed class EditDesk(OchagDb db, FactDesk desk, IClock clock)
{
    /// <param name="which">The chain.</param>
    /// <param name="account">Whose chain it is; null: of premises.</param>
    public async Task<IReadOnlyList<Refusal>> Run<TFact>(
        TerritoryRecord territory, Expression<Func<TFact, bool>> which, AccountId? account, (string By, string Evidence) recorded,
        Func<EditScene<TFact>, IReadOnlyList<Refusal>> decide, Func<EditScene<TFact>, WriteBook, Task> write, CancellationToken cancel)
        where TFact : Fact
    {
        var now = clock.GetCurrentInstant();
        EditScene<TFact>? scene = null;
        return await desk.Run(
            which, new(now, recorded.By, recorded.Evidence),
            async facts =>
            {
                scene = new(facts, now.InZone(territory.TimeZone).Date, await Opened(account, cancel));
                return decide(scene);
            },
            (_, book) => write(scene!, book), new(Versions.ChangedMeanwhile), cancel);
    }

    private async Task<LocalDate?> Opened(AccountId? account, CancellationToken cancel) => account is { } id
        ? await db.Set<AccountTermFact>().Known().Where(t => t.AccountId == id).OrderBy(t => t.EffectiveFrom)
            .Select(t => (LocalDate?)t.EffectiveFrom).FirstOrDefaultAsync(cancel)
        : null;

    /// <summary>A record is put right: it ends, and the right one is laid over its own days.</summary>
    /// <param name="right">The record as it should be; null: nothing takes its place.</param>
    /// <param name="sameSubject">Records on whose days the right one may not lie beside.</param>
    public Task<IReadOnlyList<Refusal>> Correct<TFact, T>(
        TerritoryRecord territory, Expression<Func<TFact, bool>> which, Correction<T> correction, string by, Func<TFact, TFact>? right,
        Func<TFact, TFact, bool> sameSubject, IEnumerable<Refusal> wrong, CancellationToken cancel)
        where TFact : Fact
    {
        var step = correction.Step;
        return Run<TFact>(
            territory, which, correction.Account, (by, step.Evidence),
            scene => Decide(scene, correction, right, wrong),
            async (scene, book) =>
            {
                var old = scene.Find(correction.Record)!;
                var known = scene.Known.ToList();
                book.Withdraw(known, old);
                if (right is null)
                    return;
                var placed = right(old) with { EffectiveFrom = step.From, EffectiveTo = step.To };
                await book.Put([.. known.Where(k => sameSubject(k, placed))], placed, cancel);
            },
            cancel);
    }

    private static IReadOnlyList<Refusal> Decide<TFact, T>(
        EditScene<TFact> scene, Correction<T> correction, Func<TFact, TFact>? right, IEnumerable<Refusal> wrong)
        where TFact : Fact
    {
        var old = scene.Find(correction.Record);
        // A day that stood there already is not asked about again.
        var since = old?.EffectiveFrom == correction.Step.From ? null : scene.Opened;
        List<Refusal> refusals = [.. EditRules.Step(correction.Step, scene.Version, scene.Today, since), .. wrong];
        if (old is null)
            refusals.Add(new("registry.record-unknown"));
        else if (right is not null && (old.EffectiveFrom, old.EffectiveTo) == (correction.Step.From, correction.Step.To)
            && Timeline.SayTheSame(old, right(old)))
            refusals.Add(new("registry.nothing-changed"));
        return refusals;
    }
}

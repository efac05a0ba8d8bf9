using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Runs;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Books;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Facts;

/// <summary>Drafts of a territory's numbers: each change is a version of its own, and the last act closes the draft.</summary>
internal sealed class ParameterDrafts(
    OchagDb db, IBulkWriter bulk, TerritoryRules rules, EffectOfDraft effect, IClock clock) : IParameterDrafts
{
    public async Task<IReadOnlyList<KeptDraft>> ListOpen(TerritoryId territory, CancellationToken cancel)
    {
        var rows = await db.Set<ParameterDraftRow>().AsNoTracking().Where(d => d.TerritoryId == territory
            && !db.Set<ParameterDraftRow>().Any(o => o.DraftId == d.DraftId && o.State != DraftState.Open)).ToListAsync(cancel);
        return [.. rows.GroupBy(d => d.DraftId).OrderByDescending(g => g.Key).Select(g => Kept([.. g.OrderBy(d => d.Version)])[^1])];
    }

    public async Task<IReadOnlyList<KeptDraft>> Versions(long draft, CancellationToken cancel) => Kept(
        await db.Set<ParameterDraftRow>().AsNoTracking().Where(d => d.DraftId == draft).OrderBy(d => d.Version).ToListAsync(cancel));

    public async Task<Outcome<KeptDraft>> Begin(TerritoryRecord territory, ParameterDraft draft, string by, CancellationToken cancel)
    {
        if (await Wrong(territory, draft, cancel) is { } wrong)
            return wrong;
        var row = Row(await db.ReserveIds<ParameterDraftRow>(1, cancel), 1, territory, draft, DraftState.Open, by);
        await Add(row, cancel);
        return Kept([row])[0];
    }

    public async Task<Outcome<KeptDraft>> Change(
        TerritoryRecord territory, long id, int version, ParameterDraft draft, string by, CancellationToken cancel)
    {
        var last = await Latest(territory, id, version, cancel);
        if (last.Refusal is { } refusal)
            return refusal;
        if (await Wrong(territory, draft, cancel) is { } wrong)
            return wrong;
        if (last.Value.Draft == draft)
            return last.Value;
        return await Next(Row(id, version + 1, territory, draft, DraftState.Open, by), cancel) is { } late
            ? late
            : (await Versions(id, cancel))[^1];
    }

    public async Task<Refusal?> Drop(TerritoryRecord territory, long id, int version, string by, CancellationToken cancel)
    {
        var last = await Latest(territory, id, version, cancel);
        return last.Refusal ?? await Next(Row(id, version + 1, territory, last.Value.Draft, DraftState.Dropped, by), cancel);
    }

    public async Task<Outcome<DraftEffect>> EffectOf(TerritoryRecord territory, ParameterDraft draft, CancellationToken cancel)
    {
        var sources = await rules.Sources(territory, cancel);
        if ((sources.Refusal ?? ParameterRules.Refuse(draft, sources.Value.Own)) is { } refusal)
            return refusal;
        return await effect.Of(territory, sources.Value, draft, cancel);
    }

    public async Task<Refusal?> Record(TerritoryRecord territory, long id, int version, string by, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Numbers of one table go one after another: what is decided here is decided on what stands then.
        await db.ReserveIds<ParameterFact>(1, cancel);
        var last = await Latest(territory, id, version, cancel);
        if (last.Refusal is { } refusal)
            return refusal;
        var draft = last.Value.Draft;
        if (await Wrong(territory, draft, cancel) is { } wrong)
            return wrong;
        try
        {
            if (!await Lay(territory, draft, by, cancel))
                return new("billing.parameter-same", ("key", draft.Key));
        }
        catch (DbUpdateConcurrencyException)
        {
            return ChangedMeanwhile;
        }

        if (await Next(Row(id, version + 1, territory, draft, DraftState.Recorded, by), cancel) is { } late)
            return late;
        await transaction.CommitAsync(cancel);
        return null;
    }

    private static Refusal ChangedMeanwhile => new("billing.draft-changed-meanwhile");

    private async Task<bool> Lay(TerritoryRecord territory, ParameterDraft draft, string by, CancellationToken cancel)
    {
        var book = new WriteBook(db, bulk, new(clock.GetCurrentInstant(), by, draft.Evidence));
        var known = await db.Set<ParameterFact>().AsNoTracking().Known()
            .Where(p => p.TerritoryId == territory.Id && p.Table == draft.Table && p.Key == draft.Key).ToListAsync(cancel);
        var fact = new ParameterFact
        {
            Id = 0, TerritoryId = territory.Id, Table = draft.Table, Key = draft.Key, Value = draft.Value, EffectiveFrom = draft.From,
            EffectiveTo = draft.To, Recorded = book.Recorded,
        };
        var changed = await book.Put(known, fact, cancel);
        await book.Write(cancel);
        return changed;
    }

    /// <summary>The draft as it stands, if that is the version that was seen.</summary>
    private async Task<Outcome<KeptDraft>> Latest(TerritoryRecord territory, long id, int version, CancellationToken cancel) =>
        await Versions(id, cancel) switch
        {
            [.., var last] when last.Territory == territory.Id && last.State == DraftState.Open =>
                last.Version == version ? last : ChangedMeanwhile,
            _ => new Refusal("billing.draft-over"),
        };

    private async Task<Refusal?> Wrong(TerritoryRecord territory, ParameterDraft draft, CancellationToken cancel)
    {
        var sources = await rules.Sources(territory, cancel);
        return sources.Refusal ?? ParameterRules.Refuse(draft, sources.Value.Own);
    }

    /// <summary>The next version; whoever writes the same number second is refused by the key.</summary>
    private async Task<Refusal?> Next(ParameterDraftRow row, CancellationToken cancel)
    {
        try
        {
            await Add(row, cancel);
            return null;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            return ChangedMeanwhile;
        }
    }

    private async Task Add(ParameterDraftRow row, CancellationToken cancel)
    {
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private ParameterDraftRow Row(
        long id, int version, TerritoryRecord territory, ParameterDraft draft, DraftState state, string by) => new()
        {
            DraftId = id, Version = version, TerritoryId = territory.Id, Table = draft.Table, Key = draft.Key, Value = draft.Value,
            From = draft.From, To = draft.To, Evidence = draft.Evidence, State = state, By = by, At = clock.GetCurrentInstant(),
        };

    private static IReadOnlyList<KeptDraft> Kept(IReadOnlyList<ParameterDraftRow> rows) => [.. rows.Select(d => new KeptDraft(
        d.DraftId, d.Version, d.TerritoryId, new(d.Table, d.Key, d.Value, d.From, d.To, d.Evidence), d.State, rows[0].By, d.By, d.At))];
}

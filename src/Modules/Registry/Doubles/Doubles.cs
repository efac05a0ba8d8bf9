using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Doubles;

/// <summary>Merging houses that a register names twice, and taking a merging back.</summary>
internal sealed class Doubles(OchagDb db, IEnumerable<IMergeGuard> guards, IClock clock) : IDoubles
{
    public Task<IReadOnlyList<DoublesGroup>> Propose(TerritoryId territory, CancellationToken cancel) =>
        new ProposeDoubles(db).Propose(territory, cancel);

    public async Task<Outcome<MergePreview>> Preview(TerritoryId territory, BuildingId kept, BuildingId twin, CancellationToken cancel)
    {
        if (kept == twin)
            return new Refusal("registry.merge-self");
        var houses = await db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory && (b.Id == kept || b.Id == twin))
            .ToDictionaryAsync(b => b.Id, cancel);
        if (houses.Count < 2)
            return new Refusal("registry.house-gone", ("house", $"{(houses.ContainsKey(kept) ? twin.Value : kept.Value)}"));
        if (await WhyKept(territory, twin, cancel) is { } reason)
            return reason;
        var counts = await ProposeDoubles.CountUnder(db, [kept, twin], cancel);
        var rows = new MovableRows(db);
        return new MergePreview(
            Told(houses[kept]), Told(houses[twin]), await rows.CountMoving(twin, cancel), await rows.CountStaying(twin, cancel),
            await SameNumbers(kept, twin, cancel));

        DoubledHouse Told(Building house) => counts(house.Id, house.Address, house.ExternalId);
    }

    public async Task<Outcome<MergeRecord>> Merge(
        TerritoryId territory, BuildingId kept, BuildingId twin, string by, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var preview = await Preview(territory, kept, twin, cancel);
        if (preview.Refusal is { } refusal)
            return refusal;
        // Whoever comes second finds the double gone: of two mergings at once one changes this row.
        var taken = await db.Set<Building>().Where(b => b.Id == twin && b.MergedIntoId == null)
            .ExecuteUpdateAsync(u => u.SetProperty(b => b.MergedIntoId, kept), cancel);
        if (taken == 0)
            return new Refusal("registry.house-gone", ("house", preview.Value.Double.Address));
        var merge = new Merge
        {
            Id = await db.ReserveIds<Merge>(cancel: cancel), TerritoryId = territory, KeptId = kept, DoubleId = twin,
            At = clock.GetCurrentInstant(), By = by,
        };
        db.Add(merge);
        foreach (var range in await new MovableRows(db).Move(twin, kept, cancel))
            db.Add(new MergeMove { MergeId = merge.Id, Table = range.Table, First = range.First, Last = range.Last });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return Record(merge, preview.Value.Kept.Address, preview.Value.Double.Address);
    }

    public async Task<Outcome<MergeRecord>> Undo(TerritoryId territory, long merge, string by, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var made = await db.Set<Merge>().FirstOrDefaultAsync(m => m.Id == merge && m.TerritoryId == territory, cancel);
        if (made is null)
            return new Refusal("registry.merge-unknown", ("merge", $"{merge}"));
        if (made.UndoneAt is not null)
            return new Refusal("registry.merge-undone", ("merge", $"{merge}"));
        if (await WhyKept(territory, made.KeptId, cancel) is { } reason)
            return reason;
        var moves = await db.Set<MergeMove>().AsNoTracking().Where(m => m.MergeId == merge).ToListAsync(cancel);
        await new MovableRows(db).MoveBack(moves, made.DoubleId, cancel);
        await db.Set<Building>().IgnoreQueryFilters().Where(b => b.Id == made.DoubleId)
            .ExecuteUpdateAsync(u => u.SetProperty(b => b.MergedIntoId, (BuildingId?)null), cancel);
        (made.UndoneAt, made.UndoneBy) = (clock.GetCurrentInstant(), by);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return (await List(db.Set<Merge>().Where(m => m.Id == merge), 1, cancel))[0];
    }

    public async Task TellApart(TerritoryId territory, IReadOnlyList<BuildingId> houses, string by, CancellationToken cancel)
    {
        var own = await db.Set<Building>().AsNoTracking().Where(b => b.TerritoryId == territory && houses.Contains(b.Id))
            .OrderBy(b => b.Id).Select(b => b.Id).ToListAsync(cancel);
        var known = (await db.Set<ToldApart>().AsNoTracking().Where(p => own.Contains(p.OneId)).ToListAsync(cancel))
            .Select(p => (p.OneId, p.OtherId)).ToHashSet();
        var now = clock.GetCurrentInstant();
        for (var i = 0; i < own.Count; i++)
        {
            foreach (var other in own.Skip(i + 1).Where(other => known.Add((own[i], other))))
                db.Add(new ToldApart { OneId = own[i], OtherId = other, At = now, By = by });
        }

        await db.SaveChangesAsync(cancel);
    }

    public Task<IReadOnlyList<MergeRecord>> ListMerges(TerritoryId territory, int most, CancellationToken cancel) =>
        List(db.Set<Merge>().Where(m => m.TerritoryId == territory), most, cancel);

    private async Task<IReadOnlyList<MergeRecord>> List(IQueryable<Merge> merges, int most, CancellationToken cancel)
    {
        var rows = await (
            from merge in merges.AsNoTracking()
            join kept in db.Set<Building>().IgnoreQueryFilters() on merge.KeptId equals kept.Id
            join twin in db.Set<Building>().IgnoreQueryFilters() on merge.DoubleId equals twin.Id
            orderby merge.Id descending
            select new { merge, Kept = kept.Address, Double = twin.Address }).Take(most).ToListAsync(cancel);
        return [.. rows.Select(r => Record(r.merge, r.Kept, r.Double))];
    }

    private async Task<Refusal?> WhyKept(TerritoryId territory, BuildingId house, CancellationToken cancel)
    {
        foreach (var guard in guards)
        {
            if (await guard.WhyKept(territory, house, cancel) is { } reason)
                return reason;
        }

        return null;
    }

    private async Task<IReadOnlyList<string>> SameNumbers(BuildingId kept, BuildingId twin, CancellationToken cancel)
    {
        var numbers = await db.Set<Premises>().AsNoTracking().Where(p => p.BuildingId == kept || p.BuildingId == twin)
            .OrderBy(p => p.SortKey).Select(p => new { p.BuildingId, p.Number }).ToListAsync(cancel);
        return [.. numbers.Where(n => n.BuildingId == kept).Select(n => n.Number)
            .Intersect(numbers.Where(n => n.BuildingId == twin).Select(n => n.Number), StringComparer.OrdinalIgnoreCase)];
    }

    private static MergeRecord Record(Merge merge, string kept, string twin) => new(
        merge.Id, merge.TerritoryId, merge.KeptId, kept, merge.DoubleId, twin, merge.At, merge.By, merge.UndoneAt, merge.UndoneBy);
}

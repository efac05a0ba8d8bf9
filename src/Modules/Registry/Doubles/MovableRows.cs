using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;
using Ochag.Storage.Books;

#pragma warning disable EF1002 // the names of tables are those of the model; values are parameters

namespace Ochag.Registry.Doubles;

/// <summary>
/// What is entered under a house, in every module's tables: found in the model, so that a table to come is not forgotten.
/// </summary>
internal sealed class MovableRows(OchagDb db)
{
    /// <summary>What is said of the house itself: the kept one has its own.</summary>
    private static readonly Type[] OfTheHouse = [typeof(BuildingPassportFact), typeof(CommonNeedsFact)];

    private static readonly Type[] NotUnderIt = [typeof(Building), typeof(Merge), typeof(ToldApart)];

    private sealed record Place(string Table, string Column);

    public Task<IReadOnlyDictionary<string, int>> CountMoving(BuildingId house, CancellationToken cancel) =>
        Count(Places(t => !OfTheHouse.Contains(t)), house, cancel);

    public Task<IReadOnlyDictionary<string, int>> CountStaying(BuildingId house, CancellationToken cancel) =>
        Count(Places(t => OfTheHouse.Contains(t)), house, cancel);

    /// <summary>In the caller's transaction; tells what was moved.</summary>
    public async Task<IReadOnlyList<IdRange>> Move(BuildingId from, BuildingId to, CancellationToken cancel)
    {
        var moved = new List<IdRange>();
        foreach (var place in Places(t => !OfTheHouse.Contains(t)))
        {
            var ids = await db.Database.SqlQueryRaw<long>(
                $"SELECT id AS \"Value\" FROM {place.Table} WHERE {place.Column} = {{0}}", from.Value).ToListAsync(cancel);
            moved.AddRange(IdRange.Of(place.Table, ids));
            await db.Database.ExecuteSqlRawAsync(
                $"UPDATE {place.Table} SET {place.Column} = {{0}} WHERE {place.Column} = {{1}}", [to.Value, from.Value], cancel);
        }

        return moved;
    }

    public async Task MoveBack(IReadOnlyList<MergeMove> moves, BuildingId to, CancellationToken cancel)
    {
        var places = Places(_ => true).ToDictionary(p => p.Table, StringComparer.Ordinal);
        foreach (var move in moves)
        {
            var place = places[move.Table];
            await db.Database.ExecuteSqlRawAsync(
                $"UPDATE {place.Table} SET {place.Column} = {{0}} WHERE id BETWEEN {{1}} AND {{2}}", [to.Value, move.First, move.Last], cancel);
        }
    }

    private async Task<IReadOnlyDictionary<string, int>> Count(IEnumerable<Place> places, BuildingId house, CancellationToken cancel)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var place in places)
        {
            var count = (await db.Database.SqlQueryRaw<int>(
                $"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM {place.Table} WHERE {place.Column} = {{0}}", house.Value)
                .ToListAsync(cancel))[0];
            if (count > 0)
                counts[place.Table] = count;
        }

        return counts;
    }

    /// <summary>Rows that name a house and have an id of their own; what has the house in its key is a trace of work, not a fact.</summary>
    private IEnumerable<Place> Places(Func<Type, bool> which) =>
        from entity in db.Model.GetEntityTypes()
        where !NotUnderIt.Contains(entity.ClrType) && which(entity.ClrType)
        let house = entity.GetProperties().FirstOrDefault(p => p.ClrType == typeof(BuildingId))
        where house is not null && !house.IsPrimaryKey() && entity.FindProperty("Id") is not null
        select new Place(entity.GetTableName()!, house.GetColumnName());
}

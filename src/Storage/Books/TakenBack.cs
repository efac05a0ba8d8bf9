using Microsoft.EntityFrameworkCore;

#pragma warning disable EF1002 // the names of tables are those of the model; values are parameters

namespace Ochag.Storage.Books;

/// <summary>Ids from <paramref name="First"/> to <paramref name="Last"/> of a table, both inclusive.</summary>
public readonly record struct IdRange(string Table, long First, long Last)
{
    /// <summary>Ids as ranges, from the lowest up.</summary>
    public static IEnumerable<IdRange> Of(string table, IEnumerable<long> ids)
    {
        var (first, last) = (0L, -1L);
        foreach (var id in ids.Order())
        {
            if (id == last + 1)
            {
                last = id;
                continue;
            }

            if (last >= first)
                yield return new(table, first, last);
            (first, last) = (id, id);
        }

        if (last >= first)
            yield return new(table, first, last);
    }
}

/// <summary>What a piece of work wrote, and which facts it superseded.</summary>
public sealed record WrittenRows(IReadOnlyList<IdRange> Added, IReadOnlyList<IdRange> Superseded);

/// <summary>Takes back what a <see cref="WriteBook"/> wrote: the database is as if it had never been.</summary>
public static class TakenBack
{
    /// <summary>In the caller's transaction.</summary>
    /// <exception cref="DbUpdateException">Something else rests on a row already.</exception>
    public static async Task TakeBack(this OchagDb db, WrittenRows written, CancellationToken cancel)
    {
        var tables = db.Model.GetEntityTypes().Where(e => e.GetTableName() is not null)
            .ToLookup(e => e.GetTableName()!, StringComparer.Ordinal);
        var ordered = WriteBook.InOrderOfReference(
            written.Added.Select(r => r.Table).Distinct(StringComparer.Ordinal), table => tables[table].First());
        foreach (var table in ordered.Reverse())
        {
            foreach (var range in written.Added.Where(r => r.Table.Equals(table, StringComparison.Ordinal)))
            {
                await db.Database.ExecuteSqlRawAsync(
                    $"DELETE FROM {table} WHERE id BETWEEN {{0}} AND {{1}}", [range.First, range.Last], cancel);
            }
        }

        foreach (var range in written.Superseded)
        {
            await db.Database.ExecuteSqlRawAsync(
                $"UPDATE {tables[range.Table].First().GetTableName()} SET superseded_at = NULL WHERE id BETWEEN {{0}} AND {{1}}",
                [range.First, range.Last],
                cancel);
        }
    }
}

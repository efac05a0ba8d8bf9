using Microsoft.EntityFrameworkCore;

namespace Ochag.Storage;

internal sealed class IdSequence
{
    public required string Name { get; init; }
    public long Next { get; init; }
}

internal sealed class StorageModel : IModelPart
{
    public void Configure(ModelBuilder model) => model.Entity<IdSequence>(e =>
    {
        e.ToTable("storage_sequence");
        e.HasKey(s => s.Name);
        e.Property(s => s.Name).HasMaxLength(60);
    });
}

/// <summary>
/// Ids of rows, given out by the program in ranges: a bulk load knows the keys of what it writes, the same way on both
/// databases.
/// </summary>
public static class IdAllocator
{
    /// <summary>The first of <paramref name="count"/> ids of <typeparamref name="TRow"/> that nobody else gets.</summary>
    public static async Task<long> ReserveIds<TRow>(this OchagDb db, long count = 1, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var name = db.Model.FindEntityType(typeof(TRow))?.GetTableName()
            ?? throw new InvalidOperationException($"{typeof(TRow).Name} is not in the model.");
        var next = await db.Database.SqlQuery<long>($"""
            INSERT INTO storage_sequence (name, next) VALUES ({name}, 1 + {count})
            ON CONFLICT (name) DO UPDATE SET next = storage_sequence.next + {count}
            RETURNING next AS "Value"
            """).ToListAsync(cancel);
        return next[0] - count;
    }
}

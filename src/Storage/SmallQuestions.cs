using Microsoft.EntityFrameworkCore;

namespace Ochag.Storage;

/// <summary>
/// A connection held open for many small questions, which several workers ask at the same time. PostgreSQL otherwise
/// spreads each of them over all processors, and spends more on starting its parallel workers than the answer takes.
/// </summary>
public static class SmallQuestions
{
    // What is asked for lies in memory or on a disk without a head: to jump costs little more than to go on.
    private const string Settings = "SET max_parallel_workers_per_gather = 0; SET jit = off; SET random_page_cost = 1.1";

    /// <summary>Until it is disposed; the settings go with the connection's return.</summary>
    public static async Task<IAsyncDisposable> Begin(OchagDb db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        if (db.Database.IsNpgsql())
            await db.Database.ExecuteSqlRawAsync(Settings, cancel);
        return new Held(db);
    }

    private sealed class Held(OchagDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await db.Database.CloseConnectionAsync();
    }
}

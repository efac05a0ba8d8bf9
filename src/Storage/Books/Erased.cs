using Microsoft.EntityFrameworkCore;

#pragma warning disable EF1002 // the names of tables and columns are those of the model; values are parameters

namespace Ochag.Storage.Books;

/// <summary>
/// Erasing for good: the one way in which a kept text is overwritten. Who may ask for it and what then stands there is
/// decided above; see ADR 10.
/// </summary>
public static class Erased
{
    /// <summary>What stands where a text was: shorter than any of them, so that it always fits.</summary>
    public const string Gap = "…";

    /// <summary>
    /// Does the work in one transaction, so that what it overwrites is gone from a database file too: from its free pages
    /// and from its log of changes. A server of databases lets go of old versions by itself, with its vacuum.
    /// </summary>
    public static async Task<T> ForGood<T>(OchagDb db, Func<Task<T>> work, CancellationToken cancel)
    {
        if (!db.Database.IsSqlite())
            return await InTransaction(db, work, cancel);
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA secure_delete = ON", cancel);
            var done = await InTransaction(db, work, cancel);
            // Readers of this moment may hold a part of the log; then the next checkpoint takes it.
            await db.Database.ExecuteSqlRawAsync("PRAGMA wal_checkpoint(TRUNCATE)", CancellationToken.None);
            return done;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Takes texts out of a column, wherever they stand in it; the number of rows that held one.</summary>
    /// <param name="texts">The longest first: a part of one may be another.</param>
    public static async Task<int> TakeOut(
        OchagDb db, string table, string column, IReadOnlyList<string> texts, CancellationToken cancel)
    {
        if (texts.Count == 0)
            return 0;
        var find = db.Database.IsSqlite() ? "instr" : "strpos";
        var value = texts.Select((_, i) => i).Aggregate(column, (inner, i) => $"replace({inner}, {{{i}}}, '{Gap}')");
        var where = string.Join(" OR ", texts.Select((_, i) => $"{find}({column}, {{{i}}}) > 0"));
        return await db.Database.ExecuteSqlRawAsync(
            $"UPDATE {table} SET {column} = {value} WHERE {where}", texts.Cast<object>(), cancel);
    }

    private static async Task<T> InTransaction<T>(OchagDb db, Func<Task<T>> work, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var done = await work();
        await transaction.CommitAsync(cancel);
        return done;
    }
}

using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;

namespace Ochag.Storage.Sqlite;

/// <summary>
/// SQLite cannot change a table's references: EF builds it anew, and for that it steps out of the transaction (PRAGMA
/// foreign_keys works nowhere else). A process that dies there leaves half a schema. So a copy is migrated, and goes back
/// into the database in one transaction of SQLite itself: whoever opens the file next sees the old one or the new one.
/// </summary>
internal static class AsideMigration
{
    public const string Ending = ".migrating";

    /// <param name="proof">Looks at the migrated copy; what it refuses does not go back.</param>
    public static async Task<Refusal?> Run(
        OchagDb db, SqliteConnection file, Func<Task<Refusal?>>? proof, CancellationToken cancel)
    {
        var former = db.Database.GetConnectionString();
        var aside = file.DataSource + Ending;
        var at = new SqliteConnectionStringBuilder { DataSource = aside, Pooling = false }.ConnectionString;
        try
        {
            Remove(aside);
            Prepare(aside);
            await using (var copy = new SqliteConnection(at))
            {
                await copy.OpenAsync(cancel);
                file.BackupDatabase(copy);
            }

            db.Database.SetConnectionString(at);
            await db.Database.MigrateAsync(cancel);
            if (proof is not null && await proof() is { } refusal)
                return refusal;
            await using var migrated = new SqliteConnection(at);
            await migrated.OpenAsync(cancel);
            if (await Broken(migrated, cancel) is { } table)
                return new Refusal(Schema.Broken, ("table", table));
            cancel.ThrowIfCancellationRequested();
            migrated.BackupDatabase(file);
            return null;
        }
        finally
        {
            db.Database.SetConnectionString(former);
            Remove(aside);
        }
    }

    /// <summary>A table that refers to what is not there; the copy leaves its write-ahead log on the way.</summary>
    private static async Task<string?> Broken(SqliteConnection migrated, CancellationToken cancel)
    {
        await using var command = migrated.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE";
        await command.ExecuteNonQueryAsync(cancel);
        command.CommandText = "PRAGMA foreign_key_check";
        return await command.ExecuteScalarAsync(cancel) as string;
    }

    /// <summary>It holds all that the database holds: only its owner reads it.</summary>
    private static void Prepare(string aside)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(aside, options).Dispose();
    }

    private static void Remove(string aside)
    {
        foreach (var ending in new[] { "", "-wal", "-shm", "-journal" })
            File.Delete(aside + ending);
    }
}

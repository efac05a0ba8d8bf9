using Microsoft.Data.Sqlite;
using Ochag.Foundation;
using Ochag.Server.Cli;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Backups;

/// <summary>SQLite: the online backup copies the pages while the server goes on, a restore puts a file in its place.</summary>
internal static class SqliteBackup
{
    private const int Locked = 6;
    private const int Busy = 5;

    /// <summary>Copies the database to <paramref name="file"/> and counts what came over.</summary>
    /// <param name="shut">The one connection to it where it is shut to all others; null: the server may go on.</param>
    public static async Task<Outcome<(string Schema, DatabaseNumbers Numbers)>> Make(
        OchagSettings settings, string file, SqliteConnection? shut, CancellationToken stop)
    {
        var source = new SqliteConnectionStringBuilder(settings.Store.ConnectionString);
        if (!File.Exists(source.DataSource))
            return new Refusal("backup.no-database", ("database", source.DataSource));
        BackupFiles.Prepare(file);
        (source.Mode, source.Pooling) = (SqliteOpenMode.ReadWrite, false);
        await using (var from = shut is null ? new SqliteConnection(source.ConnectionString) : null)
        await using (var to = new SqliteConnection(Plain(file)))
        {
            if (from is not null)
                await from.OpenAsync(stop);
            await to.OpenAsync(stop);
            (from ?? shut!).BackupDatabase(to);
        }

        var counted = await Count(settings, file, stop);
        if (counted.Schema.Length == 0)
            return new Refusal("backup.no-database", ("database", source.DataSource));
        if (await Damage(file, stop) is { } damage)
            return new Refusal("backup.damaged", ("database", source.DataSource), ("reason", damage));
        BackupFiles.Settle(file);
        return counted;
    }

    /// <summary>What a file holds; it is left without a write-ahead log beside it.</summary>
    public static async Task<(string Schema, DatabaseNumbers Numbers)> Count(OchagSettings settings, string file, CancellationToken stop)
    {
        await using var services = WithServices.OpenAsIs(settings, new StoreLocation(Store.Sqlite, Plain(file)));
        var schema = await BackupNumbers.Schema(services.Get<OchagDb>(), stop);
        return (schema, schema.Length == 0 ? DatabaseNumbers.None : await BackupNumbers.Read(services, stop));
    }

    /// <summary>
    /// Puts the copy in the place of the database. The one that stood there is kept beside it until somebody removes it.
    /// </summary>
    public static async Task<Outcome<string?>> Place(string copy, string target, string suffix, CancellationToken stop)
    {
        string? former = null;
        if (File.Exists(target))
        {
            // A server that has been idle for long has no connection open, but it is there.
            await using var alone = Exclusive.TakeFile(target, Exclusive.Serving);
            if (alone is null || !await IsFree(target, stop))
                return new Refusal("backup.database-in-use", ("database", target));
            former = target + suffix;
            File.Move(target, former);
            File.Delete(target + "-wal");
            File.Delete(target + "-shm");
        }

        File.Move(copy, target);
        return former;
    }

    /// <summary>Leaving the write-ahead log is only allowed to one who is alone with the file.</summary>
    private static async Task<bool> IsFree(string file, CancellationToken stop)
    {
        try
        {
            await using var connection = new SqliteConnection(Plain(file, seconds: 1));
            await connection.OpenAsync(stop);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            return await command.ExecuteScalarAsync(stop) is "delete";
        }
        catch (SqliteException e) when (e.SqliteErrorCode is Busy or Locked)
        {
            return false;
        }
    }

    private static async Task<string?> Damage(string file, CancellationToken stop)
    {
        await using var connection = new SqliteConnection(Plain(file));
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE";
        await command.ExecuteNonQueryAsync(stop);
        command.CommandText = "PRAGMA integrity_check(1)";
        return await command.ExecuteScalarAsync(stop) is string found && found != "ok" ? found : null;
    }

    private static string Plain(string file, int seconds = 30) =>
        new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = seconds }.ConnectionString;
}

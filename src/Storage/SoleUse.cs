using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ochag.Storage;

/// <summary>
/// Nobody else works on the database, and nobody comes in until this is let go of: for what exchanges the ground under
/// everybody's feet. It ends with the process, however that ends.
/// </summary>
public sealed class SoleUse : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _held = [];

    private SoleUse()
    {
    }

    /// <summary>
    /// The one connection to a database file while it is shut to all others, those of this process too; null: the database
    /// is not a file. A second handle to the file would let go of its locks: all reading and writing goes through this one.
    /// </summary>
    public SqliteConnection? File { get; private set; }

    /// <summary>Null: a server, a command or a session is at work on it. A database file is made when it is not there.</summary>
    public static async Task<SoleUse?> Take(OchagDb db, CancellationToken cancel)
    {
        var sole = new SoleUse();
        try
        {
            if (await (db.Database.IsNpgsql() ? sole.TakeServer(db, cancel) : sole.TakeFile(db, cancel)))
                return sole;
        }
        catch
        {
            await sole.DisposeAsync();
            throw;
        }

        await sole.DisposeAsync();
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var held in Enumerable.Reverse(_held))
            await held.DisposeAsync();
        _held.Clear();
    }

    /// <summary>What is held while others work (the server, an import, a run) is a file beside the database.</summary>
    private async Task<bool> TakeFile(OchagDb db, CancellationToken cancel)
    {
        var own = (SqliteConnection)db.Database.GetDbConnection();
        SqliteConnection.ClearPool(own); // what waits in our own pool is nobody
        var file = Path.GetFullPath(own.DataSource);
        var works = Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".*.lock")
            .Select(f => f[(file.Length + 1)..^".lock".Length])
            .Append(Exclusive.Serving).Distinct(StringComparer.Ordinal);
        foreach (var work in works)
        {
            if (Exclusive.TakeFile(file, work) is not { } held)
                return false;
            _held.Add(held);
        }

        File = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ConnectionString);
        _held.Add(File);
        return await Shut(File, cancel);
    }

    /// <summary>Only one who is alone may leave the write-ahead log, and then the lock is held beyond the transaction.</summary>
    private static async Task<bool> Shut(SqliteConnection file, CancellationToken cancel)
    {
        try
        {
            await file.OpenAsync(cancel);
            await using var command = file.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            if (await command.ExecuteScalarAsync(cancel) is not "delete")
                return false;
            command.CommandText = "PRAGMA synchronous = FULL; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT";
            await command.ExecuteNonQueryAsync(cancel);
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6)
        {
            return false;
        }
    }

    /// <summary>Servers hold the same lock together; whoever else is connected is seen in the server's own list.</summary>
    private async Task<bool> TakeServer(OchagDb db, CancellationToken cancel)
    {
        NpgsqlConnection.ClearPool((NpgsqlConnection)db.Database.GetDbConnection());
        if (await Exclusive.Take(db, Exclusive.Serving, cancel) is not { } held)
            return false;
        _held.Add(held);
        // The database's server notices a closed session a little later: who has just left is not counted.
        for (var look = 0; look < 5; look++)
        {
            if (look > 0)
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancel);
            if (await Others(db, cancel) == 0)
                return true;
        }

        return false;
    }

    /// <summary>Sessions beside the two that are ours: the one that asks and the one that holds.</summary>
    private static async Task<long> Others(OchagDb db, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            "SELECT COUNT(*) - 2 FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'",
            connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}

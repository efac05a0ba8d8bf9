using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ochag.Storage;

/// <summary>
/// Work that one process at a time may do on a database. What holds it is the process itself (a file lock, a session of
/// the server): when it is killed, the next one takes over at once, without a lease to wait for.
/// </summary>
public static class Exclusive
{
    /// <summary>
    /// Held by a server for as long as it lives: neither the file nor the schema may be exchanged under it.
    /// </summary>
    public const string Serving = "serve";

    /// <summary>
    /// Says that a server works on the database. A file has one: null, when another one is there. On PostgreSQL they hold it
    /// together, and it is null while somebody has the database to himself (<see cref="SoleUse"/>).
    /// </summary>
    public static async Task<IAsyncDisposable?> TakeServing(StoreLocation location, CancellationToken cancel) =>
        location.Store == Store.Postgres
            ? await TakeSession(location.ConnectionString, Serving, together: true, cancel)
            : TakeFile(new SqliteConnectionStringBuilder(location.ConnectionString).DataSource, Serving);

    /// <summary>Takes the work called <paramref name="name"/> until disposed; null: somebody else is at it.</summary>
    public static async Task<IAsyncDisposable?> Take(OchagDb db, string name, CancellationToken cancel) =>
        db.Database.IsNpgsql()
            ? await TakeSession(db.Database.GetConnectionString(), name, together: false, cancel)
            : TakeFile(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource, name);

    /// <summary>
    /// Like <see cref="Take"/>, where several servers may work on the database at all: a database file has one
    /// (<see cref="Serving"/>), and what that one does nobody else can be at.
    /// </summary>
    public static async Task<IAsyncDisposable?> TakeAmongServers(OchagDb db, string name, CancellationToken cancel) =>
        db.Database.IsNpgsql()
            ? await TakeSession(db.Database.GetConnectionString(), name, together: false, cancel)
            : Stream.Null;

    /// <summary>A file beside the database; the system lets go of it when the process ends, however it ends.</summary>
    public static FileStream? TakeFile(string file, string name)
    {
        try
        {
            return new FileStream($"{file}.{name}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
    }

    /// <summary>Held, and not a folder that may not be written: EAGAIN of Linux, of macOS; a sharing violation of Windows.</summary>
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>An advisory lock of a session of its own: it dies with the connection.</summary>
    private static async Task<IAsyncDisposable?> TakeSession(
        string? database, string name, bool together, CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database)
        {
            // A pooled session would keep the lock after its connection is closed.
            Pooling = false,
        }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(
            together
                ? "SELECT pg_try_advisory_lock_shared(hashtextextended(@name, 0))"
                : "SELECT pg_try_advisory_lock(hashtextextended(@name, 0))",
            connection);
        command.Parameters.AddWithValue("name", "ochag." + name);
        if (await command.ExecuteScalarAsync(cancel) is true)
            return new Session(connection);
        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Lets go before it closes: the server notices a closed session a little later, and the next taker is quick.</summary>
    private sealed class Session(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await using (connection)
            {
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
                try
                {
                    await command.ExecuteNonQueryAsync();
                }
                catch (NpgsqlException)
                {
                    // The server is gone, and the lock with it.
                }
            }
        }
    }
}

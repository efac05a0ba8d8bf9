using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Ochag.Storage.Sqlite;

/// <summary>What every SQLite connection needs: write-ahead log, foreign keys, patience, and no lost commits.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    // FULL, not NORMAL: in WAL mode NORMAL may lose the last commits when the power goes.
    private const string Pragmas =
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

    // A file that is only read (EF looks so whether it is there) cannot be given a log: a restored one has none yet.
    private const string ReadOnlyPragmas = "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000;";

    private static string Of(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly ? ReadOnlyPragmas : Pragmas;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Of(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Of(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

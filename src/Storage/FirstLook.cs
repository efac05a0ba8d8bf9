using System.Data.Common;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Ochag.Storage.Postgres;
using Ochag.Storage.Sqlite;

namespace Ochag.Storage;

/// <summary>
/// What a start must know before it tells its address, asked in plain SQL: learning the model takes half a second, which
/// nobody who waits for a start should spend.
/// </summary>
public static class FirstLook
{
    /// <summary>The database has the program's migrations and no others; false also where it cannot be asked.</summary>
    public static async Task<bool> IsCurrent(StoreLocation location, CancellationToken stop)
    {
        try
        {
            var applied = await Column(location, """SELECT "MigrationId" FROM "__EFMigrationsHistory" """, stop);
            return applied.ToHashSet(StringComparer.Ordinal).SetEquals(Known(location.Store));
        }
        catch (DbException)
        {
            // No database yet, or none that can be read: the way that makes one also knows how to tell the fault.
            return false;
        }
    }

    /// <summary>The first column, as text, of what a query without parameters answers; the database is not made by it.</summary>
    public static async Task<IReadOnlyList<string>> Column(StoreLocation location, string query, CancellationToken stop)
    {
        await using var connection = Connection(location);
        await connection.OpenAsync(stop);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the callers' queries are constants
        command.CommandText = query;
#pragma warning restore CA2100
        await using var rows = await command.ExecuteReaderAsync(stop);
        var values = new List<string>();
        while (await rows.ReadAsync(stop))
            values.Add(rows.GetString(0));
        return values;
    }

    private static DbConnection Connection(StoreLocation location) => location.Store == Store.Sqlite
        ? new SqliteConnection(new SqliteConnectionStringBuilder(location.ConnectionString)
        {
            Mode = SqliteOpenMode.ReadWrite,
        }.ConnectionString)
        : new NpgsqlConnection(location.ConnectionString);

    private static IEnumerable<string> Known(Store store)
    {
        var context = store == Store.Sqlite ? typeof(SqliteDb) : typeof(PostgresDb);
        return from type in typeof(FirstLook).Assembly.GetTypes()
            let migration = type.GetCustomAttribute<MigrationAttribute>(inherit: false)
            where migration is not null && type.GetCustomAttribute<DbContextAttribute>(inherit: false)?.ContextType == context
            select migration.Id;
    }
}

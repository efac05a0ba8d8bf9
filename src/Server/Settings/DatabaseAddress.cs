using Microsoft.Data.Sqlite;
using Npgsql;
using Ochag.Storage;

namespace Ochag.Server.Settings;

/// <summary>"sqlite:data/ochag.db" or "postgres:Host=...": one setting says which database and where.</summary>
internal static class DatabaseAddress
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    public static string? Refuse(string value)
    {
        if (value.StartsWith(Sqlite, StringComparison.OrdinalIgnoreCase))
            return value.Length > Sqlite.Length ? null : "Name the file, as sqlite:data/ochag.db.";
        if (!value.StartsWith(Postgres, StringComparison.OrdinalIgnoreCase))
            return "It starts with sqlite: or postgres:.";
        try
        {
            var parts = new NpgsqlConnectionStringBuilder(value[Postgres.Length..]);
            return parts.Host is not { Length: > 0 } ? "The connection string names no Host."
                : parts.Port is < 1 or > 65535 ? "Port is a whole number from 1 to 65535."
                : null;
        }
        catch (ArgumentException)
        {
            // The message of the driver may quote the string, and with it the password.
            return "What follows postgres: is not a connection string (Host=...;Database=...;Username=...).";
        }
    }

    public static StoreLocation Parse(string value, string folder)
    {
        if (value.StartsWith(Postgres, StringComparison.OrdinalIgnoreCase))
            return new StoreLocation(Store.Postgres, value[Postgres.Length..]);
        var file = Path.GetFullPath(value[Sqlite.Length..], Path.GetFullPath(folder));
        return new StoreLocation(Store.Sqlite, new SqliteConnectionStringBuilder { DataSource = file }.ConnectionString);
    }

    /// <summary>The setting as "config show" prints it: everything but the password.</summary>
    public static string Masked(string value) => value.StartsWith(Postgres, StringComparison.OrdinalIgnoreCase)
        ? Postgres + new NpgsqlConnectionStringBuilder(value[Postgres.Length..]) { Password = "********" }.ConnectionString
        : value;

    /// <summary>The place without what is secret in it: the file, or host and database.</summary>
    public static string Describe(StoreLocation location)
    {
        if (location.Store == Store.Sqlite)
            return new SqliteConnectionStringBuilder(location.ConnectionString).DataSource;
        var parts = new NpgsqlConnectionStringBuilder(location.ConnectionString);
        return $"PostgreSQL {parts.Host}:{parts.Port}/{parts.Database}";
    }

    /// <summary>The same place without a pool: once closed, nobody, not even we, is connected.</summary>
    public static StoreLocation Unpooled(StoreLocation store) => store with
    {
        ConnectionString = store.Store == Store.Sqlite
            ? new SqliteConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString
            : new NpgsqlConnectionStringBuilder(store.ConnectionString) { Pooling = false }.ConnectionString,
    };
}

using Npgsql;
using Ochag.Storage;

[assembly: AssemblyFixture(typeof(Ochag.Stores.Fixtures.PostgresServer))]

namespace Ochag.Stores.Fixtures;

/// <summary>
/// The PostgreSQL server of the run: the one that OCHAG_TEST_POSTGRES_SERVER names, else a private cluster from the
/// binaries of this machine, else none, and then <see cref="Absent"/> says why. It never guesses that a server which
/// happens to listen is ours.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly SemaphoreSlim _once = new(1, 1);
    private PrivateCluster? _cluster;
    private string _server = "";
    private string? _template;

    public string? Absent { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var given = Environment.GetEnvironmentVariable("OCHAG_TEST_POSTGRES_SERVER");
        if (!string.IsNullOrEmpty(given))
            _server = given;
        else if (PrivateCluster.FindBinaries(out var reason) is not { } binaries)
            Absent = $"no PostgreSQL: OCHAG_TEST_POSTGRES_SERVER is not set and {reason}";
        else
            await Start(binaries);
    }

    public StoreLocation At(string database) =>
        new(Store.Postgres, new NpgsqlConnectionStringBuilder(_server) { Database = database, MaxPoolSize = 10 }.ConnectionString);

    public Task Create(string name, string template) => Execute($"CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");

    public Task Drop(string name) => Execute($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)");

    /// <summary>The name of a database that was migrated once for the whole run; copies of it are cheap.</summary>
    public async Task<string> Template(Func<StoreLocation, Task> migrate)
    {
        await _once.WaitAsync();
        try
        {
            if (_template is null)
            {
                var name = $"ochag_test_template_{Guid.NewGuid():N}";
                await Create(name, "template0");
                var at = At(name);
                await migrate(at with { ConnectionString = at.ConnectionString + ";Pooling=false" });
                _template = name;
            }

            return _template;
        }
        finally
        {
            _once.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_template is not null)
            await Drop(_template);
        NpgsqlConnection.ClearAllPools();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _once.Dispose();
    }

    private async Task Start(string binaries)
    {
        try
        {
            _cluster = await PrivateCluster.Start(binaries);
            _server = _cluster.ConnectionString;
        }
        catch (InvalidOperationException e)
        {
            // The leg is missing, with this reason; the SQLite leg is not to fall with it.
            Absent = $"no PostgreSQL: the private cluster did not start: {e.Message}";
        }
    }

    private async Task Execute(string sql)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(_server) { Database = "postgres", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

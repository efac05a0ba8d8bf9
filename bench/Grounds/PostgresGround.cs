using System.Data.Common;
using Npgsql;
using Ochag.Stores.Fixtures;

namespace Ochag.Bench.Grounds;

/// <summary>A private cluster where PostgreSQL's programs are installed, else the server of OCHAG_TEST_POSTGRES_SERVER.</summary>
internal sealed class PostgresGround : Ground
{
    private readonly PrivateCluster? _cluster;
    private readonly string _server;
    private readonly string _name;
    private readonly bool _keeps;

    private PostgresGround(string folder, PrivateCluster? cluster, string server, string? keptName)
        : base(folder) => (_cluster, _server, _name, _keeps) =
            (cluster, server, keptName ?? $"ochag_test_kill_{Guid.NewGuid():N}", keptName is not null);

    public override string Address => "postgres:" + At(_name);
    public override bool HasServer => _cluster is not null;
    public override int? ServerProcess => _cluster?.Process;
    private string Kept => _name + "_kept";

    /// <param name="folder">Where a cluster that outlives the run lies.</param>
    /// <param name="keptName">A database that outlives the run; null: of this run alone.</param>
    /// <param name="anew">What is there of that name goes.</param>
    /// <param name="durable">Commits reach the disk, though the database is kept: where their time is measured.</param>
    public static async Task<PostgresGround> Start(
        string folder, CancellationToken stop, string? keptName = null, bool durable = false, bool anew = false)
    {
        var binaries = PrivateCluster.FindBinaries(out var reason);
        var given = Environment.GetEnvironmentVariable("OCHAG_TEST_POSTGRES_SERVER");
        var cluster = binaries is null ? null : await PrivateCluster.Start(
            binaries, durable: keptName is null || durable, kept: keptName is null ? null : Path.Combine(folder, "cluster"));
        var server = cluster?.ConnectionString ?? given ?? throw new InvalidOperationException(
            $"There is no PostgreSQL: OCHAG_TEST_POSTGRES_SERVER is not set and {reason}.");
        var ground = new PostgresGround(folder, cluster, server, keptName);
        if (anew)
            await ground.Drop(stop);
        if (keptName is null || !await ground.IsThere(stop))
            await ground.Execute($"CREATE DATABASE \"{ground._name}\" TEMPLATE template0", stop);
        return ground;
    }

    public override Task Keep(CancellationToken stop) => Execute($"CREATE DATABASE \"{Kept}\" TEMPLATE \"{_name}\"", stop);

    public override async Task Begin(CancellationToken stop)
    {
        await Execute($"DROP DATABASE \"{_name}\" WITH (FORCE)", stop);
        await Execute($"CREATE DATABASE \"{_name}\" TEMPLATE \"{Kept}\"", stop);
    }

    /// <summary>Every row and index entry of the lines is read: a torn page would fault here.</summary>
    public override async Task<string?> Check(CancellationToken stop)
    {
        try
        {
            await Number("SELECT COUNT(*) FROM (SELECT l FROM billing_charge_line l ORDER BY posted_in, account_id, run_id, number) x", stop);
            var invalid = await Number("SELECT COUNT(*) FROM pg_index WHERE NOT indisvalid", stop);
            return invalid == 0 ? null : $"{invalid} invalid indexes";
        }
        catch (PostgresException e)
        {
            return e.Message;
        }
    }

    public override void KillServer() => _cluster!.Crash();

    public override void StartServer() => _cluster!.StartAgain();

    protected override string Tables =>
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition";

    protected override async Task<DbConnection> Open(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(At(_name));
        await connection.OpenAsync(stop);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
            return;
        }

        if (!_keeps)
            await Drop(CancellationToken.None);
    }

    private async Task Drop(CancellationToken stop)
    {
        await Execute($"DROP DATABASE IF EXISTS \"{_name}\" WITH (FORCE)", stop);
        await Execute($"DROP DATABASE IF EXISTS \"{Kept}\" WITH (FORCE)", stop);
    }

    private string At(string database) =>
        new NpgsqlConnectionStringBuilder(_server) { Database = database, Pooling = false }.ConnectionString;

    private async Task<bool> IsThere(CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(At("postgres"));
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        command.Parameters.Add(new() { Value = _name });
        return await command.ExecuteScalarAsync(stop) is not null;
    }

    private async Task Execute(string sql, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(At("postgres"));
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}

using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Ochag.Bench.Grounds;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Bench.BillRun;

/// <summary>How the rows of set-based SQL compare with those of the run.</summary>
/// <param name="First">Accounts of the first lines that differ, with both amounts.</param>
internal sealed record Comparison(long Accounts, int Different, IReadOnlyList<string> First)
{
    public override string ToString() => string.Join('\n',
        [$"{Accounts:N0} accounts, {Accounts - Different:N0} equal, {Different:N0} different", .. First]);
}

/// <summary>
/// The month of a generated city in set-based SQL: the scripts of the folder Sql, from the same stored facts into tables of
/// the same columns and keys. They know the rules that such a city's first month follows and no other, and write a few
/// bytes for a working.
/// </summary>
internal sealed class SetBased(DbConnection connection, string database, int? server)
{
    private const int DifferencesShown = 5;

    // By account, service and component: lines may be numbered otherwise.
    private const string Differing =
        """
        SELECT account_id, service, component, SUM(ours) AS ours, SUM(theirs) AS theirs FROM (
            SELECT account_id, service, component, amount_minor AS ours, NULL AS theirs
            FROM billing_charge_line WHERE posted_in = :period AND run_id = :run
            UNION ALL SELECT account_id, service, component, NULL, amount_minor FROM set_line) line
        GROUP BY account_id, service, component
        HAVING COUNT(ours) <> 1 OR COUNT(theirs) <> 1 OR SUM(ours) <> SUM(theirs)
        ORDER BY account_id, service, component
        """;

    public static async Task<SetBased> Open(Ground ground, CancellationToken stop)
    {
        var lite = ground is SqliteGround;
        var address = ground.Address[(ground.Address.IndexOf(':', StringComparison.Ordinal) + 1)..];
        DbConnection connection = lite
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = address, Pooling = false }.ConnectionString)
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(stop);
        return new(connection, lite ? "sqlite" : "postgres", ground.ServerProcess);
    }

    /// <summary>Closes the connection.</summary>
    public async Task<(Spent Spent, Comparison Comparison)> Measure(Rules rules, RunRecord run, CancellationToken stop)
    {
        await using var closing = connection;
        var numbers = new MonthNumbers(rules, run.Period);
        var variables = numbers.Variables(run.Id);
        await Run("0-session", variables, stop);
        await MakeTables(variables, stop);
        var spent = await Spent.On(async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await Run(Parameters(numbers), stop);
            await Run("2-volumes", variables, stop);
            await Run("3-lines", variables, stop);
            if (await Run("4-join", variables, stop) > 0)
                throw new InvalidOperationException("A row of the set-based SQL refers to nothing.");
            await transaction.CommitAsync(stop);
        }, server);
        return (spent, await Compare(variables, stop));
    }

    private async Task MakeTables(Dictionary<string, string> variables, CancellationToken stop)
    {
        if (connection is SqliteConnection lite)
            await Run(SqliteTables.Like(lite, "set"), stop);
        else
            await Run("1-tables", variables, stop);
    }

    private static string Parameters(MonthNumbers numbers) =>
        $"""
        DROP TABLE IF EXISTS set_heat_of_water;
        CREATE TABLE set_heat_of_water (system varchar(100) PRIMARY KEY, value bigint NOT NULL);
        INSERT INTO set_heat_of_water VALUES {string.Join(", ", numbers.HeatOfWater.Select(h => $"('{h.System}', {h.Value})"))}
        """;

    private async Task<Comparison> Compare(Dictionary<string, string> variables, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM billing_bill WHERE posted_in = {variables["period"]} AND run_id = {variables["run"]}";
        var accounts = Convert.ToInt64(await command.ExecuteScalarAsync(stop), System.Globalization.CultureInfo.InvariantCulture);
        command.CommandText = Differing.Replace(":period", variables["period"], StringComparison.Ordinal)
            .Replace(":run", variables["run"], StringComparison.Ordinal);
        var (different, first) = (new HashSet<long>(), new List<string>());
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            different.Add(reader.GetInt64(0));
            if (first.Count < DifferencesShown)
                first.Add($"  account {reader[0]}, service {reader[1]}, component {reader[2]}: ours {reader[3]}, set-based {reader[4]}");
        }

        return new(accounts, different.Count, first);
    }

    private Task<int> Run(string script, Dictionary<string, string> variables, CancellationToken stop) =>
        Run(SqlScripts.Read(database, script, variables), stop);

    /// <summary>Runs every statement.</summary>
    /// <returns>The rows that they answered with.</returns>
    private async Task<int> Run(string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = 0;
        do
        {
            while (await reader.ReadAsync(stop))
                rows++;
        }
        while (await reader.NextResultAsync(stop));
        return rows;
    }
}

using Npgsql;

namespace Ochag.Bench.BillRun;

/// <summary>
/// COPY of the very bytes that the server gives out for the rows: nothing is left to encode, so no encoder is faster. Bare
/// tables, then the keys, the checks, and the tables join their month.
/// </summary>
internal sealed class PostgresRawLoad(string connectionString, int? server) : RawLoad
{
    private const string Make =
        """
        DROP TABLE IF EXISTS raw_line, raw_bill;
        CREATE TABLE raw_bill (LIKE billing_bill INCLUDING DEFAULTS, PRIMARY KEY (posted_in, account_id, run_id),
            FOREIGN KEY (account_id) REFERENCES registry_account (id)) PARTITION BY LIST (posted_in);
        CREATE INDEX ON raw_bill (account_id);
        CREATE TABLE raw_line (LIKE billing_charge_line INCLUDING DEFAULTS, PRIMARY KEY (posted_in, account_id, run_id, number),
            FOREIGN KEY (posted_in, account_id, run_id) REFERENCES raw_bill (posted_in, account_id, run_id)) PARTITION BY LIST (posted_in);
        CREATE TABLE raw_bill_m (LIKE billing_bill INCLUDING DEFAULTS);
        CREATE TABLE raw_line_m (LIKE billing_charge_line INCLUDING DEFAULTS)
        """;

    public override async Task<Spent> Load(CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 0 }.ConnectionString);
        await connection.OpenAsync(stop);
        await Run(connection, Make, stop);
        await Run(connection, "CHECKPOINT", stop);
        var month = (int)(await Scalar(connection, "SELECT max(posted_in) FROM billing_bill", stop))!;
        var spent = Spent.None;
        foreach (var (from, to) in Batches(await Accounts(connection, month, stop)))
        {
            var where = $"WHERE posted_in = {month} AND account_id BETWEEN {from} AND {to}";
            var bills = await Rows(connection, $"SELECT * FROM billing_bill {where} ORDER BY account_id", stop);
            var lines = await Rows(connection, $"SELECT * FROM billing_charge_line {where} ORDER BY account_id, number", stop);
            spent += await Spent.On(async () =>
            {
                await using var transaction = await connection.BeginTransactionAsync(stop);
                await Copy(connection, "raw_bill_m", bills, stop);
                await Copy(connection, "raw_line_m", lines, stop);
                await transaction.CommitAsync(stop);
            }, server);
        }

        return spent + await Spent.On(() => Run(connection,
            $"""
            BEGIN;
            SET LOCAL maintenance_work_mem = '256MB';
            ALTER TABLE raw_bill_m ADD CHECK (posted_in = {month});
            ALTER TABLE raw_bill ATTACH PARTITION raw_bill_m FOR VALUES IN ({month});
            ALTER TABLE raw_line_m ADD CHECK (posted_in = {month});
            ALTER TABLE raw_line ATTACH PARTITION raw_line_m FOR VALUES IN ({month});
            COMMIT
            """, stop), server);
    }

    private static async Task<List<long>> Accounts(NpgsqlConnection connection, int month, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT account_id FROM billing_bill WHERE posted_in = {month} ORDER BY account_id", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var accounts = new List<long>();
        while (await reader.ReadAsync(stop))
            accounts.Add(reader.GetInt64(0));
        return accounts;
    }

    private static async Task<byte[]> Rows(NpgsqlConnection connection, string select, CancellationToken stop)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY ({select}) TO STDOUT (FORMAT BINARY)", stop);
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, stop);
        return bytes.ToArray();
    }

    private static async Task Copy(NpgsqlConnection connection, string table, byte[] rows, CancellationToken stop)
    {
        await using var stream = await connection.BeginRawBinaryCopyAsync($"COPY {table} FROM STDIN (FORMAT BINARY)", stop);
        await stream.WriteAsync(rows, stop);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }

    private static async Task<object?> Scalar(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(stop);
    }
}

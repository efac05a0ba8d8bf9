using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Ochag.Bench.BillRun;

/// <summary>Prepared INSERT of values that lie ready, bound through sqlite3 itself.</summary>
internal sealed class SqliteRawLoad(string file) : RawLoad
{
    public override async Task<Spent> Load(CancellationToken stop)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
        Run(connection, SqliteTables.Like(connection, "raw"));
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        var spent = Spent.None;
        var accounts = Rows(connection, "SELECT account_id FROM billing_bill ORDER BY account_id").ConvertAll(r => (long)r[0]!);
        foreach (var (from, to) in Batches(accounts))
        {
            stop.ThrowIfCancellationRequested();
            var where = $"WHERE account_id BETWEEN {from} AND {to} AND posted_in = (SELECT MAX(posted_in) FROM billing_bill)";
            var bills = Rows(connection, $"SELECT * FROM billing_bill {where} ORDER BY account_id");
            var lines = Rows(connection, $"SELECT * FROM billing_charge_line {where} ORDER BY account_id, number");
            spent += await Spent.On(() =>
            {
                using var transaction = connection.BeginTransaction();
                Insert(connection, "raw_bill", bills);
                Insert(connection, "raw_line", lines);
                transaction.Commit();
                return Task.CompletedTask;
            }, server: null);
        }

        Run(connection, "DROP TABLE raw_line; DROP TABLE raw_bill");
        return spent;
    }

    private static List<object?[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    private static void Insert(SqliteConnection connection, string table, List<object?[]> rows)
    {
        var places = string.Join(", ", Enumerable.Repeat("?", rows[0].Length));
        Check(raw.sqlite3_prepare_v2(connection.Handle, $"INSERT INTO {table} VALUES ({places})", out var statement), connection);
        using (statement)
        {
            foreach (var row in rows)
            {
                for (var i = 0; i < row.Length; i++)
                {
                    Check(row[i] switch
                    {
                        long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                        byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                        string text => raw.sqlite3_bind_text(statement, i + 1, text),
                        null => raw.sqlite3_bind_null(statement, i + 1),
                        var other => throw new NotSupportedException($"{other.GetType()}"),
                    }, connection);
                }

                if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
                    SqliteException.ThrowExceptionForRC(raw.SQLITE_ERROR, connection.Handle!);
                Check(raw.sqlite3_reset(statement), connection);
            }
        }
    }

    private static void Check(int code, SqliteConnection connection)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, connection.Handle!);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ochag.Storage.Bulk;

namespace Ochag.Storage.Postgres;

/// <summary>Binary COPY, typed by the store types of the model.</summary>
internal sealed class PostgresBulkWriter : IBulkWriter
{
    private readonly BulkPlans _plans = new();

    public async Task<long> Write<TRow>(OchagDb db, IEnumerable<TRow> rows, BulkOptions options, CancellationToken ct)
        where TRow : class => await Load<TRow>(db, options, insert =>
        {
            foreach (var row in rows)
            {
                ct.ThrowIfCancellationRequested();
                insert(row);
            }

            return Task.CompletedTask;
        }, ct);

    public async Task<long> Write<TRow>(OchagDb db, IAsyncEnumerable<TRow> rows, BulkOptions options, CancellationToken ct)
        where TRow : class => await Load<TRow>(db, options, async insert =>
        {
            await foreach (var row in rows.WithCancellation(ct))
                insert(row);
        }, ct);

    private async Task<long> Load<TRow>(OchagDb db, BulkOptions options, Func<Action<TRow>, Task> feed, CancellationToken ct)
        where TRow : class
    {
        var plan = _plans.For<TRow>(db, options);
        var table = BulkPlans.Quote(options.Table ?? plan.Table);
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            // COPY is atomic by itself; the transaction ties the key's sequence and the rows together.
            await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            ulong written;
            await using (var importer = await connection.BeginBinaryImportAsync(Sql(plan, table), ct))
            {
                importer.Timeout = Timeout.InfiniteTimeSpan; // a city's month takes as long as it takes; the token stops it
                var copy = new Copy(importer, [.. plan.Columns.Select(c => c.StoreType)]);
                await feed(row =>
                {
                    copy.StartRow();
                    plan.Put(row, copy);
                });
                written = await importer.CompleteAsync(ct);
            }

            if (plan.KeptKey is { } key && written > 0)
                await MoveSequence(db, table, key, ct);
            if (own is not null)
                await own.CommitAsync(ct);
            return (long)written;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string Sql<TRow>(BulkPlan<TRow> plan, string table)
        where TRow : class
    {
        var names = string.Join(", ", plan.Columns.Select(c => BulkPlans.Quote(c.Name)));
        return $"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)";
    }

    /// <summary>Kept keys go past the sequence: without this the next row that the database numbers would collide.</summary>
    private static async Task MoveSequence(OchagDb db, string table, string key, CancellationToken ct)
    {
        // A bare month table has no sequence: its name is then null, and so is the result.
        var column = BulkPlans.Quote(key);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText =
            $"""
            SELECT setval(pg_get_serial_sequence(@table, @key),
                greatest((SELECT max({column}) FROM {table}), nextval(pg_get_serial_sequence(@table, @key))))
            """;
        command.Parameters.Add(new NpgsqlParameter("table", table));
        command.Parameters.Add(new NpgsqlParameter("key", key));
        await command.ExecuteScalarAsync(ct);
    }

    /// <summary>
    /// Writes are synchronous on purpose: they fill a buffer, and only every few hundred rows one of them reaches the
    /// socket. An await for each value would cost more than the value.
    /// </summary>
    private sealed class Copy(NpgsqlBinaryImporter importer, string[] types) : RowSink
    {
        private int _column;

        public void StartRow()
        {
            importer.StartRow();
            _column = 0;
        }

        public override void Null()
        {
            importer.WriteNull();
            _column++;
        }

        public override void Put(bool value) => importer.Write(value, types[_column++]);
        public override void Put(short value) => importer.Write(value, types[_column++]);
        public override void Put(int value) => importer.Write(value, types[_column++]);
        public override void Put(long value) => importer.Write(value, types[_column++]);
        public override void Put(double value) => importer.Write(value, types[_column++]);
        public override void Put(decimal value) => importer.Write(value, types[_column++]);
        public override void Put(Guid value) => importer.Write(value, types[_column++]);
        public override void Put(DateOnly value) => importer.Write(value, types[_column++]);
        public override void Put(DateTime value) => importer.Write(value, types[_column++]);

        public override void Put(string? value)
        {
            if (value is null)
                Null();
            else
                importer.Write(value, types[_column++]);
        }

        public override void Put(byte[]? value)
        {
            if (value is null)
                Null();
            else
                importer.Write(value, types[_column++]);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ochag.Storage.Bulk;

namespace Ochag.Storage.Postgres;

/// <summary>Binary COPY, typed by the store types of the model.</summary>
internal sealed class PostgresBulkWriter : IBulkWriter
{
    private readonly BulkPlans _plans = new();

    public int WritersAtOnce => int.MaxValue;

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
            var written = await Copy(connection, plan, table, feed, ct);
            if (plan.KeptKey is { } key && written > 0)
                await MoveSequence(db, table, key, ct);
            if (own is not null)
                await own.CommitAsync(ct);
            return written;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<long> Copy<TRow>(
        NpgsqlConnection connection, BulkPlan<TRow> plan, string table, Func<Action<TRow>, Task> feed, CancellationToken ct)
        where TRow : class
    {
        var written = 0L;
        var stream = await connection.BeginRawBinaryCopyAsync(Sql(plan, table), ct);

        // A city's month takes as long as it takes; the token stops it.
        (stream.ReadTimeout, stream.WriteTimeout) = (Timeout.Infinite, Timeout.Infinite);
        try
        {
            var copy = new CopyStream(stream, plan.Columns);
            copy.Begin();
            await feed(row =>
            {
                copy.StartRow();
                plan.Put(row, copy);
                written++;
            });
            copy.End();
        }
        catch
        {
            await Abandon(stream);
            throw;
        }

        await stream.DisposeAsync();
        return written;
    }

    /// <summary>Disposing alone would end it well, with what has come so far.</summary>
    private static async Task Abandon(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync();
        }
        catch (NpgsqlException)
        {
            // The server has given up by itself: what is thrown already says why.
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
}

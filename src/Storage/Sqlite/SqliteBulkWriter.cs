using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Ochag.Storage.Bulk;
using SQLitePCL;

namespace Ochag.Storage.Sqlite;

/// <summary>Prepared INSERT, bound through sqlite3 itself: no boxing and no parameter objects on the way.</summary>
internal sealed class SqliteBulkWriter : IBulkWriter
{
    private readonly BulkPlans _plans = new();

    public int WritersAtOnce => 1;

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
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            // Without a transaction each row would be one, with its own fsync.
            await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
            var handle = ((SqliteConnection)db.Database.GetDbConnection()).Handle!;
            var written = 0L;
            using (var insert = new Insert(handle, Sql(plan, options)))
            {
                await feed(row =>
                {
                    plan.Put(row, insert);
                    insert.Step();
                    written++;
                });
            }

            if (own is not null)
                await own.CommitAsync(ct);
            return written;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static string Sql<TRow>(BulkPlan<TRow> plan, BulkOptions options)
        where TRow : class
    {
        var names = string.Join(", ", plan.Columns.Select(c => BulkPlans.Quote(c.Name)));
        var places = string.Join(", ", Enumerable.Repeat("?", plan.Columns.Count));
        return $"INSERT INTO {BulkPlans.Quote(options.Table ?? plan.Table)} ({names}) VALUES ({places})";
    }

    /// <summary>One prepared statement; formats are those of Microsoft.Data.Sqlite, so that EF reads them back.</summary>
    private sealed class Insert : RowSink, IDisposable
    {
        private readonly sqlite3 _handle;
        private readonly sqlite3_stmt _statement;
        private readonly char[] _text = new char[36];
        private int _column;

        public Insert(sqlite3 handle, string sql)
        {
            _handle = handle;
            Check(raw.sqlite3_prepare_v2(handle, sql, out _statement));
        }

        public void Step()
        {
            _column = 0;
            var code = raw.sqlite3_step(_statement);
            if (code != raw.SQLITE_DONE)
                SqliteException.ThrowExceptionForRC(code, _handle);
            Check(raw.sqlite3_reset(_statement));
        }

        public override void Null() => Check(raw.sqlite3_bind_null(_statement, ++_column));
        public override void Put(bool value) => Put(value ? 1L : 0L);
        public override void Put(short value) => Put((long)value);
        public override void Put(int value) => Put((long)value);
        public override void Put(long value) => Check(raw.sqlite3_bind_int64(_statement, ++_column, value));
        public override void Put(double value) => Check(raw.sqlite3_bind_double(_statement, ++_column, value));

        public override void Put(string? value) => Check(value is null
            ? raw.sqlite3_bind_null(_statement, ++_column)
            : raw.sqlite3_bind_text(_statement, ++_column, value));

        public override void Put(byte[]? value) => Check(value switch
        {
            null => raw.sqlite3_bind_null(_statement, ++_column),
            { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, ++_column, 0), // an empty span would be bound as NULL
            _ => raw.sqlite3_bind_blob(_statement, ++_column, value),
        });

        public override void Put(Guid value) => Put(value.ToString().ToUpperInvariant());

        public override void Put(DateOnly value)
        {
            value.TryFormat(_text, out var length, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            Text(length);
        }

        public override void Put(DateTime value)
        {
            value.TryFormat(_text, out var length, "yyyy-MM-dd HH:mm:ss.FFFFFFF", System.Globalization.CultureInfo.InvariantCulture);
            Text(length);
        }

        public void Dispose() => _statement.Dispose();

        private void Text(int length) =>
            Check(raw.sqlite3_bind_text16(_statement, ++_column, _text.AsSpan(0, length)));

        private void Check(int code)
        {
            if (code != raw.SQLITE_OK)
                SqliteException.ThrowExceptionForRC(code, _handle);
        }
    }
}

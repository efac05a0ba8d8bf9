namespace Ochag.Storage.Bulk;

/// <summary>
/// Writes many rows of one entity past the change tracker: prepared INSERT on SQLite, binary COPY on PostgreSQL.
/// Columns and conversions are those of the EF model, so a row written here reads back as if EF had written it.
/// </summary>
/// <remarks>
/// Joins the context's current transaction; without one it opens its own, and a failure leaves nothing behind.
/// SQLite has one writer: a long job gives rows in batches, each in a transaction of its own.
/// </remarks>
public interface IBulkWriter
{
    /// <summary>How many may write at the same time; more would only wait for each other.</summary>
    int WritersAtOnce { get; }

    /// <summary>The number of rows written.</summary>
    Task<long> Write<TRow>(OchagDb db, IEnumerable<TRow> rows, BulkOptions options, CancellationToken ct)
        where TRow : class;

    /// <summary>The number of rows written.</summary>
    Task<long> Write<TRow>(OchagDb db, IAsyncEnumerable<TRow> rows, BulkOptions options, CancellationToken ct)
        where TRow : class;

    Task<long> Write<TRow>(OchagDb db, IEnumerable<TRow> rows, CancellationToken ct)
        where TRow : class => Write(db, rows, BulkOptions.Usual, ct);

    Task<long> Write<TRow>(OchagDb db, IAsyncEnumerable<TRow> rows, CancellationToken ct)
        where TRow : class => Write(db, rows, BulkOptions.Usual, ct);
}

/// <summary>How a bulk write departs from the usual one.</summary>
public sealed record BulkOptions
{
    public static BulkOptions Usual { get; } = new();

    /// <summary>The rows carry their own numbers; otherwise the database numbers them where the model says so.</summary>
    public bool KeepKeys { get; init; }

    /// <summary>
    /// Another table of the same columns: a month that is loaded bare on PostgreSQL and attached as a partition.
    /// Null: the entity's own table.
    /// </summary>
    public string? Table { get; init; }
}

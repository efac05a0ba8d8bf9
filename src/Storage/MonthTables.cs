using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ochag.Foundation;

namespace Ochag.Storage;

/// <summary>
/// The hot tables lie in a part for each month on PostgreSQL, and there in a part for each load (<see cref="MonthLoad{TRow}"/>);
/// in one table on SQLite.
/// </summary>
public static class MonthTables
{
    /// <summary>Annotations of an entity: the properties that hold the month and the load of a row.</summary>
    internal const string Month = "Ochag:MonthTable";
    internal const string Load = "Ochag:MonthTable:Load";

    /// <summary>
    /// Says that the table is cut by this month, and within it by this load, where the database can; both belong to the
    /// primary key. The migration of PostgreSQL then makes the table partitioned by itself.
    /// </summary>
    public static EntityTypeBuilder<TRow> InMonthTables<TRow, TLoad>(
        this EntityTypeBuilder<TRow> entity, Expression<Func<TRow, BillingPeriod>> month, Expression<Func<TRow, TLoad>> load)
        where TRow : class => entity
            .HasAnnotation(Month, entity.Property(month).Metadata.Name)
            .HasAnnotation(Load, entity.Property(load).Metadata.Name);

    /// <summary>Months are tables of their own there; elsewhere there is nothing to make ahead.</summary>
    public static bool AreApart(StoreLocation location) => location.Store == Store.Postgres;

    /// <summary>
    /// Makes the parts of the months from <paramref name="first"/> through <paramref name="last"/> where they are not there yet;
    /// the answer is the tables that were made. A part that cannot be made within seconds, since somebody reads the table
    /// for long, is a fault that the caller meets by trying again later.
    /// </summary>
    public static async Task<IReadOnlyList<string>> MakeAhead(
        OchagDb db, BillingPeriod first, BillingPeriod last, CancellationToken cancel)
    {
        var made = new List<string>();
        if (!db.Database.IsNpgsql())
            return made;
        foreach (var entity in db.Model.GetEntityTypes().Where(e => MonthColumn(e) is not null))
        {
            for (var month = first; month <= last; month = month.PlusMonths(1))
            {
                if (await Make(db, entity, month, TimeSpan.FromSeconds(2), cancel))
                    made.Add(OfMonth(entity, month));
            }
        }

        return made;
    }

    internal static string OfMonth(IReadOnlyEntityType entity, BillingPeriod month) =>
        $"{entity.GetTableName()}_{month.Number.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>
    /// Makes a month's part; false: it was there, and nobody had to wait. Two territories may come to a new month at once:
    /// IF NOT EXISTS alone does not make them wait for each other.
    /// </summary>
    internal static async Task<bool> Make(
        OchagDb db, IReadOnlyEntityType entity, BillingPeriod month, TimeSpan? patience, CancellationToken cancel)
    {
        var (table, part) = (entity.GetTableName(), OfMonth(entity, month));
        if (await IsPart(db, part, cancel))
            return false;
        var wait = patience is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"SET LOCAL lock_timeout = {(int)time.TotalMilliseconds};")
            : "";
        var sql =
            $"""
            {wait}
            SELECT pg_advisory_xact_lock(hashtextextended('{table}', 0));
            CREATE TABLE IF NOT EXISTS {part} PARTITION OF {table} FOR VALUES IN ({month.Number.ToString(CultureInfo.InvariantCulture)})
                PARTITION BY LIST ({LoadColumn(entity)})
            """;
        await db.Database.ExecuteSqlRawAsync(sql, cancel);
        return true;
    }

    internal static async Task<bool> IsPart(OchagDb db, string table, CancellationToken cancel) => await db.Database
        .SqlQuery<bool>($"""SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = {table} AND relispartition) AS "Value" """)
        .SingleAsync(cancel);

    internal static string? MonthColumn(IReadOnlyEntityType entity) => Column(entity, Month);

    internal static string? LoadColumn(IReadOnlyEntityType entity) => Column(entity, Load);

    private static string? Column(IReadOnlyEntityType entity, string annotation) =>
        entity.FindAnnotation(annotation)?.Value is string property
            ? Microsoft.EntityFrameworkCore.RelationalPropertyExtensions.GetColumnName(entity.FindProperty(property)!)
            : null;
}

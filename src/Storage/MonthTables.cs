using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Ochag.Foundation;

namespace Ochag.Storage;

/// <summary>The hot tables lie in a part for each month on PostgreSQL, in one table on SQLite.</summary>
public static class MonthTables
{
    /// <summary>Annotation of an entity: the property that holds the month of a row.</summary>
    internal const string Annotation = "Ochag:MonthTable";

    /// <summary>
    /// Says that the table is cut by this month where the database can; the month belongs to the primary key. The
    /// migration of PostgreSQL then makes the table partitioned by itself.
    /// </summary>
    public static EntityTypeBuilder<TRow> InMonthTables<TRow>(
        this EntityTypeBuilder<TRow> entity, Expression<Func<TRow, BillingPeriod>> month)
        where TRow : class => entity.HasAnnotation(Annotation, entity.Property(month).Metadata.Name);

    /// <summary>Makes the month's part of <typeparamref name="TRow"/>'s table if it is not there.</summary>
    public static async Task PrepareMonth<TRow>(this OchagDb db, BillingPeriod month, CancellationToken cancel)
    {
        if (!db.Database.IsNpgsql())
            return;
        var table = db.Model.FindEntityType(typeof(TRow))!.GetTableName()!;
        var number = month.Number.ToString(CultureInfo.InvariantCulture);

        // DDL takes no parameters; the names are of our own model and the number is a number.
        var sql = $"CREATE TABLE IF NOT EXISTS {table}_{number} PARTITION OF {table} FOR VALUES IN ({number})";
        await db.Database.ExecuteSqlRawAsync(sql, cancel);
    }
}

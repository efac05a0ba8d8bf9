using System.Linq.Expressions;
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

    internal static string? MonthColumn(IReadOnlyEntityType entity) => Column(entity, Month);

    internal static string? LoadColumn(IReadOnlyEntityType entity) => Column(entity, Load);

    private static string? Column(IReadOnlyEntityType entity, string annotation) =>
        entity.FindAnnotation(annotation)?.Value is string property
            ? Microsoft.EntityFrameworkCore.RelationalPropertyExtensions.GetColumnName(entity.FindProperty(property)!)
            : null;
}

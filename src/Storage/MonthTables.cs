using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;

namespace Ochag.Storage;

/// <summary>The hot tables lie in a part for each month on PostgreSQL, in one table on SQLite.</summary>
public static class MonthTables
{
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

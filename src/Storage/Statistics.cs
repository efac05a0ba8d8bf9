using Microsoft.EntityFrameworkCore;
using Ochag.Storage.Bulk;

namespace Ochag.Storage;

/// <summary>What the planner of the database knows of its tables.</summary>
public static class Statistics
{
    /// <summary>
    /// Counts the tables that have changed much since they were last counted. PostgreSQL does so by itself, some minutes
    /// after a load; until then it takes half a million rows for a few, and reads all of them for each question.
    /// </summary>
    public static async Task Refresh(OchagDb db, CancellationToken cancel)
    {
        if (!db.Database.IsNpgsql())
            return;
        var stale = await db.Database.SqlQuery<string>(
            $"""
            SELECT c.relname::text AS "Value" FROM pg_class c JOIN pg_stat_user_tables s ON s.relid = c.oid
            WHERE s.schemaname = 'public' AND c.relkind = 'r'
                AND (c.reltuples < 0 AND pg_relation_size(c.oid) > 0 OR s.n_mod_since_analyze > 1000 + s.n_live_tup / 5)
            """).ToListAsync(cancel);
        foreach (var table in stale)
        {
            // DDL takes no parameters; the names come from the database itself.
            var sql = $"ANALYZE {BulkPlans.Quote(table)}";
            await db.Database.ExecuteSqlRawAsync(sql, cancel);
        }
    }
}

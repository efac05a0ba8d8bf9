using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Stores.Schemas;

/// <summary>
/// The schema as the database states it. Months of a partitioned table are part of that table; EF's own history and
/// SQLite's own tables are nobody's.
/// </summary>
internal sealed record ActualSchema(List<string> Columns, List<string> References)
{
    private const string SqliteColumns =
        """
        SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' not null' ELSE ' null' END AS "Value"
        FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND m.name NOT LIKE '\_\_EF%' ESCAPE '\'
        """;

    private const string SqliteReferences =
        """
        SELECT m.name || '(' || group_concat(f."from", ',') || ') -> ' || f."table" AS "Value"
        FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f
        WHERE m.type = 'table'
        GROUP BY m.name, f.id, f."table"
        """;

    private const string PostgresColumns =
        """
        SELECT t.relname || '.' || c.attname || CASE WHEN c.attnotnull THEN ' not null' ELSE ' null' END AS "Value"
        FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace JOIN pg_attribute c ON c.attrelid = t.oid
        WHERE n.nspname = 'public' AND t.relkind IN ('r', 'p') AND NOT t.relispartition
          AND c.attnum > 0 AND NOT c.attisdropped AND t.relname NOT LIKE '\_\_EF%'
        """;

    private const string PostgresReferences =
        """
        SELECT t.relname || '(' || string_agg(c.attname, ',' ORDER BY k.position) || ') -> ' || o.relname AS "Value"
        FROM pg_constraint f
        JOIN pg_class t ON t.oid = f.conrelid JOIN pg_class o ON o.oid = f.confrelid
        CROSS JOIN LATERAL unnest(f.conkey) WITH ORDINALITY AS k(number, position)
        JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum = k.number
        WHERE f.contype = 'f' AND NOT t.relispartition AND f.conparentid = 0
        GROUP BY f.oid, t.relname, o.relname
        """;

    public static async Task<ActualSchema> Read(OchagDb db, CancellationToken ct)
    {
        var (columns, references) = db.Database.IsSqlite()
            ? (SqliteColumns, SqliteReferences)
            : (PostgresColumns, PostgresReferences);
        return new(
            await db.Database.SqlQueryRaw<string>(columns).ToListAsync(ct),
            await db.Database.SqlQueryRaw<string>(references).ToListAsync(ct));
    }
}

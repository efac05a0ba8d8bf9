using Microsoft.Data.Sqlite;

namespace Ochag.Bench.BillRun;

/// <summary>Tables of the same columns, keys and indexes as those of bills and lines, empty.</summary>
internal static class SqliteTables
{
    /// <summary>The statements that make PREFIX_bill and PREFIX_line anew.</summary>
    public static string Like(SqliteConnection connection, string prefix)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND tbl_name IN ('billing_bill', 'billing_charge_line') "
            + "ORDER BY tbl_name, rowid";
        using var reader = command.ExecuteReader();
        var statements = new List<string> { $"DROP TABLE IF EXISTS {prefix}_line", $"DROP TABLE IF EXISTS {prefix}_bill" };
        while (reader.Read())
        {
            statements.Add(reader.GetString(0).Replace("billing_charge_line", $"{prefix}_line", StringComparison.Ordinal)
                .Replace("billing_bill", $"{prefix}_bill", StringComparison.Ordinal));
        }

        return string.Join(";\n", statements);
    }
}

using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Cli;
using Ochag.Storage;

namespace Ochag.Server.Backups;

/// <summary>Counts a database: its accounts and posted money by what the modules say, its rows table by table.</summary>
internal static class BackupNumbers
{
    private const string SqliteTables =
        "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

    // Parts of a table that is cut by month are counted with the table.
    private const string PostgresTables =
        "SELECT relname::text AS \"Value\" FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition";

    public static async Task<DatabaseNumbers> Read(WithServices services, CancellationToken stop)
    {
        var territories = (await services.Get<IRegistry>().ListTerritories(stop)).ToDictionary(t => t.Id);
        var accounts = await services.Get<IRegistry>().CountAccounts(stop);
        var months = await services.Get<IBilling>().CountPosted(stop);
        return new(
            [
                .. territories.Values.OrderBy(t => t.Code, StringComparer.Ordinal)
                    .Select(t => new TerritoryNumbers(t.Code, accounts.GetValueOrDefault(t.Id))),
            ],
            [
                .. months.OrderBy(m => territories[m.Territory].Code, StringComparer.Ordinal).ThenBy(m => m.Period)
                    .Select(m => new MonthNumbers(
                        territories[m.Territory].Code,
                        m.Period.ToString(),
                        m.Total.Currency.ToString(),
                        m.Accounts,
                        m.Lines,
                        m.Total.Minor)),
            ],
            await Rows(services, stop));
    }

    /// <summary>Rows of every table that is there, also of those that this program does not know.</summary>
    public static async Task<IReadOnlyDictionary<string, long>> Rows(WithServices services, CancellationToken stop)
    {
        var db = services.Get<OchagDb>();
        var list = services.Get<StoreLocation>().Store == Store.Sqlite ? SqliteTables : PostgresTables;
        var tables = await db.Database.SqlQueryRaw<string>(list).ToListAsync(stop);
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables)
        {
            // A name cannot be a parameter; it comes from the database's own list and is quoted.
            var sql = $"SELECT COUNT(*) AS \"Value\" FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            rows[table] = (await db.Database.SqlQueryRaw<long>(sql).ToListAsync(stop))[0];
        }

        return rows;
    }

    /// <summary>The last migration of the database; empty: it has no tables of ours.</summary>
    public static async Task<string> Schema(OchagDb db, CancellationToken stop) =>
        (await db.Database.GetAppliedMigrationsAsync(stop)).LastOrDefault() ?? "";
}

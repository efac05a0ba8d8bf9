using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Storage.Bulk;

namespace Ochag.Storage;

/// <summary>
/// Rows of a hot table that come together, as those of a bill run. On PostgreSQL they lie in a table of their own, without a
/// key while it is filled, and join their month when they are whole: an index that is made over all rows at once and a
/// foreign key that is looked up for all of them in one go cost a fraction of what they cost row by row. On SQLite they go
/// into the one table from the start.
/// </summary>
/// <remarks>
/// Every step may be repeated: a process that died in between finds out by itself how far it was. What has not joined its
/// month yet is not seen by questions to the table.
/// </remarks>
public sealed class MonthLoad<TRow>
    where TRow : class
{
    private readonly BillingPeriod _month;
    private readonly string _ofMonth;
    private readonly long _load;
    private readonly bool _apart;
    private readonly string _table;
    private readonly string _monthColumn;
    private readonly string _loadColumn;

    private MonthLoad(OchagDb db, BillingPeriod month, long load)
    {
        var entity = db.Model.FindEntityType(typeof(TRow))!;
        (_month, _load, _apart) = (month, load, db.Database.IsNpgsql());
        _ofMonth = MonthTables.OfMonth(entity, month);
        _table = entity.GetTableName()!;
        _monthColumn = MonthTables.MonthColumn(entity) ?? throw new InvalidOperationException($"{_table} is not cut by month.");
        _loadColumn = MonthTables.LoadColumn(entity)!;
        Options = BulkOptions.Usual with { Table = _apart ? OfLoad : null };
    }

    /// <summary>Where the rows are to be written.</summary>
    public BulkOptions Options { get; }

    private string OfLoad => $"{_ofMonth}_{_load.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Makes the month's part and the load's table if they are not there.</summary>
    public static async Task<MonthLoad<TRow>> Begin(OchagDb db, BillingPeriod month, long load, CancellationToken cancel)
    {
        var begun = new MonthLoad<TRow>(db, month, load);
        if (!begun._apart)
            return begun;
        await MonthTables.Make(db, db.Model.FindEntityType(typeof(TRow))!, month, null, cancel);
        await Execute(db, begun.MakeLoad, cancel);
        return begun;
    }

    /// <summary>Keys, checks, and the rows stand in their month. The caller's transaction decides whether it was so.</summary>
    public async Task Join(OchagDb db, CancellationToken cancel)
    {
        if (!_apart || await MonthTables.IsPart(db, OfLoad, cancel))
            return;

        // With the check there the database need not look through the rows once more.
        await Execute(db,
            $"""
            SET LOCAL maintenance_work_mem = '256MB';
            ALTER TABLE {OfLoad} ADD CONSTRAINT of_load CHECK ({Holds});
            ALTER TABLE {_ofMonth} ATTACH PARTITION {OfLoad} FOR VALUES IN ({_load.ToString(CultureInfo.InvariantCulture)});
            ALTER TABLE {OfLoad} DROP CONSTRAINT of_load
            """, cancel);
    }

    /// <summary>Takes all rows of the load away, joined or not: it begins anew.</summary>
    public async Task Clear(OchagDb db, CancellationToken cancel)
    {
        if (!_apart)
        {
            await Execute(db, $"DELETE FROM {_table} WHERE {Holds}", cancel);
            return;
        }

        // Only a table that stands alone again may go: others may refer to the month.
        var detach = await MonthTables.IsPart(db, OfLoad, cancel) ? $"ALTER TABLE {_ofMonth} DETACH PARTITION {OfLoad};" : "";
        await Execute(db, $"{detach} DROP TABLE IF EXISTS {OfLoad}; {MakeLoad}", cancel);
    }

    private string MakeLoad => $"CREATE TABLE IF NOT EXISTS {OfLoad} (LIKE {_table} INCLUDING DEFAULTS)";

    private string Holds => string.Create(
        CultureInfo.InvariantCulture, $"{_monthColumn} = {_month.Number} AND {_loadColumn} = {_load}");


    /// <summary>DDL takes no parameters: the names are of our own model, and what is beside them are numbers.</summary>
    private static Task<int> Execute(OchagDb db, string sql, CancellationToken cancel) => db.Database.ExecuteSqlRawAsync(sql, cancel);
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Stores.Backups;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Upgrades;

/// <summary>
/// The database of the first schema goes through "migrate" to this program: charges, balances and readings of each account
/// are those that were recorded with it, and billing goes on. From the first release on a database of it is kept too.
/// </summary>
public abstract class KeptTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod Next = new(2026, 3);

    [Fact]
    public async Task An_upgraded_database_holds_each_accounts_charges_balance_and_readings_and_the_next_month_is_billed()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        kept.Numbers.Accounts.ShouldBe(50);
        kept.Numbers.Months.Count.ShouldBe(2);

        var upgraded = await kept.Upgrade(Stop);

        upgraded.Refusal.ShouldBeNull();
        upgraded.Value.Applied.Count.ShouldBeGreaterThan(10);
        await using (var db = kept.Open())
            db.Database.HasPendingModelChanges().ShouldBeFalse();
        var now = await BackupTests.Count(kept.Settings);
        now.Territories.ShouldBe(kept.Numbers.Territories);
        now.Months.ShouldBe(kept.Numbers.Months);

        await using var provider = Database.Product(kept.At).BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        (await Recorded(scope.ServiceProvider)).ShouldBe(await File.ReadAllLinesAsync(Path.Combine(KeptBase.Folder, "recorded.csv"), Stop));
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory("kept", Stop)).Value;
        var run = await scope.ServiceProvider.GetRequiredService<IBilling>().Run(territory, Next, "test", null, Stop);
        run.Refusal.ShouldBeNull();
        run.Value.Accounts.ShouldBe(50);
        run.Value.Total.Minor.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_way_back_is_the_backup_that_was_made_before()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        var schema = await kept.Applied(Stop);
        var before = await BackupTests.Count(kept.Settings);
        var upgraded = await kept.Upgrade(Stop);
        upgraded.Refusal.ShouldBeNull();
        upgraded.Value.Manifest!.Schema.ShouldBe(schema[^1]);
        (await kept.Applied(Stop)).Count.ShouldBeGreaterThan(schema.Count);

        await kept.Back(upgraded.Value.Backup!, replace: true, Stop);

        (await kept.Applied(Stop)).ShouldBe(schema);
        (await BackupTests.Count(kept.Settings)).Differences(before).ShouldBeEmpty();
    }

    /// <summary>What the program says today of each account, in the form of recorded.csv.</summary>
    private static async Task<List<string>> Recorded(IServiceProvider services)
    {
        var db = services.GetRequiredService<Storage.OchagDb>();
        var billing = services.GetRequiredService<IBilling>();
        var accounts = await db.Set<Account>().AsNoTracking().ToListAsync(Stop);
        var balances = await billing.Balances([.. accounts.Select(a => a.Id)], Currency.Rub, Stop);
        var readings = (await db.Database.SqlQueryRaw<Indexes>(
            """
            SELECT m.premises_id AS "Premises", COUNT(*) AS "Count", CAST(SUM(r."index") AS BIGINT) AS "Sum"
            FROM metering_reading r JOIN registry_meter m ON m.id = r.meter_id
            WHERE m.premises_id IS NOT NULL GROUP BY m.premises_id
            """).ToListAsync(Stop)).ToDictionary(r => r.Premises);
        var rows = new List<string> { "account,opening,2026-01,2026-02,readings,indexes" };
        foreach (var account in accounts.OrderBy(a => a.Number, StringComparer.Ordinal))
        {
            var lines = await billing.ListCharges(account.Id, Stop);
            var (january, february) = (Sum(lines, new(2026, 1)), Sum(lines, new(2026, 2)));
            balances[account.Id].Charged.Minor.ShouldBe(january + february);
            var own = readings.GetValueOrDefault(account.PremisesId.Value);
            rows.Add(string.Create(CultureInfo.InvariantCulture,
                $"{account.Number},{balances[account.Id].Opening.Minor},{january},{february},{own?.Count ?? 0},{own?.Sum ?? 0}"));
        }

        return rows;
    }

    private static long Sum(IReadOnlyList<PostedLine> lines, BillingPeriod month) =>
        lines.Where(l => l.Key.PostedIn == month).Sum(l => l.Total.Minor);

    private sealed record Indexes(long Premises, long Count, long Sum);
}

public sealed class KeptTests_on_Sqlite(SqliteDatabase database) : KeptTests(database), IClassFixture<SqliteDatabase>;

public sealed class KeptTests_on_Postgres(PostgresDatabase database) : KeptTests(database), IClassFixture<PostgresDatabase>;

using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Foundation;
using Ochag.Server.Hosting;
using Ochag.Storage;
using Ochag.Storage.Bulk;
using Ochag.Stores.Bulk;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

public abstract class MonthTablesTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod October = new(2026, 10);

    [Fact]
    public async Task Loads_of_one_month_join_it_one_by_one_and_every_step_may_be_repeated()
    {
        await using var db = await Blank();
        foreach (var (load, numbers) in new[] { (3L, new[] { 7L, 8L }), (4L, [7L]), (3L, []) })
        {
            var begun = await MonthLoad<MonthRow>.Begin(db, October, load, Stop);
            await Write(db, begun, load, numbers);
            await Join(db, begun);
            await Join(db, begun);
        }

        await using var other = await Blank();
        var none = await MonthLoad<MonthRow>.Begin(other, October.PlusMonths(1), 3, Stop);
        await Join(other, none);
        (await Rows(db)).ShouldBe([(3, 7), (3, 8), (4, 7)]);
        (await Rows(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_load_begins_anew_before_it_has_joined_and_after()
    {
        await using var db = await Blank();
        var load = await MonthLoad<MonthRow>.Begin(db, October, 5, Stop);
        await Write(db, load, 5, [1, 2]);
        await load.Clear(db, Stop);
        await Write(db, load, 5, [3]);
        await Join(db, load);
        (await Rows(db)).ShouldBe([(5, 3)]);

        await load.Clear(db, Stop);
        (await Rows(db)).ShouldBeEmpty();
        await Write(db, load, 5, [4]);
        await Join(db, load);
        (await Rows(db)).ShouldBe([(5, 4)]);
    }

    [Fact]
    public async Task A_load_that_came_twice_does_not_join()
    {
        await using var db = await Blank();
        var load = await MonthLoad<MonthRow>.Begin(db, October, 6, Stop);
        await Should.ThrowAsync<System.Data.Common.DbException>(async () =>
        {
            await Write(db, load, 6, [1, 1]);
            await Join(db, load);
        });
        (await Rows(db)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_load_joins_a_month_that_was_made_ahead_and_what_was_made_is_not_made_again()
    {
        await using var db = await Blank();
        var made = await MonthTables.MakeAhead(db, October, October.PlusMonths(2), Stop);
        made.Count.ShouldBe(MonthTables.AreApart(Database.Location) ? 3 : 0);
        (await MonthTables.MakeAhead(db, October, October.PlusMonths(2), Stop)).ShouldBeEmpty();

        var load = await MonthLoad<MonthRow>.Begin(db, October, 9, Stop);
        await Write(db, load, 9, [1, 2]);
        await Join(db, load);
        (await Rows(db)).ShouldBe([(9, 1), (9, 2)]);
    }

    private async Task<OchagDb> Blank()
    {
        var db = Database.Open(await Database.CreateBlank(), [new SampleModel()]);
        await db.Database.EnsureCreatedAsync(Stop);
        return db;
    }

    private async Task Write(OchagDb db, MonthLoad<MonthRow> load, long number, long[] rows) => await Database.Services
        .GetRequiredService<IBulkWriter>()
        .Write(db, rows.Select(r => new MonthRow { PostedIn = October, Load = number, Number = r }), load.Options, Stop);

    private static async Task Join(OchagDb db, MonthLoad<MonthRow> load)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(Stop);
        await load.Join(db, Stop);
        await transaction.CommitAsync(Stop);
    }

    private static async Task<List<(long Load, long Number)>> Rows(OchagDb db) =>
        [.. (await db.Set<MonthRow>().AsNoTracking().OrderBy(r => r.Load).ThenBy(r => r.Number).ToListAsync(Stop))
            .Select(r => (r.Load, r.Number))];
}

public sealed class MonthTablesTests_on_Sqlite(SqliteDatabase database) : MonthTablesTests(database), IClassFixture<SqliteDatabase>;

public sealed class MonthTablesTests_on_Postgres(PostgresDatabase database)
    : MonthTablesTests(database), IClassFixture<PostgresDatabase>
{
    private static readonly string[] Hot = ["billing_bill", "billing_charge_line", "billing_issued_bill"];
    private static readonly int[] Months = [202611, 202612, 202701, 202702, 202703];

    [Fact]
    public async Task The_coming_months_are_there_before_anything_is_written_to_them()
    {
        var location = await Database.CreateBlank();
        await using var db = Database.Open(location);
        (await Schema.Migrate(db, Stop)).Refusal.ShouldBeNull();

        await MonthsAhead.Make(db, new Clock(), Stop);

        var parts = await db.Database.SqlQuery<string>(
            $"""SELECT relname::text AS "Value" FROM pg_class WHERE relkind = 'p' AND relispartition ORDER BY 1""").ToListAsync(Stop);
        parts.ShouldBe(Hot.Order().SelectMany(table => Months.Select(month => $"{table}_{month}")));
    }

    /// <summary>A month is needed while somebody reads the table for long: it was there, so nobody waits for anybody.</summary>
    [Fact]
    public async Task A_month_that_is_there_is_begun_without_waiting_for_those_who_read_the_table()
    {
        var location = await Database.CreateBlank();
        await using var db = Database.Open(location);
        (await Schema.Migrate(db, Stop)).Refusal.ShouldBeNull();
        await MonthsAhead.Make(db, new Clock(), Stop);
        await using var reader = Database.Open(location);
        await using var reading = await reader.Database.BeginTransactionAsync(Stop);
        await reader.Database.ExecuteSqlRawAsync("SELECT 1 FROM billing_bill", Stop);
        await db.Database.OpenConnectionAsync(Stop);
        await db.Database.ExecuteSqlRawAsync("SET lock_timeout = '100ms'", Stop);

        (await MonthTables.MakeAhead(db, new(2026, 12), new(2027, 3), Stop)).ShouldBeEmpty();
        var waited = await Should.ThrowAsync<Npgsql.PostgresException>(() => MonthTables.MakeAhead(db, new(2027, 4), new(2027, 4), Stop));
        waited.SqlState.ShouldBe(Npgsql.PostgresErrorCodes.LockNotAvailable);
    }

    private sealed class Clock : NodaTime.IClock
    {
        public NodaTime.Instant GetCurrentInstant() => NodaTime.Instant.FromUtc(2026, 12, 3, 6, 0);
    }

    [Fact]
    public async Task Bills_and_their_lines_are_cut_by_month()
    {
        await using var db = Database.Open();
        var cut = await db.Database.SqlQuery<string>(
            $"""SELECT relname::text AS "Value" FROM pg_class WHERE relkind = 'p'""").ToListAsync(Stop);
        cut.ShouldBe(Hot, ignoreOrder: true);
    }
}

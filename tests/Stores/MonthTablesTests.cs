using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Foundation;
using Ochag.Storage;
using Ochag.Storage.Bulk;
using Ochag.Stores.Bulk;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

public abstract class MonthTablesTests(Database database) : StoreTests(database)
{
    [Fact]
    public async Task Rows_of_prepared_months_are_loaded_and_a_month_is_prepared_as_often_as_one_likes()
    {
        await using var db = Database.Open(await Database.CreateBlank(), [new SampleModel()]);
        await db.Database.EnsureCreatedAsync(Stop);
        BillingPeriod[] months = [new(2026, 9), new(2026, 10)];
        foreach (var month in months.Concat(months))
            await db.PrepareMonth<MonthRow>(month, Stop);

        var bulk = Database.Services.GetRequiredService<IBulkWriter>();
        await bulk.Write(db, months.Select(m => new MonthRow { PostedIn = m, Number = 7 }), Stop);

        (await db.Set<MonthRow>().Where(r => r.PostedIn == months[1]).Select(r => r.Number).ToListAsync(Stop)).ShouldBe([7]);
        (await db.Set<MonthRow>().CountAsync(Stop)).ShouldBe(2);
    }
}

public sealed class MonthTablesTests_on_Sqlite(SqliteDatabase database) : MonthTablesTests(database), IClassFixture<SqliteDatabase>;

public sealed class MonthTablesTests_on_Postgres(PostgresDatabase database)
    : MonthTablesTests(database), IClassFixture<PostgresDatabase>
{
    [Fact]
    public async Task The_charge_lines_of_the_product_are_cut_by_month()
    {
        await using var db = Database.Open();
        var cut = await db.Database.SqlQuery<string>(
            $"""SELECT relname::text AS "Value" FROM pg_class WHERE relkind = 'p'""").ToListAsync(Stop);
        cut.ShouldContain("billing_charge_line");
    }
}

using Microsoft.EntityFrameworkCore;
using Ochag.Storage;
using Ochag.Stores.Bulk;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

public abstract class IdAllocatorTests(Database database) : StoreTests(database)
{
    [Fact]
    public async Task Ranges_taken_at_the_same_time_never_overlap()
    {
        var at = await Tables();
        long[] sizes = [1, 7, 100, 3, 50, 1, 20, 9];

        var firsts = await Task.WhenAll(sizes.Select(async size =>
        {
            await using var db = Open(at);
            return (First: await db.ReserveIds<Owner>(size, Stop), Size: size);
        }));

        var ids = firsts.SelectMany(r => Enumerable.Range(0, (int)r.Size).Select(i => r.First + i)).Order().ToList();
        ids.ShouldBe(Enumerable.Range(1, (int)sizes.Sum()).Select(i => (long)i));
    }

    [Fact]
    public async Task Each_table_counts_for_itself_and_a_rolled_back_range_may_be_given_again()
    {
        await using var db = Open(await Tables());
        (await db.ReserveIds<Owner>(10, Stop)).ShouldBe(1);
        (await db.ReserveIds<Sample>(cancel: Stop)).ShouldBe(1);
        await using (var transaction = await db.Database.BeginTransactionAsync(Stop))
        {
            (await db.ReserveIds<Owner>(10, Stop)).ShouldBe(11);
            await transaction.RollbackAsync(Stop);
        }

        (await db.ReserveIds<Owner>(1, Stop)).ShouldBe(11);
    }

    private static OchagDb Open(StoreLocation at) => Database.Open(at, [new SampleModel(), new StorageModel()]);

    private async Task<StoreLocation> Tables()
    {
        var at = await Database.CreateBlank();
        await using var db = Open(at);
        await db.Database.EnsureCreatedAsync(Stop);
        return at;
    }
}

public sealed class IdAllocatorTests_on_Sqlite(SqliteDatabase database) : IdAllocatorTests(database), IClassFixture<SqliteDatabase>;

public sealed class IdAllocatorTests_on_Postgres(PostgresDatabase database)
    : IdAllocatorTests(database), IClassFixture<PostgresDatabase>;

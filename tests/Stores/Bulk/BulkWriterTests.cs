using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Storage;
using Ochag.Storage.Bulk;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Bulk;

public abstract class BulkWriterTests(Database database) : StoreTests(database)
{
    private static readonly Owner Known = new() { Id = new(Guid.CreateVersion7()), Name = "Городская теплосеть" };

    private IBulkWriter Bulk => Database.Services.GetRequiredService<IBulkWriter>();

    [Fact]
    public async Task A_row_is_stored_the_same_whether_EF_or_the_bulk_writer_wrote_it()
    {
        await using var db = await Samples();
        db.AddRange(Rows());
        await db.SaveChangesAsync(Stop);
        var byEf = await Stored(db);
        byEf.Count.ShouldBe(2);

        await db.Set<Sample>().ExecuteDeleteAsync(Stop);
        var written = await Bulk.Write(db, Rows(), Stop);

        written.ShouldBe(2);
        (await Stored(db)).ShouldBe(byEf);
    }

    [Fact]
    public async Task Rows_given_one_by_one_as_they_are_made_are_written_too()
    {
        await using var db = await Samples();
        (await Bulk.Write(db, Rows().ToAsyncEnumerable(), Stop)).ShouldBe(2);
        (await db.Set<Sample>().CountAsync(Stop)).ShouldBe(2);
    }

    [Fact]
    public async Task Keys_that_the_rows_bring_are_kept_and_the_next_one_does_not_collide()
    {
        await using var db = await Samples();
        Sample[] rows = [Full(1_000_000), Full(1_000_007)];
        await Bulk.Write(db, rows, new() { KeepKeys = true }, Stop);

        var next = Full(0);
        db.Add(next);
        await db.SaveChangesAsync(Stop);

        var keys = await db.Set<Sample>().Select(s => s.Id).OrderBy(i => i).ToListAsync(Stop);
        keys.Take(2).ShouldBe([new(1_000_000), new(1_000_007)]);
        next.Id.Value.ShouldBeGreaterThan(1_000_007);
    }

    [Fact]
    public async Task Rows_go_into_the_table_that_is_named_instead_of_the_entity_s_own()
    {
        await using var db = await Samples();
        await db.Database.ExecuteSqlAsync($"CREATE TABLE samples_2026_10 AS SELECT * FROM samples", Stop);

        await Bulk.Write(db, [Full(5)], new() { KeepKeys = true, Table = "samples_2026_10" }, Stop);

        (await db.Set<Sample>().CountAsync(Stop)).ShouldBe(0);
        (await db.Database.SqlQuery<long>($"SELECT id AS \"Value\" FROM samples_2026_10").ToListAsync(Stop)).ShouldBe([5]);
    }

    [Fact]
    public async Task A_row_that_names_an_unknown_owner_is_refused_by_the_database_itself()
    {
        await using var db = await Samples();
        var stranger = Full(0, new OwnerId(Guid.CreateVersion7()));
        await Should.ThrowAsync<System.Data.Common.DbException>(() => Bulk.Write(db, [Full(0), stranger], Stop));
        (await db.Set<Sample>().CountAsync(Stop)).ShouldBe(0, "nothing half-written");

        db.Add(stranger);
        await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync(Stop));
    }

    [Fact]
    public async Task A_failure_among_the_rows_leaves_nothing_behind()
    {
        await using var db = await Samples();
        await Should.ThrowAsync<InvalidDataException>(() => Bulk.Write(db, Breaking(), Stop));
        (await db.Set<Sample>().CountAsync(Stop)).ShouldBe(0);

        static IEnumerable<Sample> Breaking()
        {
            yield return Full(0);
            throw new InvalidDataException("line 2");
        }
    }

    [Fact]
    public async Task Rows_belong_to_the_transaction_that_is_open()
    {
        await using var db = await Samples();
        await using (var transaction = await db.Database.BeginTransactionAsync(Stop))
        {
            await Bulk.Write(db, Rows(), Stop);
            (await db.Set<Sample>().CountAsync(Stop)).ShouldBe(2);
            await transaction.RollbackAsync(Stop);
        }

        (await db.Set<Sample>().CountAsync(Stop)).ShouldBe(0);
    }

    /// <summary>A fresh database with the sample tables and one owner.</summary>
    private async Task<OchagDb> Samples()
    {
        var db = Database.Open(await Database.CreateBlank(), [new SampleModel()]);
        await db.Database.EnsureCreatedAsync(Stop);
        db.Add(Known);
        await db.SaveChangesAsync(Stop);
        db.ChangeTracker.Clear();
        return db;
    }

    /// <summary>Every column but the key as the database itself prints it, row by row.</summary>
    private static async Task<List<string>> Stored(OchagDb db)
    {
        var columns = db.Model.FindEntityType(typeof(Sample))!.GetTableMappings().Single().Table.Columns
            .Where(c => c.Name != "id").Select(c => c.Name).ToList();
        await db.Database.OpenConnectionAsync(Stop);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var read = db.Database.IsSqlite() ? "typeof({0}) || ':' || quote({0})" : "coalesce({0}::text, 'null')";
        var parts = columns.Select(c => string.Format(CultureInfo.InvariantCulture, read, c));
        command.CommandText = $"SELECT {string.Join(" || '|' || ", parts)} FROM samples ORDER BY id";
        await using var reader = await command.ExecuteReaderAsync(Stop);
        var rows = new List<string>();
        while (await reader.ReadAsync(Stop))
            rows.Add(reader.GetString(0));
        return rows;
    }

    private static Sample[] Rows() => [Full(0), Sparse()];

    private static Sample Full(long id, OwnerId? owner = null) => new()
    {
        Id = new(id),
        Owner = owner ?? Known.Id,
        SecondOwner = Known.Id,
        Token = new("0197c0de-ab12-7cde-8f00-0123456789ab"),
        Day = new(2026, 2, 28),
        LastDay = new(2026, 12, 31),
        At = Instant.FromUtc(2026, 10, 25, 0, 59, 59).PlusTicks(1_234_500), // 0.12345 s
        Ended = Instant.FromUtc(2026, 10, 25, 1, 0),
        Month = new(2026, 10),
        NextMonth = new(2026, 11),
        Volume = Fixed.Parse("-0.000001"),
        Area = Fixed.Parse("54.3"),
        Total = new(-470_656, Currency.Rub),
        Kind = SampleKind.Hot,
        Named = SampleKind.Cold,
        Doubtful = true,
        Count = int.MinValue,
        Floor = 0,
        Digits = short.MaxValue,
        Text = "Дом 5/2, «угол» 'a' \"b\"",
        Note = "",
        Packed = [0, 255, 10],
        Working = [],
        Longitude = 60.597474,
    };

    private static Sample Sparse() => new()
    {
        Owner = Known.Id,
        Token = Guid.Empty,
        Day = new(2024, 2, 29),
        At = Instant.FromUtc(1999, 12, 31, 23, 59),
        Month = new(1999, 12),
        Volume = Fixed.Zero,
        Total = Money.Zero(Currency.Uah),
        Kind = SampleKind.Cold,
        Doubtful = false,
        Count = 0,
        Digits = -1,
        Text = "",
        Packed = [],
        Longitude = -0.5,
    };
}

public sealed class BulkWriterTests_on_Sqlite(SqliteDatabase database) : BulkWriterTests(database), IClassFixture<SqliteDatabase>;

public sealed class BulkWriterTests_on_Postgres(PostgresDatabase database)
    : BulkWriterTests(database), IClassFixture<PostgresDatabase>;

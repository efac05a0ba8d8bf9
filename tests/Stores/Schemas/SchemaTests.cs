using Microsoft.EntityFrameworkCore;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Schemas;

public abstract class SchemaTests(Database database) : StoreTests(database)
{
    [Fact]
    public async Task An_empty_database_is_brought_up_and_a_second_time_nothing_waits()
    {
        await using var db = Database.Open(await Database.CreateBlank());

        (await Schema.Migrate(db, Stop)).Value.ShouldBe(db.Database.GetMigrations());

        (await Schema.Pending(db, Stop)).Value.ShouldBeEmpty();
        (await Schema.Migrate(db, Stop)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        await using var db = Database.Open(await Database.CreateBlank());
        await Schema.Migrate(db, Stop);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231235959_Later', '99')""", Stop);

        var answer = await Schema.Migrate(db, Stop);

        answer.Refusal!.Code.ShouldBe(Schema.Newer);
        answer.Refusal.Facts.ShouldContain(("migration", "29991231235959_Later"));
    }

    [Fact]
    public void The_migrations_say_all_that_the_model_says()
    {
        using var db = Database.Open();
        db.Database.HasPendingModelChanges().ShouldBeFalse("tools/Migrations/add NAME was forgotten");
    }

    [Fact]
    public async Task Tables_columns_and_references_are_those_of_the_model()
    {
        await using var db = Database.Open();
        var actual = await ActualSchema.Read(db, Stop);
        actual.Columns.ShouldBe(ModelSchema.Columns(db), ignoreOrder: true);
        actual.References.ShouldBe(ModelSchema.References(db), ignoreOrder: true);
    }
}

public sealed class SchemaTests_on_Sqlite(SqliteDatabase database) : SchemaTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task The_folder_of_the_file_is_made_when_it_is_not_there()
    {
        var folder = Path.Combine(Path.GetTempPath(), $"ochag-test-{Guid.NewGuid():N}");
        try
        {
            await using var db = Database.Open(new(Store.Sqlite, $"Data Source={Path.Combine(folder, "data", "ochag.db")};Pooling=False"));
            (await Schema.Migrate(db, Stop)).Value.ShouldNotBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

public sealed class SchemaTests_on_Postgres(PostgresDatabase database) : SchemaTests(database), IClassFixture<PostgresDatabase>;

public sealed class TwoSetsTests
{
    [Fact]
    public void Both_databases_have_the_same_tables_columns_and_references()
    {
        using var sqlite = Database.Open(new(Store.Sqlite, "Data Source=:memory:"));
        using var postgres = Database.Open(new(Store.Postgres, "Host=localhost"));
        ModelSchema.Columns(sqlite).ShouldBe(ModelSchema.Columns(postgres), ignoreOrder: true);
        ModelSchema.References(sqlite).ShouldBe(ModelSchema.References(postgres), ignoreOrder: true);
    }

    [Fact]
    public void Both_migration_sets_have_the_same_steps_in_the_same_order()
    {
        using var sqlite = Database.Open(new(Store.Sqlite, "Data Source=:memory:"));
        using var postgres = Database.Open(new(Store.Postgres, "Host=localhost"));
        Names(sqlite).ShouldBe(Names(postgres));
        Names(sqlite).ShouldNotBeEmpty();

        // "20261121192300_Initial" without its time: the two sets are written seconds apart.
        static List<string> Names(OchagDb db) => [.. db.Database.GetMigrations().Select(m => m.Split('_', 2)[1])];
    }
}

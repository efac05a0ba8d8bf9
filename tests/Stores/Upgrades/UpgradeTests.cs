using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Server.Cli;
using Ochag.Server.Hosting;
using Ochag.Server.Upgrades;
using Ochag.Storage;
using Ochag.Stores.Backups;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Upgrades;

/// <summary>R11: an upgrade is whole or it was not, nobody else is at work meanwhile, and a backup is forced before it.</summary>
public abstract class UpgradeTests(Database database) : StoreTests(database)
{
    [Fact]
    public async Task To_look_what_waits_changes_nothing()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        await using (var services = WithServices.OpenAsIs(kept.Settings, kept.At))
        {
            var state = await Upgrade.Look(kept.Settings, services.Get<OchagDb>(), Stop);
            state.Value.IsNew.ShouldBeFalse();
            state.Value.IsCurrent.ShouldBeFalse();
            state.Value.Applied.Concat(state.Value.Pending).ShouldBe(services.Get<OchagDb>().Database.GetMigrations());
        }

        (await kept.Applied(Stop)).Count.ShouldBe(1);
        (await BackupTests.Count(kept.Settings)).Differences(kept.Numbers).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_older_schema_is_not_worked_on_and_is_left_as_it_is()
    {
        using var kept = await KeptBase.Restore(Database, Stop);

        var refused = await Should.ThrowAsync<DatabaseRefusedException>(() => WithServices.Open(kept.Settings, Stop));

        refused.Refusal.Code.ShouldBe(Schema.Older);
        refused.Message.ShouldContain("ochag migrate");
        (await kept.Applied(Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_newer_schema_is_neither_worked_on_nor_migrated()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        await using (var db = kept.Open())
        {
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29991231235959_Later', '99')""", Stop);
        }

        var refused = await Should.ThrowAsync<DatabaseRefusedException>(() => WithServices.Open(kept.Settings, Stop));
        refused.Refusal.Code.ShouldBe(Schema.Newer);
        (await kept.Upgrade(Stop)).Refusal!.Code.ShouldBe(Schema.Newer);
        Directory.Exists(kept.Backups).ShouldBeFalse();
    }

    [Fact]
    public async Task While_a_server_or_a_session_is_there_nothing_is_backed_up_or_changed()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        await using (await Exclusive.TakeServing(kept.At, Stop))
            (await kept.Upgrade(Stop)).Refusal!.Code.ShouldBe(Schema.InUse);

        await using (var session = kept.Open())
        {
            await session.Database.OpenConnectionAsync(Stop);
            await session.Database.ExecuteSqlRawAsync("SELECT 1 FROM billing_run", Stop);
            (await kept.Upgrade(Stop)).Refusal!.Code.ShouldBe(Schema.InUse);
        }

        await using (var db = kept.Open())
        await using (await Exclusive.Take(db, "bill-run-1", Stop))
            (await kept.Upgrade(Stop)).Refusal!.Code.ShouldBe(Schema.InUse);

        Directory.Exists(kept.Backups).ShouldBeFalse();
        (await kept.Applied(Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_begins_to_serve_while_the_schema_is_exchanged()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        await using var db = kept.Open();
        await using (var sole = await SoleUse.Take(db, Stop))
        {
            sole.ShouldNotBeNull();
            (await Exclusive.TakeServing(kept.At, Stop)).ShouldBeNull();
            await using var other = kept.Open();
            (await SoleUse.Take(other, Stop)).ShouldBeNull();
        }

        await using var serving = await Exclusive.TakeServing(kept.At, Stop);
        serving.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_migration_that_fails_leaves_the_old_schema_whole_and_goes_through_once_the_cause_is_gone()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        await using (var db = kept.Open())
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE billing_bill (id INTEGER)", Stop);
        var before = await BackupTests.Count(kept.Settings);

        var failed = await kept.Upgrade(Stop);

        failed.Refusal!.Code.ShouldBe(Upgrade.Failed);
        var facts = failed.Refusal.Facts.ToDictionary(f => f.Name, f => f.Value);
        facts["reason"].ShouldContain("billing_bill");
        File.Exists(facts["backup"]).ShouldBeTrue();
        (await kept.Applied(Stop)).ShouldHaveSingleItem().ShouldBe(facts["schema"]);
        (await BackupTests.Count(kept.Settings)).Differences(before).ShouldBeEmpty();

        await using (var db = kept.Open())
            await db.Database.ExecuteSqlRawAsync("DROP TABLE billing_bill", Stop);
        File.Move(facts["backup"], facts["backup"] + ".first"); // both may be made in one second
        File.Delete(facts["backup"] + ".json");
        (await kept.Upgrade(Stop)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task Migrated_data_that_are_not_the_same_do_not_come_to_count()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        await using var db = kept.Open();
        await using (var sole = await SoleUse.Take(db, Stop))
        {
            var looked = new List<string>();
            var refusal = await Schema.Migrate(
                db,
                sole!,
                async () =>
                {
                    looked.AddRange(await db.Database.GetAppliedMigrationsAsync(Stop));
                    return new Refusal(Upgrade.Differs);
                },
                Stop);
            refusal!.Code.ShouldBe(Upgrade.Differs);
            looked.ShouldBe(db.Database.GetMigrations());
        }

        (await kept.Applied(Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Without_its_backup_nothing_is_migrated()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        Directory.CreateDirectory(kept.Backups);
        var taken = Path.Combine(kept.Backups, "taken");
        await File.WriteAllTextAsync(taken, "another backup", Stop);

        var answer = await Upgrade.Run(kept.Settings, taken, SystemClock.Instance, null, Stop);

        answer.Refusal!.Code.ShouldBe("backup.file-exists");
        (await kept.Applied(Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_new_database_needs_no_backup_and_one_that_is_up_to_date_gets_none()
    {
        var settings = BackupTests.Settings(await Database.CreateBlank());
        var folder = Path.Combine(Path.GetTempPath(), $"ochag-none-{Guid.NewGuid():N}");
        var made = await Upgrade.Run(settings, folder, SystemClock.Instance, null, Stop);
        made.Value.Applied.ShouldNotBeEmpty();
        made.Value.Backup.ShouldBeNull();

        var again = await Upgrade.Run(settings, folder, SystemClock.Instance, null, Stop);
        again.Value.ShouldBe(Upgraded.Nothing);
        File.Exists(folder).ShouldBeFalse();
    }
}

public sealed class UpgradeTests_on_Sqlite(SqliteDatabase database) : UpgradeTests(database), IClassFixture<SqliteDatabase>
{
    [Fact]
    public async Task What_a_killed_migration_left_aside_is_swept_away()
    {
        using var kept = await KeptBase.Restore(Database, Stop);
        var file = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(kept.At.ConnectionString).DataSource;
        await File.WriteAllTextAsync(file + ".migrating", "half", Stop);
        await File.WriteAllTextAsync(file + ".migrating-wal", "of it", Stop);

        (await kept.Upgrade(Stop)).Refusal.ShouldBeNull();

        Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + ".migrating*").ShouldBeEmpty();
    }
}

public sealed class UpgradeTests_on_Postgres(PostgresDatabase database) : UpgradeTests(database), IClassFixture<PostgresDatabase>;

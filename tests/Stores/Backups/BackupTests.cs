using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Server.Backups;
using Ochag.Server.Cli;
using Ochag.Server.Refusals;
using Ochag.Server.Settings;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Backups;

/// <summary>A backup is worth what its restore proves.</summary>
public abstract class BackupTests : StoreTests, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-backup-").FullName;
    private readonly BilledTown _town;

    protected BackupTests(Database database, BilledTown town)
        : base(database)
    {
        _town = town;
        if (database.Location.Store == Store.Postgres && PostgresPrograms.Find(database.Location.ConnectionString).Refusal is { } missing)
            Assert.Skip(RefusalSentences.AtCommandLine(missing));
    }

    public async ValueTask InitializeAsync() => await _town.Bill(Database, Stop);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_comes_back_has_the_same_accounts_lines_and_money()
    {
        var (file, manifest) = await Make();
        manifest.Numbers.Accounts.ShouldBe(BilledTown.Accounts);
        manifest.Numbers.Months.Select(m => m.Month).ShouldBe(["2026-09", "2026-10"]);
        manifest.Numbers.Lines.ShouldBeGreaterThan(BilledTown.Accounts);

        var blank = await Blank();
        var restored = await Restore(blank, file);

        restored.Refusal.ShouldBeNull();
        (await Count(blank)).Differences(await Count(Here)).ShouldBeEmpty();
        await using var db = Database.Open(blank.Store);
        (await Schema.Pending(db, Stop)).Value.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_flipped_byte_is_refused_and_nothing_is_restored()
    {
        var (file, _) = await Make();
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);

        var blank = await Blank();
        (await Restore(blank, file)).Refusal!.Code.ShouldBe("backup.hash-differs");
        (await IsBlank(blank)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_with_data_is_replaced_only_by_who_says_so()
    {
        var (file, _) = await Make();
        var blank = await Blank();
        (await Restore(blank, file)).Refusal.ShouldBeNull();
        await using (var db = Database.Open(Unpooled(blank.Store)))
            await db.Database.ExecuteSqlRawAsync("DELETE FROM billing_charge_line", Stop);

        (await Restore(blank, file)).Refusal!.Code.ShouldBe("backup.database-not-empty");
        (await Count(blank)).Lines.ShouldBe(0);
        (await Restore(blank, file, replace: true)).Refusal.ShouldBeNull();
        (await Count(blank)).Differences(await Count(Here)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_in_use_is_left_alone()
    {
        var (file, _) = await Make();
        var blank = await Blank();
        (await Restore(blank, file)).Refusal.ShouldBeNull();

        await using var server = Database.Open(Unpooled(blank.Store));
        await server.Database.OpenConnectionAsync(Stop);
        await server.Database.ExecuteSqlRawAsync("SELECT 1 FROM billing_run", Stop);
        (await Restore(blank, file, replace: true)).Refusal!.Code.ShouldStartWith("backup.database-in-use");
    }

    [Fact]
    public async Task A_backup_is_never_written_over_another()
    {
        var (file, _) = await Make();
        (await Backup.Make(Here, file, SystemClock.Instance, Stop)).Refusal!.Code.ShouldBe("backup.file-exists");
    }

    [Fact]
    public async Task A_folder_gets_a_file_named_by_the_moment_and_nothing_half_made()
    {
        var made = await Backup.Make(Here, _folder, new Noon(), Stop);
        made.Refusal.ShouldBeNull();
        Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe([Path.GetFileName(made.Value.File), Path.GetFileName(made.Value.File) + ".json"]);
        made.Value.File.ShouldContain("ochag-20261121-120000.");
    }

    [Fact]
    public async Task A_backup_of_a_newer_program_is_refused()
    {
        var (file, manifest) = await Make();
        File.Delete(BackupManifest.PathOf(file));
        await (manifest with { Schema = "29991231235959_Later" }).Write(file, Stop);
        (await Restore(await Blank(), file)).Refusal!.Code.ShouldBe("backup.schema-newer");
    }

    [Fact]
    public async Task Without_its_manifest_a_file_is_no_backup()
    {
        var (file, _) = await Make();
        File.Delete(BackupManifest.PathOf(file));
        (await Restore(await Blank(), file)).Refusal!.Code.ShouldBe("backup.file-not-found");
        await File.WriteAllTextAsync(BackupManifest.PathOf(file), "{}", Stop);
        (await Restore(await Blank(), file)).Refusal!.Code.ShouldBe("backup.manifest-broken");
    }

    [Fact]
    public async Task Of_an_empty_place_there_is_no_backup()
    {
        var made = await Backup.Make(await Blank(), Path.Combine(_folder, "none"), SystemClock.Instance, Stop);
        made.Refusal!.Code.ShouldBe("backup.no-database");
        Directory.GetFiles(_folder).ShouldBeEmpty();
    }

    internal static OchagSettings Settings(StoreLocation at) => OchagSettings.From(
    [
        new("default", SettingCatalogue.All.ToDictionary(s => s.Name, s => s.Default)),
        new("test", new Dictionary<string, string>
        {
            [SettingCatalogue.Database.Name] = at.Store == Store.Postgres
                ? "postgres:" + at.ConnectionString
                : "sqlite:" + new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(at.ConnectionString).DataSource,
        }),
    ]);

    internal static async Task<DatabaseNumbers> Count(OchagSettings at)
    {
        await using var services = WithServices.OpenAsIs(at, Unpooled(at.Store));
        return await BackupNumbers.Read(services, Stop);
    }

    /// <summary>A connection that waits in a pool is a session to those who ask whether anybody is there.</summary>
    internal static StoreLocation Unpooled(StoreLocation at) => at with { ConnectionString = at.ConnectionString + ";Pooling=false" };

    private OchagSettings Here => Settings(Database.Location);

    private async Task<OchagSettings> Blank() => Settings(await Database.CreateBlank());

    private async Task<(string File, BackupManifest Manifest)> Make()
    {
        var made = await Backup.Make(Here, Path.Combine(_folder, "b"), SystemClock.Instance, Stop);
        made.Refusal.ShouldBeNull();
        return made.Value;
    }

    private static Task<Ochag.Foundation.Outcome<(BackupManifest Manifest, string? Former)>> Restore(
        OchagSettings to, string file, bool replace = false) => Backup.Restore(to, file, replace, SystemClock.Instance, Stop);

    private static async Task<bool> IsBlank(OchagSettings at)
    {
        await using var services = WithServices.OpenAsIs(at, Unpooled(at.Store));
        return (await BackupNumbers.Rows(services, Stop)).Count == 0;
    }

    private sealed class Noon : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromUtc(2026, 11, 21, 12, 0);
    }
}

public sealed class BackupTests_on_Sqlite(SqliteDatabase database, BilledTown town)
    : BackupTests(database, town), IClassFixture<SqliteDatabase>, IClassFixture<BilledTown>;

public sealed class BackupTests_on_Postgres(PostgresDatabase database, BilledTown town)
    : BackupTests(database, town), IClassFixture<PostgresDatabase>, IClassFixture<BilledTown>;

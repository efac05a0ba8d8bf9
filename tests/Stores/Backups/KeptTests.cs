using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Server.Backups;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Backups;

/// <summary>
/// Databases of earlier schemas, kept as backups: each opens, is brought up to this program, and holds the same money.
/// tests/Stores/kept/make writes them anew; from the first release on a new one is added instead.
/// </summary>
public abstract class KeptTests(Database database, string file) : StoreTests(database)
{
    [Fact]
    public async Task A_kept_database_is_brought_up_to_this_program_and_holds_the_same_money()
    {
        var folder = Directory.CreateTempSubdirectory("ochag-kept-").FullName;
        try
        {
            foreach (var part in new[] { file, BackupManifest.PathOf(file) })
                File.Copy(Path.Combine(Database.Repository(), "tests", "Stores", "kept", part), Path.Combine(folder, part));
            var blank = BackupTests.Settings(await Database.CreateBlank());

            var restored = await Backup.Restore(blank, Path.Combine(folder, file), replace: false, SystemClock.Instance, Stop);

            restored.Refusal.ShouldBeNull();
            await using (var db = Database.Open(BackupTests.Unpooled(blank.Store)))
            {
                (await Schema.Migrate(db, Stop)).Refusal.ShouldBeNull();
                db.Database.HasPendingModelChanges().ShouldBeFalse();
            }

            // Tables come and go with the migrations; accounts and money stay.
            var (before, now) = (restored.Value.Manifest.Numbers, await BackupTests.Count(blank));
            before.Accounts.ShouldBe(50);
            before.Months.Count.ShouldBe(2);
            now.Territories.ShouldBe(before.Territories);
            now.Months.ShouldBe(before.Months);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

public sealed class KeptTests_on_Sqlite(SqliteDatabase database) : KeptTests(database, "sqlite.db"), IClassFixture<SqliteDatabase>;

public sealed class KeptTests_on_Postgres(PostgresDatabase database)
    : KeptTests(database, "postgres.dump"), IClassFixture<PostgresDatabase>;

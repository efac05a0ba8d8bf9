using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Server.Backups;
using Ochag.Server.Settings;
using Ochag.Server.Upgrades;
using Ochag.Storage;
using Ochag.Stores.Backups;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Upgrades;

/// <summary>
/// The database that the first schema wrote, brought back from tests/Stores/kept into a blank one: 50 accounts, two billed
/// months. What stood in it, account by account, is tests/Stores/kept/recorded.csv.
/// </summary>
internal sealed class KeptBase : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-kept-").FullName;

    private KeptBase(OchagSettings settings) => Settings = settings;

    public OchagSettings Settings { get; }
    public string Backups => Path.Combine(_folder, "backups") + Path.DirectorySeparatorChar;

    /// <summary>What the backup's manifest says of it.</summary>
    public DatabaseNumbers Numbers { get; private set; } = DatabaseNumbers.None;

    public static async Task<KeptBase> Restore(Database database, CancellationToken stop)
    {
        var kept = new KeptBase(BackupTests.Settings(await database.CreateBlank()));
        var file = kept.Settings.Store.Store == Store.Sqlite ? "sqlite.db" : "postgres.dump";
        foreach (var part in new[] { file, BackupManifest.PathOf(file) })
            File.Copy(Path.Combine(Folder, part), Path.Combine(kept._folder, part));
        kept.Numbers = (await kept.Back(Path.Combine(kept._folder, file), replace: false, stop)).Numbers;
        return kept;
    }

    public static string Folder => Path.Combine(Database.Repository(), "tests", "Stores", "kept");

    public async Task<BackupManifest> Back(string backup, bool replace, CancellationToken stop)
    {
        var restored = await Backup.Restore(Settings, backup, replace, SystemClock.Instance, stop);
        restored.Refusal.ShouldBeNull();
        return restored.Value.Manifest;
    }

    public Task<Ochag.Foundation.Outcome<Upgraded>> Upgrade(CancellationToken stop) =>
        Server.Upgrades.Upgrade.Run(Settings, Backups, SystemClock.Instance, null, stop);

    public StoreLocation At => BackupTests.Unpooled(Settings.Store);

    public OchagDb Open() => Database.Open(At);

    public async Task<List<string>> Applied(CancellationToken stop)
    {
        await using var db = Open();
        return [.. await db.Database.GetAppliedMigrationsAsync(stop)];
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

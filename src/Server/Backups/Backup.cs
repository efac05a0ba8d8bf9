using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Ochag.Foundation;
using Ochag.Server.Settings;
using Ochag.Server.Telemetry;
using Ochag.Storage;

namespace Ochag.Server.Backups;

/// <summary>A backup: the database at one moment in a file, and beside it a manifest to know it by.</summary>
internal static class Backup
{
    private static readonly InstantPattern NamePattern = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'-'HHmmss");

    /// <param name="place">A file, or a folder in which the moment gives the name.</param>
    /// <param name="sole">The caller has shut the database to all others: it is read through him.</param>
    public static async Task<Outcome<(string File, BackupManifest Manifest)>> Make(
        OchagSettings settings, string place, IClock clock, CancellationToken stop, SoleUse? sole = null)
    {
        var now = clock.GetCurrentInstant();
        var sqlite = settings.Store.Store == Store.Sqlite;
        var file = Path.GetFullPath(Directory.Exists(place) || Path.EndsInDirectorySeparator(place)
            ? Path.Combine(place, $"ochag-{NamePattern.Format(now)}.{(sqlite ? "db" : "dump")}")
            : place);
        if (File.Exists(file) || File.Exists(BackupManifest.PathOf(file)))
            return new Refusal("backup.file-exists", ("file", file));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);

        // Until it is whole it has another name: nobody takes a half of it for a backup.
        var part = file + ".part";
        try
        {
            Remove(part);
            var made = sqlite ? await SqliteBackup.Make(settings, part, sole?.File, stop) : await PostgresBackup.Make(settings, part, stop);
            if (made.Refusal is { } refusal)
                return refusal;
            var manifest = new BackupManifest(
                ProductVersion.Full, KindOf(settings), made.Value.Schema, InstantPattern.General.Format(now),
                Path.GetFileName(file), new FileInfo(part).Length, await BackupFiles.Hash(part, stop), made.Value.Numbers);
            await manifest.Write(file, stop);
            File.Move(part, file);
            return (file, manifest);
        }
        finally
        {
            Remove(part);
        }
    }

    /// <summary>
    /// Brings a backup back. The answer is what is there now and, on SQLite, where the database lies that stood there
    /// before. Nothing is touched until the backup has proved to be the one that its manifest describes.
    /// </summary>
    public static async Task<Outcome<(BackupManifest Manifest, string? Former)>> Restore(
        OchagSettings settings, string file, bool replace, IClock clock, CancellationToken stop)
    {
        file = Path.GetFullPath(file);
        var read = await BackupManifest.Read(file, stop);
        if (read.Refusal is { } unread)
            return unread;
        var manifest = read.Value;
        if (manifest.Store != KindOf(settings))
            return new Refusal("backup.other-database", ("backup", manifest.Store), ("here", KindOf(settings)));
        if (await Emptiness.Refuse(settings, manifest, replace, stop) is { } refusal)
            return refusal;
        return settings.Store.Store == Store.Sqlite
            ? await RestoreSqlite(settings, file, manifest, clock, stop)
            : await RestorePostgres(settings, file, manifest, stop);
    }

    private static async Task<Outcome<(BackupManifest, string?)>> RestoreSqlite(
        OchagSettings settings, string file, BackupManifest manifest, IClock clock, CancellationToken stop)
    {
        var target = DatabaseAddress.Describe(settings.Store);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        var copy = target + ".restoring";
        try
        {
            Remove(copy);
            BackupFiles.Prepare(copy);
            File.Copy(file, copy, overwrite: true);
            BackupFiles.Settle(copy);
            // The copy is hashed, not the original: what was proved is what is put in place.
            if (await BackupFiles.Hash(copy, stop) != manifest.Sha256)
                return new Refusal("backup.hash-differs", ("file", file));
            var counted = await SqliteBackup.Count(settings, copy, stop);
            if (manifest.Numbers.Differences(counted.Numbers) is { Count: > 0 } differences)
                return new Refusal("backup.numbers-differ", ("file", file), ("first", differences[0]));
            Remove(copy, "-wal", "-shm");
            var suffix = ".before-" + NamePattern.Format(clock.GetCurrentInstant());
            var placed = await SqliteBackup.Place(copy, target, suffix, stop);
            return placed.Refusal is { } inUse ? inUse : (manifest, placed.Value);
        }
        finally
        {
            Remove(copy, "", "-wal", "-shm");
        }
    }

    /// <summary>The database's server notices a closed session a little later: who has just left is not counted.</summary>
    private static async Task<long> OthersWhoStay(OchagSettings settings, CancellationToken stop)
    {
        var others = await PostgresBackup.Others(settings, stop);
        for (var look = 0; others > 0 && look < 5; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            others = await PostgresBackup.Others(settings, stop);
        }

        return others;
    }

    private static async Task<Outcome<(BackupManifest, string?)>> RestorePostgres(
        OchagSettings settings, string file, BackupManifest manifest, CancellationToken stop)
    {
        if (await BackupFiles.Hash(file, stop) != manifest.Sha256)
            return new Refusal("backup.hash-differs", ("file", file));
        if (await OthersWhoStay(settings, stop) is > 0 and var others)
        {
            return new Refusal(
                "backup.database-in-use-by", ("database", DatabaseAddress.Describe(settings.Store)),
                ("sessions", others.ToString(CultureInfo.InvariantCulture)));
        }

        if (await PostgresBackup.Restore(settings, file, stop) is { } refusal)
            return refusal;
        return manifest.Numbers.Differences(await PostgresBackup.Count(settings, stop)) is { Count: > 0 } differences
            ? new Refusal("backup.numbers-differ", ("file", file), ("first", differences[0]))
            : (manifest, (string?)null);
    }

    private static string KindOf(OchagSettings settings) => settings.Store.Store == Store.Sqlite ? "sqlite" : "postgres";

    private static void Remove(string file, params string[] endings)
    {
        foreach (var ending in endings.Length == 0 ? ["", "-wal", "-shm", "-journal"] : endings)
            File.Delete(file + ending);
    }
}

using System.Data.Common;
using NodaTime;
using Ochag.Foundation;
using Ochag.Server.Backups;
using Ochag.Server.Cli;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Upgrades;

/// <summary>What an upgrade did: the backup before it, the migrations, and how long each took.</summary>
/// <param name="Backup">Null: nothing waited, or the database was new and had nothing to lose.</param>
internal sealed record Upgraded(
    IReadOnlyList<string> Applied, string? Backup, BackupManifest? Manifest, Duration BackingUp, Duration Migrating)
{
    public static readonly Upgraded Nothing = new([], null, null, Duration.Zero, Duration.Zero);
}

/// <summary>
/// Brings a database up to this program: alone with it, after a backup, all or nothing, and only when the same accounts
/// and the same money are there afterwards.
/// </summary>
internal static class Upgrade
{
    public const string Failed = "storage.migration-failed";
    public const string Differs = "storage.migration-differs";

    /// <param name="place">Where the backup goes: a new file, or a folder in which the moment gives the name.</param>
    /// <param name="progress">The code of each step as it begins: "backup", "migrate".</param>
    public static async Task<Outcome<Upgraded>> Run(
        OchagSettings settings, string place, IClock clock, IProgress<string>? progress, CancellationToken stop)
    {
        // Without a pool nobody, not even we, is connected between two questions.
        await using var services = WithServices.OpenAsIs(settings, DatabaseAddress.Unpooled(settings.Store));
        var db = services.Get<OchagDb>();
        var state = await Look(settings, db, stop);
        if (state.Refusal is { } newer)
            return newer;
        if (state.Value.IsCurrent)
            return Upgraded.Nothing;
        if (state.Value.IsNew)
        {
            var made = await Schema.Migrate(db, stop);
            return made.IsRefused ? made.Refusal! : Upgraded.Nothing with { Applied = made.Value };
        }

        await using var sole = await SoleUse.Take(db, stop);
        if (sole is null)
            return new Refusal(Schema.InUse, ("database", DatabaseAddress.Describe(settings.Store)));
        progress?.Report("backup");
        var begun = clock.GetCurrentInstant();
        var backup = await Backup.Make(settings, place, clock, stop, sole);
        if (backup.Refusal is { } unmade)
            return unmade;
        progress?.Report("migrate");
        var backedUp = clock.GetCurrentInstant();
        if (await Migrate(services, sole, backup.Value.Manifest, settings, backup.Value.File, stop) is { } refusal)
            return refusal;
        return new Upgraded(
            state.Value.Pending, backup.Value.File, backup.Value.Manifest, backedUp - begun, clock.GetCurrentInstant() - backedUp);
    }

    /// <summary>Where the database stands; a file that is not there is a new database, and is not made by asking.</summary>
    public static async Task<Outcome<SchemaState>> Look(OchagSettings settings, OchagDb db, CancellationToken stop) =>
        settings.Store.Store == Store.Sqlite && !File.Exists(DatabaseAddress.Describe(settings.Store))
            ? new SchemaState([], [.. Known(db)])
            : await Schema.Look(db, stop);

    private static IEnumerable<string> Known(OchagDb db) =>
        Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.GetMigrations(db.Database);

    /// <summary>A fault of the machine leaves the old schema whole; it is told with what can be done next.</summary>
    private static async Task<Refusal?> Migrate(
        WithServices services, SoleUse sole, BackupManifest before, OchagSettings settings, string backup, CancellationToken stop)
    {
        try
        {
            return await Schema.Migrate(services.Get<OchagDb>(), sole, Proof, stop);
        }
        catch (Exception e) when (e is not OperationCanceledException && Sentence(e) is not null)
        {
            return new Refusal(Failed, ("reason", Sentence(e)!), ("schema", before.Schema), ("backup", backup));
        }

        string? Sentence(Exception e) => FaultTexts.Sentence(e, DatabaseAddress.Describe(settings.Store));

        async Task<Refusal?> Proof()
        {
            // Tables come and go with migrations; accounts and money stay.
            var now = await BackupNumbers.Read(services, stop);
            var none = new Dictionary<string, long>(StringComparer.Ordinal);
            return (before.Numbers with { Rows = none }).Differences(now with { Rows = none }) is [var first, ..]
                ? new Refusal(Differs, ("first", first), ("schema", before.Schema), ("backup", backup))
                : null;
        }
    }
}

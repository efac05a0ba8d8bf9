using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Server.Cli;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Backups;

/// <summary>May a backup be put here? Not over somebody's data unless he says so, and not from a newer program.</summary>
internal static class Emptiness
{
    private const string History = "__EFMigrationsHistory";

    public static async Task<Refusal?> Refuse(OchagSettings settings, BackupManifest manifest, bool replace, CancellationToken stop)
    {
        await using var services = WithServices.OpenAsIs(settings, DatabaseAddress.Unpooled(settings.Store));
        var db = services.Get<OchagDb>();
        if (!db.Database.GetMigrations().Contains(manifest.Schema, StringComparer.Ordinal))
            return new Refusal("backup.schema-newer", ("schema", manifest.Schema), ("program", manifest.Program));
        if (replace || (settings.Store.Store == Store.Sqlite && !File.Exists(DatabaseAddress.Describe(settings.Store))))
            return null;
        return (await BackupNumbers.Rows(services, stop)).Any(t => t.Key != History && t.Value > 0)
            ? new Refusal("backup.database-not-empty", ("database", DatabaseAddress.Describe(settings.Store)))
            : null;
    }
}

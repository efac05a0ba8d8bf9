using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;

namespace Ochag.Storage;

/// <summary>The database's schema beside the program's: which migrations wait, and whether the database is ahead.</summary>
public static class Schema
{
    /// <summary>The database was written by a newer program: running an older one on it could spoil it.</summary>
    public const string Newer = "storage.schema-newer";

    /// <summary>A database that is a file gets the folder it lies in; a server has its own.</summary>
    public static void MakeFolder(OchagDb db)
    {
        if (!db.Database.IsSqlite() || Path.GetDirectoryName(db.Database.GetDbConnection().DataSource) is not { Length: > 0 } folder)
            return;

        // Names, debts and the keys of sessions lie there: a folder that we make is nobody else's to look into.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The migrations that wait; refused when the database knows one that this program does not.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> Pending(OchagDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            return new Refusal(Newer, ("migration", unknown[^1]), ("knownUpTo", known.Count == 0 ? "" : known[^1]));
        return known.Except(applied, StringComparer.Ordinal).ToList();
    }

    /// <summary>Brings the database up to the program; the value is what was applied, empty when nothing waited.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> Migrate(OchagDb db, CancellationToken ct)
    {
        var pending = await Pending(db, ct);
        if (pending.IsRefused || pending.Value.Count == 0)
            return pending;
        MakeFolder(db);
        await db.Database.MigrateAsync(ct);
        return pending;
    }
}

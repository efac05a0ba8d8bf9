using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Storage.Sqlite;

namespace Ochag.Storage;

/// <summary>A database's schema: the migrations it has, and those of this program that wait.</summary>
public sealed record SchemaState(IReadOnlyList<string> Applied, IReadOnlyList<string> Pending)
{
    /// <summary>Nobody has made tables here yet, so nobody has data here.</summary>
    public bool IsNew => Applied.Count == 0;
    public bool IsCurrent => Pending.Count == 0;
}

/// <summary>The database's schema beside the program's: which migrations wait, and whether the database is ahead.</summary>
public static class Schema
{
    /// <summary>The database was written by a newer program: running an older one on it could spoil it.</summary>
    public const string Newer = "storage.schema-newer";

    /// <summary>The database waits for migrations; they are applied by who asks for it, after a backup.</summary>
    public const string Older = "storage.schema-older";

    /// <summary>Somebody else works on the database, so its schema stays.</summary>
    public const string InUse = "storage.in-use";

    /// <summary>After the migrations a table would refer to what is not there.</summary>
    public const string Broken = "storage.references-broken";

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

    /// <summary>Where the database stands; refused when it knows a migration that this program does not.</summary>
    public static async Task<Outcome<SchemaState>> Look(OchagDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(ct)).ToList();
        var unknown = applied.Except(known, StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
            return new Refusal(Newer, ("migration", unknown[^1]), ("knownUpTo", known.Count == 0 ? "" : known[^1]));
        return new SchemaState(applied, [.. known.Except(applied, StringComparer.Ordinal)]);
    }

    /// <summary>The migrations that wait; refused when the database knows one that this program does not.</summary>
    public static async Task<Outcome<IReadOnlyList<string>>> Pending(OchagDb db, CancellationToken ct)
    {
        var state = await Look(db, ct);
        if (state.IsRefused)
            return state.Refusal!;
        return state.Value.Pending.ToList();
    }

    /// <summary>
    /// Brings the database up to the program, all of it or nothing; the value is what was applied, empty when nothing waited.
    /// Refused with <see cref="Newer"/> and <see cref="InUse"/>.
    /// </summary>
    public static async Task<Outcome<IReadOnlyList<string>>> Migrate(OchagDb db, CancellationToken ct)
    {
        var state = await Look(db, ct);
        if (state.IsRefused)
            return state.Refusal!;
        if (state.Value.IsCurrent)
            return state.Value.Pending.ToList();
        MakeFolder(db);
        if (state.Value.IsNew && db.Database.IsNpgsql())
        {
            // Two servers may meet on an empty database: the second waits for the first, by a lock of EF's.
            await db.Database.MigrateAsync(ct);
            return state.Value.Pending.ToList();
        }

        await using var sole = await SoleUse.Take(db, ct);
        if (sole is null)
            return new Refusal(InUse, ("database", Place(db)));
        if (await Migrate(db, sole, null, ct) is { } refusal)
            return refusal;
        return state.Value.Pending.ToList();
    }

    private static string Place(OchagDb db)
    {
        var connection = db.Database.GetDbConnection();
        return db.Database.IsSqlite() ? connection.DataSource : connection.Database;
    }

    /// <summary>
    /// The same for one who has the database to himself. Null: done. A fault, a refusal or the death of the process leaves
    /// the schema and every row as they were.
    /// </summary>
    /// <param name="proof">
    /// Looks at what the migrations made, through the same context, before it counts; what it refuses is undone.
    /// </param>
    public static async Task<Refusal?> Migrate(OchagDb db, SoleUse sole, Func<Task<Refusal?>>? proof, CancellationToken ct)
    {
        if (sole.File is { } file)
            return await AsideMigration.Run(db, file, proof, ct);

        // All migrations and their history in one transaction: PostgreSQL's schema belongs to it like any row.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.MigrateAsync(ct);
        if (proof is not null && await proof() is { } refusal)
            return refusal;
        await transaction.CommitAsync(ct);
        return null;
    }
}

using Ochag.Foundation;
using Ochag.Storage;

namespace Ochag.Server.Hosting;

/// <summary>The one place where the database gets its tables.</summary>
internal static class Tables
{
    /// <exception cref="DatabaseRefusedException">The database was written by a newer program.</exception>
    public static async Task Prepare(OchagDb db, CancellationToken stop = default)
    {
        Schema.MakeFolder(db);
        var migrated = await Schema.Migrate(db, stop);
        if (migrated.Refusal is { } refusal)
            throw new DatabaseRefusedException(refusal);
    }
}

internal sealed class DatabaseRefusedException(Refusal refusal) : IOException(
    $"The database is newer than this program: {refusal}. Start the newer program, or restore the backup made before the upgrade.");

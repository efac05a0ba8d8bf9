using System.Globalization;
using Ochag.Foundation;
using Ochag.Server.Refusals;
using Ochag.Storage;

namespace Ochag.Server.Hosting;

/// <summary>The one place where a new database gets its tables, and where one of another schema is refused.</summary>
internal static class Tables
{
    /// <exception cref="DatabaseRefusedException">
    /// A newer program wrote the database, or it waits for migrations: nobody's data are changed by the way, without a backup.
    /// </exception>
    public static async Task Prepare(OchagDb db, CancellationToken stop = default)
    {
        Schema.MakeFolder(db);
        var state = await Schema.Look(db, stop);
        if (state.Refusal is { } newer)
            throw new DatabaseRefusedException(newer);
        if (state.Value.IsCurrent)
            return;
        if (!state.Value.IsNew)
            throw new DatabaseRefusedException(Older(state.Value));
        var made = await Schema.Migrate(db, stop);
        if (made.Refusal is { } refusal)
            throw new DatabaseRefusedException(refusal);
    }

    internal static Refusal Older(SchemaState state) => new(
        Schema.Older, ("schema", state.Applied[^1]), ("waits", state.Pending.Count.ToString(CultureInfo.InvariantCulture)));
}

internal sealed class DatabaseRefusedException(Refusal refusal) : IOException(RefusalSentences.AtCommandLine(refusal))
{
    public Refusal Refusal => refusal;
}

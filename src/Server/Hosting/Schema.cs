using Microsoft.EntityFrameworkCore;
using Ochag.Storage;

namespace Ochag.Server.Hosting;

/// <summary>The one place where the database gets its tables.</summary>
internal static class Schema
{
    public static async Task Prepare(OchagDb db, CancellationToken stop = default)
    {
        if (db.Database.IsSqlite() && Path.GetDirectoryName(db.Database.GetDbConnection().DataSource) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        await db.Database.EnsureCreatedAsync(stop);
    }
}

using Microsoft.Data.Sqlite;
using Ochag.Storage;

namespace Ochag.Stores.Fixtures;

public sealed class SqliteDatabase : Database
{
    // Migrated once for the whole run; a copy of the file costs less than the migrations.
    private static readonly Lazy<Task<byte[]>> Template = new(MakeTemplate);

    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-test-").FullName;

    public override Task<StoreLocation> CreateBlank() => Task.FromResult(At(Guid.NewGuid().ToString("N")));

    protected override async Task<StoreLocation> CreateMigrated()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "migrated.db"), await Template.Value);
        return At("migrated");
    }

    protected override Task Remove()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private StoreLocation At(string name) => new(Store.Sqlite, $"Data Source={Path.Combine(_folder, name + ".db")}");

    private static async Task<byte[]> MakeTemplate()
    {
        var folder = Directory.CreateTempSubdirectory("ochag-template-").FullName;
        var file = Path.Combine(folder, "template.db");
        try
        {
            // Without a pool the last connection closes the file, and with it the write-ahead log is emptied into it.
            await Migrate(new(Store.Sqlite, $"Data Source={file};Pooling=False"));
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

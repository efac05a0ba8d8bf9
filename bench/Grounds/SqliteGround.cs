using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Ochag.Bench.Grounds;

internal sealed class SqliteGround(string folder) : Ground(folder)
{
    private string File => Path.Combine(Folder, "ochag.db");
    private string Kept => Path.Combine(Folder, "kept.db");

    public override string Address => "sqlite:" + File;

    public override async Task Keep(CancellationToken stop)
    {
        // The program that wrote it may have left its last pages in the write-ahead log.
        await Number("PRAGMA wal_checkpoint(TRUNCATE)", stop);
        System.IO.File.Copy(File, Kept, overwrite: true);
    }

    public override string Journal => File + "-journal";

    public override Task Begin(CancellationToken stop)
    {
        // A connection that lies in a pool would go on with the file that is deleted.
        SqliteConnection.ClearAllPools();
        foreach (var end in new[] { "", "-wal", "-shm", "-journal" })
            System.IO.File.Delete(File + end);
        System.IO.File.Copy(Kept, File);
        return Task.CompletedTask;
    }

    public override async Task<string?> Check(CancellationToken stop)
    {
        await using var connection = await Open(stop);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA integrity_check";
        var found = (string?)await command.ExecuteScalarAsync(stop);
        if (found != "ok")
            return found;
        command.CommandText = "PRAGMA foreign_key_check";
        return await command.ExecuteScalarAsync(stop) is { } broken ? $"foreign key broken in {broken}" : null;
    }

    protected override string Tables => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'";

    protected override async Task<DbConnection> Open(CancellationToken stop)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ConnectionString);
        await connection.OpenAsync(stop);
        return connection;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

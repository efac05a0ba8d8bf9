using System.Data;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Ochag.Foundation;
using Ochag.Server.Cli;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Backups;

/// <summary>PostgreSQL: pg_dump and pg_restore, both of one moment and in one transaction.</summary>
internal static class PostgresBackup
{
    // All or nothing: what stood there before goes in the transaction that brings the new.
    private const string Clear = "DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n";

    /// <summary>Dumps and counts the same snapshot, while others write.</summary>
    public static async Task<Outcome<(string Schema, DatabaseNumbers Numbers)>> Make(
        OchagSettings settings, string file, CancellationToken stop)
    {
        var programs = PostgresPrograms.Find(settings.Store.ConnectionString);
        if (programs.Refusal is { } missing)
            return missing;
        await using var services = WithServices.OpenAsIs(settings, DatabaseAddress.Unpooled(settings.Store));
        var db = services.Get<OchagDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var schema = await BackupNumbers.Schema(db, stop);
        if (schema.Length == 0)
            return new Refusal("backup.no-database", ("database", DatabaseAddress.Describe(settings.Store)));
        var snapshot = (await db.Database.SqlQueryRaw<string>("SELECT pg_export_snapshot() AS \"Value\"").ToListAsync(stop))[0];
        BackupFiles.Prepare(file);
        if (await programs.Value.Run(
            "pg_dump", stop, "--format=custom", "--no-owner", "--no-privileges", "--snapshot=" + snapshot, "--file=" + file) is { } refusal)
        {
            return refusal;
        }

        BackupFiles.Settle(file);
        return (schema, await BackupNumbers.Read(services, stop));
    }

    public static async Task<DatabaseNumbers> Count(OchagSettings settings, CancellationToken stop)
    {
        await using var services = WithServices.OpenAsIs(settings, DatabaseAddress.Unpooled(settings.Store));
        return await BackupNumbers.Read(services, stop);
    }

    /// <summary>Somebody else is connected: a server that would go on with what it remembers.</summary>
    public static async Task<long> Others(OchagSettings settings, CancellationToken stop)
    {
        await using var connection = new NpgsqlConnection(DatabaseAddress.Unpooled(settings.Store).ConnectionString);
        await connection.OpenAsync(stop);
        await using var command = new NpgsqlCommand(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
            connection);
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }

    public static async Task<Refusal?> Restore(OchagSettings settings, string file, CancellationToken stop)
    {
        var programs = PostgresPrograms.Find(settings.Store.ConnectionString);
        if (programs.Refusal is { } missing)
            return missing;
        using var read = programs.Value.Start(
            "pg_restore", takesInput: false, givesOutput: true, "--file=-", "--no-owner", "--no-privileges", file);
        using var write = programs.Value.Start(
            "psql", takesInput: true, givesOutput: true,
            "--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--file=-");
        var output = write.StandardOutput.BaseStream.CopyToAsync(Stream.Null, stop);
        var (readFaults, writeFaults) = (read.StandardError.ReadToEndAsync(stop), write.StandardError.ReadToEndAsync(stop));
        try
        {
            var into = write.StandardInput.BaseStream;
            await into.WriteAsync(Encoding.UTF8.GetBytes(Clear), stop);
            await read.StandardOutput.BaseStream.CopyToAsync(into, stop);
        }
        catch (IOException)
        {
            // psql has gone and says why below.
            read.Kill();
            write.StandardInput.Close();
            return await PostgresPrograms.End("psql", write, writeFaults, stop)
                ?? new Refusal("backup.postgres-program-failed", ("program", "psql"), ("reason", "it ended before it had read all"));
        }

        if (await PostgresPrograms.End("pg_restore", read, readFaults, stop) is { } half)
        {
            // At the end of its input psql would commit the half that it has got.
            write.Kill();
            return half;
        }

        write.StandardInput.Close();
        await output;
        return await PostgresPrograms.End("psql", write, writeFaults, stop);
    }
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Ochag.Foundation;

namespace Ochag.Server.Backups;

/// <summary>PostgreSQL's own programs: found, started without a shell, the password in their environment only.</summary>
internal sealed class PostgresPrograms
{
    private const string Debian = "/usr/lib/postgresql";

    private readonly string _folder;
    private readonly NpgsqlConnectionStringBuilder _database;

    private PostgresPrograms(string folder, string connection) => (_folder, _database) = (folder, new(connection));

    /// <summary>The folder that has them all: the newest of Debian's, else one on PATH.</summary>
    public static Outcome<PostgresPrograms> Find(string connection)
    {
        var debian = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(VersionOf).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string[] needed = ["pg_dump", "pg_restore", "psql"];
        return debian.Concat(path).FirstOrDefault(d => d.Length > 0 && needed.All(p => File.Exists(Path.Combine(d, p)))) is { } found
            ? new PostgresPrograms(found, connection)
            : new Refusal("backup.postgres-programs-missing", ("places", $"{Debian}/*/bin"));
    }

    public Process Start(string program, bool takesInput, bool givesOutput, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder, program), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = takesInput,
            RedirectStandardOutput = givesOutput,
            RedirectStandardError = true,
        };
        Set("PGHOST", _database.Host);
        Set("PGPORT", _database.Port.ToString(CultureInfo.InvariantCulture));
        Set("PGUSER", _database.Username);
        Set("PGPASSWORD", _database.Password);
        Set("PGDATABASE", _database.Database ?? _database.Username);
        Set("PGSSLMODE", _database.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var mode => mode.ToString().ToLowerInvariant(),
        });
        Set("PGCLIENTENCODING", "UTF8");
        return Process.Start(start) ?? throw new IOException($"{program} did not start.");

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                start.Environment[name] = value;
        }
    }

    /// <summary>Runs a program to its end; refused with what it says of the reason.</summary>
    public async Task<Refusal?> Run(string program, CancellationToken stop, params string[] arguments)
    {
        using var process = Start(program, takesInput: false, givesOutput: false, arguments);
        return await End(program, process, process.StandardError.ReadToEndAsync(stop), stop);
    }

    public static async Task<Refusal?> End(string program, Process process, Task<string> faults, CancellationToken stop)
    {
        try
        {
            await process.WaitForExitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return process.ExitCode == 0
            ? null
            : new Refusal("backup.postgres-program-failed", ("program", program), ("reason", (await faults).Trim()));
    }

    private static int VersionOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
}

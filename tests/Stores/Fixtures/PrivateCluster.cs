using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Ochag.Stores.Fixtures;

/// <summary>
/// A throw-away PostgreSQL cluster on a unix socket in a folder of its own: nothing listens on a port, nothing of the
/// machine's own server is touched, and it goes with the run.
/// </summary>
public sealed class PrivateCluster : IAsyncDisposable
{
    private readonly string _binaries;
    private readonly string _folder;
    private readonly bool _durable;
    private readonly bool _kept;
    private bool _stopped;

    private PrivateCluster(string binaries, string folder, bool durable, bool kept)
    {
        _binaries = binaries;
        _folder = folder;
        _durable = durable;
        _kept = kept;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Stop();
    }

    public string ConnectionString => $"Host={_folder};Username=ochag;Database=postgres";

    /// <summary>Its first process, from which all others descend.</summary>
    public int Process => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(_folder, "data");

    /// <summary>The folder of initdb and pg_ctl; null, with the reason, when this machine has none.</summary>
    public static string? FindBinaries(out string reason)
    {
        reason = "";
        if (OperatingSystem.IsWindows())
        {
            reason = "a private cluster is started on Linux and macOS only";
            return null;
        }

        var debian = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(d => Path.Combine(d, "bin"))
            : [];
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = debian.Concat(path)
            .FirstOrDefault(d => IsThere(Path.Combine(d, "initdb")) && IsThere(Path.Combine(d, "pg_ctl")));
        if (found is null)
            reason = "initdb was found neither on PATH nor in /usr/lib/postgresql";
        return found;
    }

    /// <param name="durable">Writes reach the disk: for tests that kill the server.</param>
    /// <param name="kept">A folder that outlives the run: the cluster in it goes on, or is made there.</param>
    public static async Task<PrivateCluster> Start(string binaries, bool durable = false, string? kept = null)
    {
        var folder = kept is null ? Directory.CreateTempSubdirectory("ochag-pg-").FullName : Directory.CreateDirectory(kept).FullName;
        if (Environment.IsPrivilegedProcess)
            Run("chown", Servant(), folder); // initdb refuses to run as root

        var cluster = new PrivateCluster(binaries, folder, durable, kept is not null);
        try
        {
            if (!Directory.Exists(cluster.Data))
                cluster.RunAsServant("initdb", "-D", cluster.Data, "-U", "ochag", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
            cluster.StartAgain();
            await cluster.Verify();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server dies as by a power switch: no checkpoint, connections cut.</summary>
    public void Crash() => RunAsServant("pg_ctl", "-D", Data, "-m", "immediate", "-w", "-s", "stop");

    // fsync off by default: these data are worth nothing after the run.
    public void StartAgain() => RunAsServant(
        "pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"), "start", "-o",
        $"-k {_folder} -c listen_addresses='' -c fsync={(_durable ? "on" : "off")} -c max_connections=200");

    public ValueTask DisposeAsync()
    {
        Stop();
        return ValueTask.CompletedTask;
    }

    private async Task Verify()
    {
        await using var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SHOW data_directory", connection);
        if (await command.ExecuteScalarAsync() is not string answered || answered != Data)
            throw new InvalidOperationException("The server that answered is not the cluster that was started.");
    }

    private void Stop()
    {
        if (_stopped)
            return;
        _stopped = true;
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            RunAsServant("pg_ctl", "-D", Data, "-m", _kept ? "fast" : "immediate", "-w", "-s", "stop");
        if (!_kept)
            Directory.Delete(_folder, recursive: true);
    }

    // A link that leads nowhere "exists" too.
    private static bool IsThere(string program) =>
        File.Exists(program) && (File.ResolveLinkTarget(program, returnFinalTarget: true)?.Exists ?? true);

    private static string Servant() => File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal))
        ? "postgres"
        : "nobody";

    private void RunAsServant(string program, params string[] arguments)
    {
        var file = Path.Combine(_binaries, program);
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", Servant(), "--", file, .. arguments]);
        else
            Run(file, arguments);
    }

    private static void Run(string program, params string[] arguments)
    {
        // Output is not redirected: the server would inherit the pipe and keep it open after pg_ctl has gone.
        using var process = System.Diagnostics.Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >/dev/null", "sh", program, .. arguments])
            {
                WorkingDirectory = "/",
            })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}

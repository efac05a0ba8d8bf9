using System.Diagnostics;
using System.Text.Json;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>The measuring of a run on a small city: what is fast there has to be right first.</summary>
public abstract class BillRunBenchTests(Database database, string kind) : StoreTests(database)
{
    private static readonly string[] Figures =
    [
        "accounts", "database", "lines", "readSeconds", "evaluateSeconds", "runSeconds", "rawLoadSeconds", "setBasedSeconds",
        "rowByRowSeconds", "rehearsalSeconds", "peakMemoryMiB",
    ];

    [Fact]
    public async Task Set_based_SQL_comes_to_the_same_amounts_for_every_account()
    {
        // Short: a server's socket lies in it, and may not have a long path.
        var temporary = Path.Combine(Path.GetTempPath(), $"ob-{Guid.NewGuid():N}"[..10]);
        Directory.CreateDirectory(temporary);
        try
        {
            var (output, told) = await Bench(temporary, "--accounts", "400", "--loads", "1", "--row-by-row", "50", "--json");

            told.ShouldContain(" equal, 0 different");
            using var figures = JsonDocument.Parse(output);
            figures.RootElement.EnumerateObject().Select(f => f.Name).ShouldBe(Figures);
            figures.RootElement.GetProperty("accounts").GetInt32().ShouldBeGreaterThanOrEqualTo(400);
            figures.RootElement.GetProperty("rowByRowSeconds").GetDouble().ShouldBeGreaterThan(0);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    private async Task<(string Output, string Told)> Bench(string temporary, params string[] arguments)
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var bench = Path.Combine(Database.Repository(), "artifacts", "bin", "Ochag.Bench", configuration, "Ochag.Bench.dll");
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [bench, "billrun", "--database", kind, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["TMPDIR"] = temporary },
        })!;
        var (output, told) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);
        process.ExitCode.ShouldBe(0, await output + await told);
        return (await output, await told);
    }
}

public sealed class BillRunBenchTests_on_Sqlite(SqliteDatabase database)
    : BillRunBenchTests(database, "sqlite"), IClassFixture<SqliteDatabase>;

public sealed class BillRunBenchTests_on_Postgres(PostgresDatabase database)
    : BillRunBenchTests(database, "postgres"), IClassFixture<PostgresDatabase>;

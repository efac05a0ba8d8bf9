using System.Diagnostics;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>The kill harness of the bench in its short form: the same program, the same comparison, fewer blows.</summary>
public abstract class KillTests(Database database, string kind) : StoreTests(database)
{
    [Fact]
    public async Task A_bill_run_that_is_killed_again_and_again_neither_loses_nor_doubles_a_line()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var bench = Path.Combine(Database.Repository(), "artifacts", "bin", "Ochag.Bench", configuration, "Ochag.Bench.dll");
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [bench, "kill", "--kills", "10", "--houses", "100", "--months", "2", "--database", kind])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, faults) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);

        process.ExitCode.ShouldBe(0, await output + await faults);
        (await output).ShouldContain("lost 0, doubled 0, acknowledged lost 0");
    }
}

public sealed class KillTests_on_Sqlite(SqliteDatabase database) : KillTests(database, "sqlite"), IClassFixture<SqliteDatabase>;

public sealed class KillTests_on_Postgres(PostgresDatabase database) : KillTests(database, "postgres"), IClassFixture<PostgresDatabase>;

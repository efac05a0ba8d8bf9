using System.Diagnostics;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Upgrades;

/// <summary>The upgrade harness of the bench in its short form; OCHAG_TEST_UPGRADE_KILLS asks for more blows.</summary>
public abstract class UpgradeKillTests(Database database, string kept) : StoreTests(database)
{
    [Fact]
    public async Task An_upgrade_that_is_killed_anywhere_leaves_the_old_database_or_the_new_one_and_goes_through_later()
    {
        var configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));
        var bench = Path.Combine(Database.Repository(), "artifacts", "bin", "Ochag.Bench", configuration, "Ochag.Bench.dll");
        var kills = Environment.GetEnvironmentVariable("OCHAG_TEST_UPGRADE_KILLS") ?? "5";
        using var process = Process.Start(new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [bench, "upgrade", Path.Combine(KeptBase.Folder, kept), "--kills", kills])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var (output, faults) = (process.StandardOutput.ReadToEndAsync(Stop), process.StandardError.ReadToEndAsync(Stop));
        await process.WaitForExitAsync(Stop);

        process.ExitCode.ShouldBe(0, await output + await faults);
        (await output).ShouldContain("half 0,");
    }
}

public sealed class UpgradeKillTests_on_Sqlite(SqliteDatabase database)
    : UpgradeKillTests(database, "sqlite.db"), IClassFixture<SqliteDatabase>;

public sealed class UpgradeKillTests_on_Postgres(PostgresDatabase database)
    : UpgradeKillTests(database, "postgres.dump"), IClassFixture<PostgresDatabase>;

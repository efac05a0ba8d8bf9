using System.CommandLine;
using System.Globalization;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;

namespace Ochag.Bench.Upgrades;

/// <summary>"upgrade": promise R11, a database is of the old schema or of the new one, whenever "migrate" is killed.</summary>
internal static class UpgradeCommand
{
    public static Command Build()
    {
        var kept = new Argument<string>("BACKUP")
        {
            Description = "A kept backup of an earlier schema: tests/Stores/kept/sqlite.db or postgres.dump.",
        };
        var kills = new Option<int>("--kills") { Description = "How often 'migrate' is killed.", DefaultValueFactory = _ => 20 };
        var seed = new Option<ulong>("--seed") { Description = "The same seed kills at the same moments.", DefaultValueFactory = _ => 1 };
        var upgrade = new Command("upgrade", "Migrate a kept database under kill -9; exit 1 when one was left half migrated or differs.")
        {
            kept, kills, seed,
        };
        upgrade.SetAction(async (parsed, stop) =>
        {
            var backup = Path.GetFullPath(parsed.GetRequiredValue(kept));
            var folder = Directory.CreateTempSubdirectory("ochag-upgrade-").FullName;
            try
            {
                await using Ground ground = backup.EndsWith(".db", StringComparison.Ordinal)
                    ? new SqliteGround(folder)
                    : await PostgresGround.Start(folder, stop);
                var harness = new UpgradeHarness(
                    ground, new OchagProgram(ground.Address, folder), parsed.GetValue(seed), Console.Error.WriteLine);
                return Tell(await harness.Run(backup, parsed.GetValue(kills), stop));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return upgrade;
    }

    private static int Tell(UpgradeReport report)
    {
        foreach (var fault in report.Faults)
            Console.WriteLine($"fault     {fault}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kills {report.Kills} (server {report.ServerKills}), left old {report.Old}, left new {report.New}, half {report.Faults.Count}, undisturbed {report.Undisturbed.TotalSeconds:0.0} s, back {report.Back.TotalSeconds:0.0} s, seconds {report.Took.TotalSeconds:0}"));
        return report.Faults.Count == 0 ? 0 : 1;
    }
}

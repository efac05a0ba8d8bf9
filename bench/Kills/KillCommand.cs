using System.CommandLine;
using System.Globalization;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;

namespace Ochag.Bench.Kills;

/// <summary>"kill": promises R1 and R8, an acknowledged write and a bill run survive kill -9.</summary>
internal static class KillCommand
{
    public static Command Build()
    {
        var kills = new Option<int>("--kills")
        {
            Description = "How often the program (or the server) is killed.", DefaultValueFactory = _ => 100,
        };
        var database = new Option<string>("--database") { Description = "sqlite or postgres.", DefaultValueFactory = _ => "sqlite" };
        database.AcceptOnlyFromAmong("sqlite", "postgres");
        var seed = new Option<ulong>("--seed") { Description = "The same seed kills at the same moments.", DefaultValueFactory = _ => 1 };
        var houses = new Option<int>("--houses")
        {
            Description = "Size of the town; eight flats in a house.", DefaultValueFactory = _ => 400,
        };
        var months = new Option<int>("--months") { Description = "Months billed in a round.", DefaultValueFactory = _ => 6 };
        var kill = new Command("kill", "Bill a town under kill -9; exit 1 when a line was lost or doubled.")
        {
            kills, database, seed, houses, months,
        };
        kill.SetAction(async (parsed, stop) =>
        {
            var folder = Directory.CreateTempSubdirectory("ochag-kill-").FullName;
            try
            {
                await using var ground = await Make(parsed.GetRequiredValue(database), folder, stop);
                var town = new SmallTown("kill", parsed.GetValue(houses), 8, parsed.GetValue(months));
                var program = new OchagProgram(ground.Address, folder);
                var harness = new KillHarness(ground, program, town, parsed.GetValue(seed), Console.Error.WriteLine);
                return Tell(await harness.Run(parsed.GetValue(kills), stop));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return kill;
    }

    private static async Task<Ground> Make(string database, string folder, CancellationToken stop) =>
        database == "sqlite" ? new SqliteGround(folder) : await PostgresGround.Start(folder, stop);

    private static int Tell(KillReport report)
    {
        foreach (var fault in report.Faults)
            Console.WriteLine($"fault     {fault}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"kills {report.Kills} (server {report.ServerKills}), lines {report.Lines}, lost {report.Lost}, doubled {report.Doubled}, acknowledged lost {report.AcknowledgedLost}, seconds {report.Took.TotalSeconds:0}, sha256 {report.Hash}"));
        return report.IsWhole ? 0 : 1;
    }
}

using System.CommandLine;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;

namespace Ochag.Bench.Kept;

/// <summary>"keep": a small database of today's schema, as backups of both kinds, for the upgrades to come.</summary>
internal static class KeepCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("FOLDER") { Description = "Where to keep them: tests/Stores/kept." };
        var keep = new Command("keep", "Make a town of 50 accounts and 2 billed months and keep it as backups of both databases.") { folder };
        keep.SetAction(async (parsed, stop) =>
        {
            var to = Directory.CreateDirectory(parsed.GetRequiredValue(folder)).FullName;
            await Keep(work => Task.FromResult<Ground>(new SqliteGround(work)), Path.Combine(to, "sqlite.db"), stop);
            await Keep(async work => await PostgresGround.Start(work, stop), Path.Combine(to, "postgres.dump"), stop);
            return 0;
        });
        return keep;
    }

    private static async Task Keep(Func<string, Task<Ground>> make, string file, CancellationToken stop)
    {
        var work = Directory.CreateTempSubdirectory("ochag-keep-").FullName;
        try
        {
            await using var ground = await make(work);
            var program = new OchagProgram(ground.Address, work);
            var town = new SmallTown("kept", Houses: 5, Flats: 10, Months: 2);
            await town.Build(program, stop);
            foreach (var month in town.MonthNames)
                await program.Must(stop, "bill", "run", "--post", "--month", month, "--territory", town.Code);
            foreach (var old in new[] { file, file + ".json" })
                File.Delete(old);
            Console.Write((await program.Must(stop, "backup", file)).Output);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}

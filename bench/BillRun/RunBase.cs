using System.Text;
using NodaTime;
using Ochag.Bench.Cities;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;
using Ochag.Foundation;

namespace Ochag.Bench.BillRun;

/// <summary>One territory of so many accounts whose first month can be billed; kept between runs among the temporary files.</summary>
internal sealed class RunBase(string database, int accounts, int months, IClock clock, Action<string> say)
{
    public const string Territory = "city";

    // What else the base depends on: told anew when the making changes.
    private const string Making = "v2";

    /// <summary>The last of so many months is the last one that is over, so that all of them can be billed.</summary>
    public BillingPeriod FirstMonth => Now.PlusMonths(-months);

    private BillingPeriod Now => BillingPeriod.Of(clock.GetCurrentInstant().InUtc().Date);

    private string Folder => Path.Combine(
        Path.GetTempPath(), "ochag-bench", $"billrun-{accounts}-{months}-{database}-{FirstMonth}-{Making}");

    private string Done => Path.Combine(Folder, "done");

    public async Task<Ground> Open(CancellationToken stop)
    {
        if (!File.Exists(Done) && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        Ground ground = database == "sqlite"
            ? new SqliteGround(Folder)
            : await PostgresGround.Start(Folder, stop, $"ochag_bench_run_{accounts}_{months}", durable: true, anew: !File.Exists(Done));
        if (!File.Exists(Done))
        {
            await Make(new OchagProgram(ground.Address, Folder), stop);
            await ground.Keep(stop);
            await File.WriteAllTextAsync(Done, "", stop);
        }

        return ground;
    }

    private async Task Make(OchagProgram program, CancellationToken stop)
    {
        say($"filling a city of {accounts:N0} accounts");
        await program.Must(
            stop, "territory", "add", Territory, "--time-zone", "Asia/Omsk", "--billed-since", $"{FirstMonth}", "--sample-tariffs");

        // Lines that a register has twice are refused, and the command says so by its code: the others are in.
        if ((City.FindRegister(accounts) ?? await Cut(stop)) is { } register)
            await program.Run(null, stop, "import", "houses", register, "--territory", Territory);
        var made = await Generate(program, stop);
        if (made < accounts)
        {
            var town = await Write("town.csv", City.Invent(accounts - made), stop);
            await program.Must(stop, "import", "houses", town, "--territory", Territory);
            await Generate(program, stop);
        }
    }

    // Fewer houses than there is room for: the program believes some more flats than a register counts.
    private async Task<string?> Cut(CancellationToken stop) =>
        City.CutRegister(accounts / 20 * 19) is { } part ? await Write("part.csv", part, stop) : null;

    private async Task<string> Write(string name, string text, CancellationToken stop)
    {
        var file = Path.Combine(Folder, name);
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(false), stop);
        return file;
    }

    private async Task<int> Generate(OchagProgram program, CancellationToken stop) => City.AccountsIn(await program.Must(
        stop, "generate", "accounts", "--from-houses", "--territory", Territory, "--seed", "1", "--through", $"{Now}"));
}

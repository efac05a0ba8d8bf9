using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Ochag.Bench.Cities;
using Ochag.Bench.Grounds;
using Ochag.Bench.Town;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Bench.Search;

/// <summary>
/// A base of so many accounts, kept between runs in the folder of temporary files: Omsk's register where it lies beside
/// the repository, and a made-up town for what is missing.
/// </summary>
internal sealed class SearchBase(string database, int accounts, Action<string> say)
{
    // What else the base depends on: told anew when the making changes.
    private const string Making = "v1";

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "ochag-bench", $"search-{accounts}-{database}-{Making}");

    public bool IsThere => File.Exists(Done);

    // The people of a city take minutes: what is in stays in, though the run ends before the base is done.
    private string Filled => Path.Combine(Folder, "filled");

    private string Done => Path.Combine(Folder, "done");

    public async Task<Ground> Open(CancellationToken stop)
    {
        if (!File.Exists(Filled) && Directory.Exists(Folder))
            Directory.Delete(Folder, recursive: true);
        Directory.CreateDirectory(Folder);
        return database == "sqlite"
            ? new SqliteGround(Folder)
            : await PostgresGround.Start(Folder, stop, $"ochag_bench_search_{accounts}_{Making}");
    }

    public async Task Make(Ground ground, Func<OchagDb> open, CancellationToken stop)
    {
        if (!File.Exists(Filled))
            await File.WriteAllTextAsync(Filled, $"{await Fill(new OchagProgram(ground.Address, Folder), stop)}", stop);
        say("names and numbers of a city");
        await using var db = open();
        await Rename(db, stop);
        await db.Database.ExecuteSqlRawAsync(database == "postgres" ? "VACUUM ANALYZE" : "PRAGMA optimize", stop);
        await File.WriteAllTextAsync(Done, await File.ReadAllTextAsync(Filled, stop), stop);
    }

    private async Task<int> Fill(OchagProgram program, CancellationToken stop)
    {
        var made = City.FindRegister(accounts) is { } register ? await Fill(program, "omsk", register, stop) : 0;
        if (made >= accounts)
            return made;
        var town = Path.Combine(Folder, "town.csv");
        await File.WriteAllTextAsync(town, City.Invent(accounts - made), new UTF8Encoding(false), stop);
        return made + await Fill(program, "town", town, stop);
    }

    /// <summary>Lines that a register has twice are refused, and the command says so by its code: the others are in.</summary>
    private async Task<int> Fill(OchagProgram program, string code, string register, CancellationToken stop)
    {
        say($"filling {code}");
        await program.Must(stop, "territory", "add", code, "--time-zone", "Asia/Omsk", "--billed-since", "2026-10", "--sample-tariffs");
        await program.Run(null, stop, "import", "houses", register, "--territory", code);
        var told = await program.Must(stop, "generate", "accounts", "--from-houses", "--territory", code, "--seed", "1");
        return City.AccountsIn(told);
    }

    private static async Task Rename(OchagDb db, CancellationToken stop)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(stop);
        var people = await db.Set<Holder>().AsNoTracking().Where(h => h.Kind == HolderKind.Person).OrderBy(h => h.Id)
            .Select(h => h.Id).ToListAsync(stop);
        await Update(db, "registry_holder", "name, name_key, phone", people.Select(h => h.Value), id =>
        {
            var name = Crowd.Name(new Seeded(11).Fork((ulong)id));
            var phone = Crowd.Phone(new Seeded(14).Fork((ulong)id));
            return $"'{name}', '{SearchKey.Fold(name)}', {(phone is null ? "NULL" : $"'{phone}'")}";
        }, stop);
        var given = new HashSet<string>(StringComparer.Ordinal);
        var numbered = await db.Set<Account>().AsNoTracking().OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(stop);
        await Update(db, "registry_account", "number", numbered.Select(a => a.Value), id =>
        {
            var random = new Seeded(12).Fork((ulong)id);
            var number = Crowd.AccountNumber(random);
            while (!given.Add(number))
                number = Crowd.AccountNumber(random);
            return $"'{number}'";
        }, stop);
        var meters = await db.Set<Meter>().AsNoTracking().Where(m => m.PremisesId != null).OrderBy(m => m.Id)
            .Select(m => m.Id).ToListAsync(stop);
        await Update(db, "registry_meter", "serial", meters.Select(m => m.Value),
            id => $"'{Crowd.Serial(new Seeded(13).Fork((ulong)id))}'", stop);
        await transaction.CommitAsync(stop);
    }

    private static async Task Update(
        OchagDb db, string table, string columns, IEnumerable<long> ids, Func<long, string> values, CancellationToken stop)
    {
        var set = string.Join(", ", columns.Split(", ").Select(c => $"{c} = v.{c}"));
        foreach (var chunk in ids.Chunk(2_000))
        {
            var rows = string.Join(",", chunk.Select(id => string.Create(CultureInfo.InvariantCulture, $"({id}, {values(id)})")));
#pragma warning disable EF1002 // invented names and numbers of our own
            await db.Database.ExecuteSqlRawAsync(
                $"WITH v(id, {columns}) AS (VALUES {rows}) UPDATE {table} SET {set} FROM v WHERE {table}.id = v.id", stop);
#pragma warning restore EF1002
        }
    }
}

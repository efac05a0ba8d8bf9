using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
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
    private const string Register = "shared/data/houses/omsk_oblast_20160701.csv.gz";
    private const int FlatsInHouse = 80;
    private const int HousesInStreet = 40;

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
        var made = FindRegister() is { } register ? await Fill(program, "omsk", register, stop) : 0;
        if (made >= accounts)
            return made;
        var town = Path.Combine(Folder, "town.csv");
        await File.WriteAllTextAsync(town, Town((accounts - made + FlatsInHouse - 1) / FlatsInHouse), new UTF8Encoding(false), stop);
        return made + await Fill(program, "town", town, stop);
    }

    /// <summary>Lines that a register has twice are refused, and the command says so by its code: the others are in.</summary>
    private async Task<int> Fill(OchagProgram program, string code, string register, CancellationToken stop)
    {
        say($"filling {code}");
        await program.Must(stop, "territory", "add", code, "--time-zone", "Asia/Omsk", "--billed-since", "2026-10", "--sample-tariffs");
        await program.Run(null, stop, "import", "houses", register, "--territory", code);
        var told = await program.Must(stop, "generate", "accounts", "--from-houses", "--territory", code, "--seed", "1");
        return int.Parse(
            string.Concat(told.Output.TakeWhile(c => char.IsAsciiDigit(c) || c == ',' || char.IsWhiteSpace(c)).Where(char.IsAsciiDigit)),
            CultureInfo.InvariantCulture);
    }

    private string? FindRegister()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            foreach (var name in new[] { at.FullName, Path.Combine(at.FullName, "..") })
            {
                var file = Path.GetFullPath(Path.Combine(name, Register));
                if (File.Exists(file) && Flats(file) <= accounts)
                    return file;
            }
        }

        return null;
    }

    /// <summary>As many flats as the accounts will be, or somewhat more: the program leaves out what it does not believe.</summary>
    private static int Flats(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var column = reader.ReadLine()!.Split(',').IndexOf("ROOM_COUNT");
        var flats = 0;
        while (reader.ReadLine() is { } line)
        {
            // The address alone stands in quotes, and holds commas.
            var (open, close) = (line.IndexOf('"', StringComparison.Ordinal), line.LastIndexOf('"'));
            var plain = open < 0 ? line : line[..open] + line[(close + 1)..];
            var fields = plain.Split(',');
            if (fields.Length > column && int.TryParse(fields[column], CultureInfo.InvariantCulture, out var here))
                flats += here;
        }

        return flats;
    }

    private static string Town(int houses)
    {
        var random = new Seeded(7);
        var text = new StringBuilder("LAT,LON,HOUSE_ID,ADDRESS,YEAR,LEVELS_MAX,ROOM_COUNT,ROOM_COUNT_LIVE,AREA_LIVE,AREA_GEN\n");
        var street = "";
        for (var house = 0; house < houses; house++)
        {
            if (house % HousesInStreet == 0)
                street = Crowd.Street(random);
            text.Append(CultureInfo.InvariantCulture, $"54.97,73.38,{house + 1},");
            text.Append(CultureInfo.InvariantCulture, $"\"г. Новоград, ул. {street}, д. {house % HousesInStreet + 1}");
            text.Append(random.Chance(10) ? $", корп. {random.Next(1, 3)}" : random.Chance(10) ? random.Pick(["А", "Б", "В"]) : "");
            text.Append(CultureInfo.InvariantCulture, $"\",{1960 + house % 60},9,{FlatsInHouse},{FlatsInHouse},");
            text.Append(CultureInfo.InvariantCulture, $"{FlatsInHouse * 52},{FlatsInHouse * 9}\n");
        }

        return text.ToString();
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

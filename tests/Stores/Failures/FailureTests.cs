using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;
using Ochag.Bench.Town;
using Shouldly;

namespace Ochag.Stores.Failures;

/// <summary>
/// The real program in trouble: it says in a sentence what happened, where, and what to do, ends with 1, and leaves
/// nothing half-written.
/// </summary>
public sealed class FailureTests : IDisposable
{
    private const string Head = "LAT,LON,HOUSE_ID,ADDRESS,YEAR,LEVELS_MAX,ROOM_COUNT,ROOM_COUNT_LIVE,AREA_LIVE,AREA_GEN\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-failure-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Database => Path.Combine(_folder, "ochag.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_with_what_to_do()
    {
        var answer = await Run($"postgres:Host={_folder};Username=ochag;Password=s3cret;Database=ochag", "territory", "list");
        Refused(answer, "does not answer", "See that the database runs");
        answer.Faults.ShouldNotContain("s3cret");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        // A file where a folder should be: even root cannot write into it.
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Stop);
        Refused(await Run($"sqlite:{file}/ochag.db", "territory", "list"), file);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_left_alone()
    {
        var file = Path.Combine(_folder, "letter.txt");
        var text = new string('a', 5000);
        await File.WriteAllTextAsync(file, text, Stop);
        Refused(await Run($"sqlite:{file}", "territory", "list"), "is not an SQLite database", "--database");
        (await File.ReadAllTextAsync(file, Stop)).ShouldBe(text);
    }

    [Fact]
    public async Task A_register_that_is_not_there_or_of_another_layout_is_refused()
    {
        await Town();
        Refused(await Import(Path.Combine(_folder, "none.csv")), "There is no file", "none.csv");
        var other = Write("other.csv", "A,B\n1,2\n"u8.ToArray());
        Refused(await Import(other), "other.csv", "address");
        Refused(await Run($"sqlite:{Database}", "import", "houses", other, "--territory", "nowhere"), "There is no territory nowhere");
    }

    [Theory]
    [InlineData("utf-16.csv")]
    [InlineData("mixed.csv")]
    [InlineData("cut.csv.gz")]
    [InlineData("endless.csv")]
    public async Task A_register_in_a_wrong_encoding_or_broken_is_refused_whole(string name)
    {
        await Town();
        var good = Encoding.UTF8.GetBytes(Head + string.Concat(Enumerable.Range(1, 3000).Select(Row)));
        var file = Write(name, name switch
        {
            "utf-16.csv" => [.. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(good))],
            "mixed.csv" => [.. good, .. "0,0,9001,\""u8, 0xD3, 0xEB, 0xE8, 0xF6, 0xE0, .. "\",1980,5,1,1,1,1\n"u8],
            "cut.csv.gz" => Zip(good)[..^2000],
            _ => [.. good, .. "0,0,9001,\""u8, .. Enumerable.Repeat((byte)'x', 2_000_000)],
        });

        Refused(await Import(file), name, "Nothing was taken");
        (await Number("SELECT COUNT(*) FROM registry_building")).ShouldBe(0);
    }

    [Fact]
    public async Task A_broken_row_is_refused_with_its_line_and_the_others_are_taken()
    {
        await Town();
        var file = Write("rows.csv", Encoding.UTF8.GetBytes(Head + Row(1) + "56.8,60.6,2\n" + Row(3)));
        var answer = await Import(file);
        answer.Output.ShouldContain("line 3:");
        answer.Output.ShouldContain("imports.row-broken");
        (await Number("SELECT COUNT(*) FROM registry_building")).ShouldBe(2);
    }

    /// <summary>A small disk of its own, in a namespace of its own; what was written is looked at after it is gone.</summary>
    [Fact]
    public async Task A_run_on_a_full_disk_stops_with_a_sentence_and_goes_on_when_there_is_room()
    {
        var program = new OchagProgram($"sqlite:{Database}", _folder);
        var town = new SmallTown("small", Houses: 60, Flats: 8, Months: 1);
        await town.Build(program, Stop);
        var disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        SqliteConnection.ClearAllPools();
        await Number("PRAGMA wal_checkpoint(TRUNCATE)"); // the file is copied without its log
        var room = new FileInfo(Database).Length / 1024 + 600;
        var (code, faults) = await Shell(
            $$"""
            mount -t tmpfs -o size={{room}}k none "$1" || exit 77
            cp "$2" "$1/ochag.db"
            dotnet "$3" bill run --post --month 2026-01 --territory small --database "sqlite:$1/ochag.db"
            code=$?
            cp "$1"/ochag.db* "$1/../full/"
            exit $code
            """,
            disk, Database, Path.Combine(AppContext.BaseDirectory, "ochag.dll"));
        if (code is 77 or 127 || faults.Contains("unshare failed", StringComparison.Ordinal))
            Assert.Skip("a disk of its own cannot be mounted here: " + faults.Trim());

        code.ShouldBe(1, faults);
        faults.ShouldContain("The disk of");
        faults.ShouldContain("is full");
        faults.ShouldNotContain("   at ");
        var full = Path.Combine(_folder, "full", "ochag.db");
        (await Number("SELECT COUNT(*) FROM billing_run WHERE state = 2", full)).ShouldBe(0);
        (await Number(
            "SELECT (SELECT COALESCE(SUM(lines), 0) FROM billing_run_building) - (SELECT COUNT(*) FROM billing_charge_line)", full))
            .ShouldBe(0);

        foreach (var place in new[] { full, Database })
            (await Run($"sqlite:{place}", "bill", "run", "--post", "--month", "2026-01", "--territory", "small")).Code.ShouldBe(0);
        const string Sum = "SELECT COUNT(*) * 1000000007 + SUM(amount_minor) FROM billing_charge_line";
        (await Number(Sum, full)).ShouldBe(await Number(Sum));
    }

    private static void Refused(Answer answer, params string[] said)
    {
        answer.Code.ShouldBe(1, answer.Output + answer.Faults);
        foreach (var part in said)
            answer.Faults.ShouldContain(part);
        answer.Faults.ShouldNotContain("   at ");
        answer.Faults.ShouldNotContain("Unhandled");
    }

    private static string Row(int id) => $"56.8,60.6,{id},\"ул. Ленина, д. {id}\",1980,5,10,10,520,90\n";

    private static byte[] Zip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
            zip.Write(bytes);
        return packed.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private Task<Answer> Run(string database, params string[] arguments) =>
        new OchagProgram(database, _folder).Run(null, Stop, arguments);

    private Task<Answer> Town() => new OchagProgram($"sqlite:{Database}", _folder).Must(
        Stop, "territory", "add", "town", "--time-zone", "Asia/Chita", "--billed-since", "2026-01");

    private Task<Answer> Import(string file) => Run($"sqlite:{Database}", "import", "houses", file, "--territory", "town");

    private async Task<long> Number(string sql, string? database = null)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = database ?? Database, Pooling = false }.ConnectionString);
        await connection.OpenAsync(Stop);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private async Task<(int Code, string Faults)> Shell(string script, params string[] arguments)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "full"));
        string[] apart = ["--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", .. arguments];
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("unshare", apart)
        {
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _folder,
        })!;
        var faults = await process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, faults);
    }
}

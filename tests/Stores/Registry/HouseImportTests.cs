using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Registry;

/// <summary>A housing register comes in: every row is taken, doubtful, unchanged or refused, and says why.</summary>
public abstract class HouseImportTests(Database database) : StoreTests(database)
{
    private const string Head = "LAT,LON,HOUSE_ID,ADDRESS,YEAR,LEVELS_MAX,ROOM_COUNT,ROOM_COUNT_LIVE,AREA_LIVE,AREA_GEN\n";
    private const string Good = "56.83,60.6,1,\"ул. Алая, д. 1\",1975,5,60,58,2800.5,310\n";

    [Fact]
    public async Task Every_row_is_accounted_for()
    {
        var report = await Import("rows", Head + Good
            + "55.76,37.64,2,\"ул. Алая,\nд. 2\",1975,5,60,Не заполнено,2800,310\n"
            + "56.83,60.6,3,\"ул. Алая, д. 3\",Не заполнено,Не заполнено,99999,Не заполнено,-5,Незаполнено\n"
            + "56.83,60.6,1,\"ул. Алая, д. 1а\",1975,5,60,58,2800.5,310\n"
            + "56.83,60.6,x7,\"ул. Алая, д. 4\",1975,5,60,58,2800.5,310\n"
            + "56.83,60.6,8,,1975,5,60,58,2800.5,310\n"
            + "56.83,60.6,9\n");

        report.Rows.ShouldBe(7);
        (report.Taken, report.Doubtful, report.Unchanged, report.Refused).ShouldBe((1, 2, 0, 4));
        report.Doubts.ShouldBe(
            new Dictionary<string, int> { ["geocode-failed"] = 1, ["flats-impossible"] = 1, ["living-area-impossible"] = 1 },
            ignoreOrder: true);
        report.Refusals.Select(r => r.Code).ShouldBe(
            ["registry.house-twice", "registry.house-id-broken", "registry.address-broken", "registry.row-broken"]);
        report.Refusals.ShouldAllBe(r => r.Line > 1);
    }

    [Fact]
    public async Task A_nul_far_down_in_a_file_costs_its_row_and_nothing_else()
    {
        var rows = string.Concat(Enumerable.Range(2, 2000).Select(i => $"56.83,60.6,{i},\"ул. Алая, д. {i}\",1975,5,60,58,2800.5,310\n"));
        var report = await Import("nul", Head + rows + "56.83,60.6,9000,\"ул. А\0лая, д. 9\",1975,5,60,58,2800.5,310\n");
        (report.Taken, report.Refused, report.Refusals[0].Code).ShouldBe((2000, 1, "registry.address-broken"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ekb")]
    [InlineData("1st")]
    [InlineData("e kb")]
    [InlineData("город")]
    [InlineData("../ekb")]
    [InlineData("ekb?")]
    [InlineData("ekb-")]
    [InlineData("a-code-of-21-characte")]
    public async Task A_territory_is_called_by_what_goes_into_a_file_name_and_an_address(string code)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var added = await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(code, "Город", "Asia/Yekaterinburg", "ru-354", Currency.Rub, new(2026, 10), "—"), Stop);
        added.Refusal!.Code.ShouldBe("registry.territory-code-wrong");
        (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory(code, Stop)).IsRefused.ShouldBeTrue();
    }

    [Fact]
    public async Task The_same_file_again_changes_nothing()
    {
        await Import("again", Head + Good);
        var second = await Import("again", Head + Good);
        (second.Taken, second.Doubtful, second.Unchanged, second.Refused).ShouldBe((0, 0, 1, 0));
    }

    [Fact]
    public async Task An_address_in_Windows_1251_and_a_packed_file_are_read_as_they_were_meant()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.GetEncoding(1251).GetBytes(Head + Good), Stop);

        await ImportBytes("cp1251", packed.ToArray());

        await using var scope = Database.Services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory("cp1251", Stop)).Value;
        var houses = await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().ListEmptyHouses(territory.Id, Stop);
        var house = houses.ShouldHaveSingleItem();
        (house.Address, house.Flats, house.LivingArea).ShouldBe(("ул. Алая, д. 1", 58, Fixed.Parse("2800.5")));
    }

    [Theory]
    [InlineData("name;street\n1;2\n", "registry.register-layout-unknown")]
    [InlineData("", "registry.file-broken")]
    public async Task A_file_of_another_kind_is_refused_whole(string text, string code) =>
        (await ImportOutcome("other" + code.Length, Encoding.UTF8.GetBytes(text))).Refusal!.Code.ShouldBe(code);

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var outcome = await scope.ServiceProvider.GetRequiredService<IRegistryIntake>()
            .ImportHouses(new(1), "no-such-file.csv", null, Stop);
        outcome.Refusal!.Code.ShouldBe("registry.file-not-found");
    }

    private Task<ImportReport> Import(string territory, string text) => ImportBytes(territory, Encoding.UTF8.GetBytes(text));

    private async Task<ImportReport> ImportBytes(string territory, byte[] bytes) => (await ImportOutcome(territory, bytes)).Value;

    private async Task<Outcome<ImportReport>> ImportOutcome(string territory, byte[] bytes)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        if ((await registry.FindTerritory(territory, Stop)).IsRefused)
            await intake.AddTerritory(new(territory, territory, "Asia/Yekaterinburg", "ru-354", Currency.Rub, new(2026, 10), "—"), Stop);
        var id = (await registry.FindTerritory(territory, Stop)).Value.Id;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes, Stop);
            return await intake.ImportHouses(id, file, null, Stop);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

public sealed class HouseImportTests_on_Sqlite(SqliteDatabase database) : HouseImportTests(database), IClassFixture<SqliteDatabase>;

public sealed class HouseImportTests_on_Postgres(PostgresDatabase database)
    : HouseImportTests(database), IClassFixture<PostgresDatabase>;

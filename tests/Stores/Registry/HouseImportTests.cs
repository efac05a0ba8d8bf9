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
        var (counts, remarks) = await Import("rows", Head + Good
            + "55.76,37.64,2,\"ул. Алая,\nд. 2\",1975,5,60,Не заполнено,2800,310\n"
            + "56.83,60.6,3,\"ул. Алая, д. 3\",Не заполнено,Не заполнено,99999,Не заполнено,-5,Незаполнено\n"
            + "56.83,60.6,1,\"ул. Алая, д. 1а\",1975,5,60,58,2800.5,310\n"
            + "56.83,60.6,x7,\"ул. Алая, д. 4\",1975,5,60,58,2800.5,310\n"
            + "56.83,60.6,8,,1975,5,60,58,2800.5,310\n"
            + "56.83,60.6,9\n");

        counts.ShouldBe(new ImportCounts(7, 1, 2, 0, 4));
        remarks.Where(r => r.Fate == RowFate.Doubtful).Select(r => r.Reason.Code).ShouldBe(
            ["registry.geocode-failed", "registry.flats-impossible", "registry.living-area-impossible"], ignoreOrder: true);
        remarks.Where(r => r.Fate == RowFate.Refused).Select(r => r.Reason.Code).ShouldBe(
            ["registry.house-twice", "registry.house-id-broken", "imports.field-empty", "imports.row-broken"]);
        remarks.ShouldAllBe(r => r.Line > 1);
    }

    [Fact]
    public async Task A_nul_far_down_in_a_file_costs_its_row_and_nothing_else()
    {
        var rows = string.Concat(Enumerable.Range(2, 2000).Select(i => $"56.83,60.6,{i},\"ул. Алая, д. {i}\",1975,5,60,58,2800.5,310\n"));
        var (counts, remarks) = await Import("nul", Head + rows + "56.83,60.6,9000,\"ул. А\0лая, д. 9\",1975,5,60,58,2800.5,310\n");
        (counts.Taken, counts.Refused, remarks.Single().Reason.Code).ShouldBe((2000, 1, "imports.field-wrong"));
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
        (await Import("again", Head + Good)).Counts.ShouldBe(new ImportCounts(1, 0, 0, 1, 0));
    }

    [Fact]
    public async Task An_address_in_Windows_1251_and_a_packed_file_are_read_as_they_were_meant()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.GetEncoding(1251).GetBytes(Head + Good), Stop);

        (await ImportBytes("cp1251", packed.ToArray())).Value.Counts.Taken.ShouldBe(1);

        await using var scope = Database.Services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory("cp1251", Stop)).Value;
        var houses = await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().ListEmptyHouses(territory.Id, Stop);
        var house = houses.ShouldHaveSingleItem();
        (house.Address, house.Flats, house.LivingArea).ShouldBe(("ул. Алая, д. 1", 58, Fixed.Parse("2800.5")));
    }

    [Theory]
    [InlineData("name;street\n1;2\n", "imports.columns-missing")]
    [InlineData("", "imports.file-broken")]
    public async Task A_file_of_another_kind_is_refused_whole(string text, string code) =>
        (await ImportBytes("other" + code.Length, Encoding.UTF8.GetBytes(text))).Refusal!.Code.ShouldBe(code);

    private async Task<(ImportCounts Counts, IReadOnlyList<ImportRemark> Remarks)> Import(string territory, string text)
    {
        var import = (await ImportBytes(territory, Encoding.UTF8.GetBytes(text))).Value;
        await using var scope = Database.Services.CreateAsyncScope();
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        return (import.Counts, [
            .. await imports.ListRemarks(import.Id, RowFate.Doubtful, 0, 100, Stop),
            .. await imports.ListRemarks(import.Id, RowFate.Refused, 0, 100, Stop),
        ]);
    }

    private async Task<Outcome<ImportRecord>> ImportBytes(string territory, byte[] bytes)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        if ((await registry.FindTerritory(territory, Stop)).IsRefused)
            await intake.AddTerritory(new(territory, territory, "Asia/Yekaterinburg", "ru-354", Currency.Rub, new(2026, 10), "—"), Stop);
        var found = (await registry.FindTerritory(territory, Stop)).Value;
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes, Stop);
            return await scope.ServiceProvider.GetRequiredService<IImports>()
                .Take(new(found, "houses", file, "houses.csv", "test"), null, Stop);
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

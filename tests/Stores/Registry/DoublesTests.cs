using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Registry;

/// <summary>A register names a house twice: proposed, merged with all that was entered under it, and taken apart again.</summary>
public abstract class DoublesTests(Database database) : StoreTests(database)
{
    private const string Houses = """
        код дома;адрес;год постройки;моп;система гвс
        A-1;"г. Чита, ул. Алая, д. 1, корп. 2";1975;310;closed.bare_risers.with_rails
        A-2;"Чита г, Алая ул., 1 к2";1975;300;closed.bare_risers.with_rails
        A-3;"г. Чита, ул. Алая, д. 1";1975;310;closed.bare_risers.with_rails
        A-4;"г. Чита, ул. Белая, д. 5";1975;310;closed.bare_risers.with_rails
        A-5;"г. Чита, улица Белая, дом 5";1975;310;closed.bare_risers.with_rails

        """;

    private const string Premises = """
        Адрес;Квартира;Общая площадь;Тип помещения
        A-1;1;54,3;жилое
        A-2;1;54,3;жилое
        A-2;2;41,7;жилое

        """;

    private const string Accounts = "№ ЛС;Дом;Улица;Кв\n0{0}00000017;A-1;;1\n0{0}00000025;A-2;;2\n";

    private const string Meters = "лс;услуга;заводской номер;дата установки\n0{0}00000025;хвс;СВ-{0};15.03.2022\n";

    private const string Readings = "№ ПУ;дата;показание;источник\nСВ-{0};30.09.2026;100;контролёр\n";

    [Fact]
    public async Task Houses_of_one_address_are_proposed_and_those_told_apart_are_not_proposed_again()
    {
        var town = await Town("apart", 1);
        var groups = await town.Ask(d => d.Propose(town.Territory.Id, Stop));
        groups.Select(g => string.Join(' ', g.Houses.Select(h => h.ExternalId))).ShouldBe(["A-1 A-2", "A-4 A-5"], ignoreOrder: true);
        groups.ShouldAllBe(g => g.IsSure);
        groups[0].Houses.Select(h => (h.Premises, h.Accounts, h.Meters)).ShouldContain((2, 1, 1));

        await town.Ask(async d =>
        {
            var white = groups.Single(g => g.Houses[0].ExternalId == "A-4").Houses;
            await d.TellApart(town.Territory.Id, [.. white.Select(h => h.Id)], "engineer", Stop);
            return true;
        });
        (await town.Ask(d => d.Propose(town.Territory.Id, Stop))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_merging_moves_all_that_was_entered_under_the_double_and_its_undoing_moves_it_back()
    {
        var town = await Town("merged", 2);
        var (kept, twin) = (await town.House("A-1"), await town.House("A-2"));
        var before = await town.State();

        var preview = (await town.Ask(d => d.Preview(town.Territory.Id, kept, twin, Stop))).Value;
        preview.Moves.ShouldBe(new Dictionary<string, int>
        {
            ["registry_account"] = 1, ["registry_premises"] = 2, ["registry_meter"] = 1, ["metering_reading"] = 1,
        }, ignoreOrder: true);
        preview.Stays.Keys.ShouldBe(["registry_building_passport"]);
        preview.SameNumbers.ShouldBe(["1"]);
        (await town.State()).ShouldBe(before, "a preview changes nothing");

        var merge = (await town.Ask(d => d.Merge(town.Territory.Id, kept, twin, "engineer", Stop))).Value;
        (await town.House("A-2")).ShouldBe(kept, "the double's name leads to the kept house");
        var building = (await town.Registry(r => r.ReadBuildings([kept], Stop))).ShouldHaveSingleItem();
        building.Accounts.Count.ShouldBe(2);
        (await town.Registry(r => r.ListBuildings(town.Territory.Id, Stop))).ShouldNotContain(twin);
        (await town.Ask(d => d.Merge(town.Territory.Id, kept, twin, "another", Stop))).Refusal!.Code.ShouldBe("registry.house-gone");
        (await town.Take("houses", Houses)).Counts.Unchanged.ShouldBe(5, "the register again brings no double back");

        (await town.Ask(d => d.Undo(town.Territory.Id, merge.Id, "engineer", Stop))).Value.UndoneBy.ShouldBe("engineer");
        (await town.State()).ShouldBe(before);
        (await town.Ask(d => d.Undo(town.Territory.Id, merge.Id, "engineer", Stop))).Refusal!.Code.ShouldBe("registry.merge-undone");
    }

    [Fact]
    public async Task A_billed_house_stays_where_its_bills_are()
    {
        var town = await Town("billed", 3);
        var (kept, twin) = (await town.House("A-1"), await town.House("A-2"));
        await using var scope = Database.Services.CreateAsyncScope();
        await town.Take("tariffs", "вид;ключ;значение;с\nтариф;cold_water;49,10;01.01.2026\nнорматив;cold_water;4,5;01.01.2026\n");
        await town.Take("residents", "лицевой счет;прописано\n0300000017;1\n0300000025;1\n");
        await town.Take("connections", "лс;услуга\n0300000017;ХВС\n0300000025;ХВС\n");
        var run = await scope.ServiceProvider.GetRequiredService<IBilling>().Run(town.Territory, new(2026, 10), "test", null, Stop);
        run.Value.Lines.ShouldBeGreaterThan(1, run.Value.ToString());
        (await town.Ask(d => d.Preview(town.Territory.Id, kept, twin, Stop))).Refusal!.Code.ShouldBe("billing.house-billed");
        (await town.Ask(d => d.Merge(town.Territory.Id, kept, kept, "engineer", Stop))).Refusal!.Code.ShouldBe("registry.merge-self");
    }

    private async Task<DoubledTown> Town(string code, int number)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(code, "Город", "Asia/Chita", "ru-354", Currency.Rub, new(2026, 10), "—"), Stop)).Value;
        var town = new DoubledTown(Database, territory);
        foreach (var (kind, text) in new[]
            {
                ("houses", Houses), ("premises", Premises), ("accounts", Accounts), ("meters", Meters), ("readings", Readings),
            })
        {
            var counts = (await town.Take(kind, text.Replace("{0}", $"{number}", StringComparison.Ordinal))).Counts;
            counts.Refused.ShouldBe(0, kind);
        }

        return town;
    }

    private sealed record DoubledTown(Database Database, TerritoryRecord Territory)
    {
        public async Task<T> Ask<T>(Func<IDoubles, Task<T>> ask)
        {
            await using var scope = Database.Services.CreateAsyncScope();
            return await ask(scope.ServiceProvider.GetRequiredService<IDoubles>());
        }

        public async Task<T> Registry<T>(Func<IRegistry, Task<T>> ask)
        {
            await using var scope = Database.Services.CreateAsyncScope();
            return await ask(scope.ServiceProvider.GetRequiredService<IRegistry>());
        }

        public async Task<ImportRecord> Take(string kind, string text)
        {
            var file = Path.GetTempFileName();
            await File.WriteAllTextAsync(file, text, Stop);
            await using var scope = Database.Services.CreateAsyncScope();
            var taken = await scope.ServiceProvider.GetRequiredService<IImports>()
                .Take(new(Territory, kind, file, kind, "test"), null, Stop);
            File.Delete(file);
            return taken.Value;
        }

        public async Task<BuildingId> House(string externalId)
        {
            await using var scope = Database.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
            return (await Ochag.Registry.Addresses.HouseFinder.Of(db, Territory.Id, Stop)).FindById(externalId)!.Value;
        }

        /// <summary>All that stands under the territory's houses, as the evaluation reads it.</summary>
        public async Task<string> State() => await Registry(async r =>
        {
            var ids = await r.ListBuildings(Territory.Id, Stop);
            return System.Text.Json.JsonSerializer.Serialize(await r.ReadBuildings(ids, Stop));
        });
    }
}

public sealed class DoublesTests_on_Sqlite(SqliteDatabase database) : DoublesTests(database), IClassFixture<SqliteDatabase>;

public sealed class DoublesTests_on_Postgres(PostgresDatabase database) : DoublesTests(database), IClassFixture<PostgresDatabase>;

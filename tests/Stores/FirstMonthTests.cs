using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>From an empty database to a posted month, through the contracts that the console and the commands use.</summary>
public abstract class FirstMonthTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod October = new(2026, 10);

    [Fact]
    public async Task A_territory_is_known_by_its_code_and_is_added_once()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        (await intake.AddTerritory(Draft("chita"), Stop)).IsRefused.ShouldBeFalse();

        (await intake.AddTerritory(Draft("chita"), Stop)).Refusal!.Code.ShouldBe("registry.territory-exists");
        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        (await registry.FindTerritory("chita", Stop)).Value.Code.ShouldBe("chita");
        (await registry.FindTerritory("nowhere", Stop)).Refusal!.Code.ShouldBe("registry.territory-unknown");
    }

    [Fact]
    public async Task A_register_that_comes_twice_leaves_one_house_for_each_of_its_rows()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(Draft("register"), Stop)).Value.Id;
        HouseDraft[] houses = [new("ул. Ленина, 1", "r:1"), new("ул. Ленина, 2", "r:2")];

        await intake.AddHouses(territory, houses, Stop);
        await intake.AddHouses(territory, houses, Stop);

        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        (await registry.ListBuildings(territory, Stop)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_month_is_posted_once_and_not_before_the_territory_has_buildings()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        var territory = (await intake.AddTerritory(Draft("posted"), Stop)).Value;
        (await billing.Run(territory, October, "test", null, Stop)).Refusal!.Code.ShouldBe("billing.no-buildings");

        var house = await intake.AddHouses(territory.Id, [new("ул. Ленина, 1", "p:1")], Stop);
        (await billing.Run(territory, October, "test", null, Stop)).Refusal!.Code.ShouldBe("billing.no-accounts");
        (await billing.Run(territory, new(2027, 8), "test", null, Stop)).Refusal!.Code.ShouldBe("billing.month-not-over");

        await intake.Fill([OneFlat(house[0], "p")], "test", "invented", Stop);
        (await billing.Run(territory, October.PlusMonths(1), "test", null, Stop)).Refusal!.Code.ShouldBe("billing.previous-month-open");
        var run = await billing.Run(territory, October, "test", null, Stop);
        run.Refusal.ShouldBeNull();
        (await billing.Run(territory, October, "test", null, Stop)).Refusal!.Code.ShouldBe("billing.month-already-posted");
        (await billing.ListRuns([territory.Id], Stop)).ShouldHaveSingleItem().Id.ShouldBe(run.Value.Id);
    }

    [Fact]
    public async Task A_run_is_refused_while_another_process_is_at_it_and_not_after()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(Draft("alone"), Stop)).Value;
        var house = await intake.AddHouses(territory.Id, [new("ул. Ленина, 1", "a:1")], Stop);
        await intake.Fill([OneFlat(house[0], "a")], "test", "invented", Stop);
        await using (var db = Database.Open())
        {
            await using var held = await Exclusive.Take(db, $"bill-run-{territory.Id.Value}", Stop);
            held.ShouldNotBeNull();
            (await billing.Run(territory, October, "test", null, Stop)).Refusal!.Code.ShouldBe("billing.run-in-progress");
            var opened = await scope.ServiceProvider.GetRequiredService<IBillRuns>().Open(territory, October, "test", Stop);
            opened.Refusal!.Code.ShouldBe("billing.run-in-progress");
        }

        (await billing.Run(territory, October, "test", null, Stop)).Refusal.ShouldBeNull();
    }

    private static BuildingDraft OneFlat(BuildingId building, string number) => new(
        building, [], [], [new("1", [], [], [new(number, new(2020, 1, 1), null, HolderKind.Person, 1, [], [], [])])], []);

    private static TerritoryDraft Draft(string code) =>
        new(code, "Чита", "Asia/Chita", "ru-354", Currency.Rub, October, "Теплосеть");
}

public sealed class FirstMonthTests_on_Sqlite(SqliteDatabase database) : FirstMonthTests(database), IClassFixture<SqliteDatabase>;

public sealed class FirstMonthTests_on_Postgres(PostgresDatabase database)
    : FirstMonthTests(database), IClassFixture<PostgresDatabase>;

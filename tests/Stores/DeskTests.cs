using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>How people at a desk find what they were told, and that they find nothing foreign.</summary>
public abstract class DeskTests(Database database) : StoreTests(database)
{
    private static readonly LocalDate Day = new(2020, 1, 1);

    [Theory]
    [InlineData("0000101", "")]
    [InlineData("комсомольская 12 5", "1000000105")]
    [InlineData("5 12 КОМСОМОЛЬСКАЯ", "1000000105")]
    [InlineData("Екатеринбург, ул. Комсомольская, д. 12, кв. 5", "1000000105")]
    [InlineData("10000001", "1000000101,1000000102,1000000103,1000000104,1000000105")]
    [InlineData("1000000103", "1000000103")]
    [InlineData("щегло петр", "1000000104")]
    [InlineData("пётр щеглов", "1000000104")]
    [InlineData("ХВ-3", "1000000103")]
    [InlineData("хв-3", "1000000103")]
    [InlineData("8 (700) 000-00-02", "1000000102")]
    [InlineData("0000004", "1000000104")]
    [InlineData("анна", "1000000101,1000000105")]
    [InlineData("кв. 5, д. 12, Комсомольская", "1000000105")]
    public async Task Accounts_are_found_by_what_was_asked(string text, string numbers)
    {
        var (desk, territory, _) = await City();
        var found = await desk.Search(text, [territory], DeskLimits.Hits, Stop);
        found.Accounts.Select(a => a.Number).ShouldBe(numbers.Split(',', StringSplitOptions.RemoveEmptyEntries));
        found.Guessed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Комсамольская 12 5")]
    [InlineData("камсомолская, 12, кв 5")]
    [InlineData("rjvcjvjkmcrfz 12 5")]
    public async Task A_street_that_was_misheard_or_typed_on_the_other_layout_is_guessed(string text)
    {
        var (desk, territory, _) = await City();
        var found = await desk.Search(text, [territory], DeskLimits.Hits, Stop);
        found.Accounts.ShouldHaveSingleItem().Number.ShouldBe("1000000105");
        found.Guessed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("щгелов птр", "1000000104")]
    [InlineData("otukjd", "1000000104")]
    [InlineData("бурлокав лев", "1000000102")]
    [InlineData("1000000301", "1000000101")]
    [InlineData("100000105", "1000000105")]
    [InlineData("77000000040", "1000000104")]
    [InlineData("[d-3", "1000000103")]
    public async Task A_slip_in_a_name_a_number_or_a_telephone_is_guessed(string text, string number)
    {
        var (desk, territory, _) = await City();
        var found = await desk.Search(text, [territory], DeskLimits.Hits, Stop);
        found.Accounts.Select(a => a.Number).ShouldContain(number);
        found.Guessed.ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_written_is_found_at_once_and_a_closed_account_comes_after_an_open_one()
    {
        var (desk, _, _) = await City();
        await using var scope = Database.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(
            new("new", "Новоград", "Asia/Yekaterinburg", "ru-354", Currency.Rub, new(2026, 10), "Теплосеть"), Stop)).Value.Id;
        (await desk.Search("Новосёлова", [territory], DeskLimits.Hits, Stop)).Accounts.ShouldBeEmpty();
        var house = await intake.AddHouses(territory, [new("г. Новоград, ул. Новая, д. 1", "d:new")], Stop);
        await intake.Fill([New(house[0])], "desk", "desk", Stop);
        (await desk.Search("Новосёлова", [territory], DeskLimits.Hits, Stop)).Accounts.Select(a => a.Number)
            .ShouldBe(["2000000202", "2000000201"]);
        (await desk.Search("новая 1 7", [territory], DeskLimits.Hits, Stop)).Accounts.Select(a => a.Number)
            .ShouldBe(["2000000202", "2000000201"]);
        (await desk.Search("новая 1", [territory], 1, Stop)).Buildings.ShouldHaveSingleItem().Id.ShouldBe(house[0]);
    }

    [Theory]
    [InlineData("'")]
    [InlineData("%_\\")]
    [InlineData("+++")]
    [InlineData("99999999999999999999999999")]
    [InlineData("\u0301\uFFFD")]
    [InlineData("кв кв кв")]
    [InlineData("12345678901234567890")]
    public async Task What_means_nothing_finds_nothing(string text)
    {
        var (desk, territory, _) = await City();
        var found = await desk.Search(text, [territory], DeskLimits.Hits, Stop);
        found.Accounts.ShouldBeEmpty();
        found.Buildings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_house_without_a_flat_is_found_as_a_building()
    {
        var (desk, territory, building) = await City();
        (await desk.Search("комсомольская 12", [territory], DeskLimits.Hits, Stop)).Buildings.ShouldHaveSingleItem().Id.ShouldBe(building);
    }

    [Fact]
    public async Task What_lies_elsewhere_is_not_there()
    {
        var (desk, territory, building) = await City();
        TerritoryId[] elsewhere = [new(999)];
        var account = (await desk.Search("1000000103", [territory], 1, Stop)).Accounts[0].Id;
        string[] texts =
        [
            "1000000103", "комсомольская 12 5", "Щеглов", "ХВ-3", "комсамольская 12", "щелгов", "77000000003", "77000000030", "1000000130",
        ];
        foreach (var text in texts)
        {
            (await desk.Search(text, elsewhere, DeskLimits.Hits, Stop)).Accounts.ShouldBeEmpty(text);
            (await desk.Search(text, [], DeskLimits.Hits, Stop)).Buildings.ShouldBeEmpty(text);
        }

        (await desk.FindAccount(account, elsewhere, Stop)).ShouldBeNull();
        (await desk.FindBuilding(building, elsewhere, Stop)).ShouldBeNull();
        (await desk.AddressesOf([building], elsewhere, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_card_holds_what_was_taken_in()
    {
        var (desk, territory, building) = await City();
        var account = (await desk.Search("1000000104", [territory], 1, Stop)).Accounts[0];
        var card = (await desk.FindAccount(account.Id, [territory], Stop))!;
        card.Holders.ShouldHaveSingleItem().Name.ShouldBe("Щеглов Пётр Ильич");
        card.Premises.ShouldBe("4");
        card.Meters.ShouldHaveSingleItem().Serial.ShouldBe("ХВ-4");
        card.Residents.ShouldHaveSingleItem().Origin.Evidence.ShouldBe("desk");
        var house = (await desk.FindBuilding(building, [territory], Stop))!;
        house.Premises.Select(p => p.AccountNumber).ShouldBe(Enumerable.Range(101, 5).Select(n => $"1000000{n}"));
        (await desk.Count(territory, Stop)).ShouldBe(new TerritoryCounts(2, 1));
        (await desk.CountAccounts(territory, Stop)).ShouldBe(5);
    }

    private async Task<(IRegistryDesk Desk, TerritoryId Territory, BuildingId Building)> City()
    {
        var scope = Database.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var desk = scope.ServiceProvider.GetRequiredService<IRegistryDesk>();
        var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
        if (await registry.FindTerritory("desk", Stop) is { IsRefused: false } known)
            return (desk, known.Value.Id, (await registry.ListBuildings(known.Value.Id, Stop))[0]);
        var territory = (await intake.AddTerritory(
            new("desk", "Екатеринбург", "Asia/Yekaterinburg", "ru-354", Currency.Rub, new(2026, 10), "Теплосеть"), Stop)).Value.Id;
        var houses = await intake.AddHouses(
            territory,
            [new("г. Екатеринбург, ул. Комсомольская, д. 12", "d:1"), new("г. Екатеринбург, ул. Кедровая, д. 12", "d:2")],
            Stop);
        await intake.Fill([House(houses[0])], "desk", "desk", Stop);
        return (desk, territory, houses[0]);
    }

    /// <summary>One flat whose account was closed and opened anew under another number.</summary>
    private static BuildingDraft New(BuildingId id) => new(
        id,
        [new(Day, null, Fixed.Of(100), "closed.bare_risers.with_rails", 1, false)],
        [],
        [new("7", [new(Day, null, PremisesKind.Living, Fixed.Of(50), false, false, false)], [],
            [
                new("2000000201", Day, Day.PlusYears(1), HolderKind.Person, 1, [new("Новосёлова Яна")], [], []),
                new("2000000202", Day.PlusYears(1), null, HolderKind.Person, 1, [new("Новосёлова Яна")], [], []),
            ])],
        []);

    private static BuildingDraft House(BuildingId id)
    {
        string[] names = ["Абрамова Анна", "Бурлаков Лев", "Чупров Иван", "Щеглов Пётр Ильич", "Юрганова Анна"];
        return new(
            id,
            [new(Day, null, Fixed.Of(100), "closed.bare_risers.with_rails", 1, false)],
            [],
            [.. names.Select((name, i) => new PremisesDraft(
                $"{i + 1}",
                [new(Day, null, PremisesKind.Living, Fixed.Of(50), false, false, false)],
                [new(Service.ColdWater, $"ХВ-{i + 1}", 5, Fixed.Of(1), [Zone.Single], Day, null, [], [])],
                [new(
                    $"10000001{i + 1:00}", Day, null, HolderKind.Person, 1, [new(name, $"+7700000000{i + 1}")],
                    [new(0, Day, null, 2, false)], [new(Service.ColdWater, Day, null)])]))],
            []);
    }
}

public sealed class DeskTests_on_Sqlite(SqliteDatabase database) : DeskTests(database), IClassFixture<SqliteDatabase>;

public sealed class DeskTests_on_Postgres(PostgresDatabase database) : DeskTests(database), IClassFixture<PostgresDatabase>;

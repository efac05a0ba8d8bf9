using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The life of a meter, step by step, as its forms come over HTTP.</summary>
public sealed partial class MeterPageTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meter_is_verified_sealed_found_broken_replaced_and_removed_and_its_page_tells_it_all()
    {
        var (account, life, last) = await Meter("комсомольская 13 2");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var page = $"{account}/meters/{life.Place.Id.Value}";

        (await engineer.Get(account)).Page.ShouldContain($"href=\"{page}\"");
        var verify = (await engineer.Get(page + "/verify")).Page;
        verify.ShouldContain("value=\"2026-11-02\"");
        verify.ShouldContain("autofocus");
        verify.ShouldContain("2026 включительно");
        (string, string)[] verified = [("day", "2026-11-01"), ("until", "2032-10-31"), ("evidence", "свидетельство 7")];
        Told(await engineer.Post(page + "/verify", [Version(verify), .. verified]))
            .ShouldContain("Поверка записана.");
        Told(await engineer.Get(page)).ShouldContain("до 31.10.2032");

        Told(await Send(engineer, page + "/seal", ("seal", "К-104"), ("day", "2026-11-01"), ("evidence", "акт 8")))
            .ShouldContain("Пломба записана.");
        Told(await Send(engineer, page + "/unseal", ("seal", "К-104"), ("day", "2026-11-02"), ("evidence", "акт 9")))
            .ShouldContain("Записано: пломбы больше нет.");

        var serial = $"N{life.Place.Serial}";
        var replaced = await Send(
            engineer, page + "/replace", ("day", "2026-11-02"), ("final-Single", $"{last}"), ("serial", serial), ("digits", "5"),
            ("multiplier", "1"), ("initial1", "0,5"), ("initial", ""), ("until", "2032-11-01"), ("seal", "К-105"), ("evidence", "акт 10"));
        Told(replaced).ShouldContain("Замена записана: это новый прибор.");
        Told(replaced).ShouldContain("Начальное показание 0,5");
        Told(await engineer.Get(page)).ShouldContain("Последнее показание");
        Told(await engineer.Get(page)).ShouldContain("Снят");
        Told(await engineer.Get(account)).ShouldContain("История приборов");

        var next = Next().Match(replaced.Page).Groups["path"].Value;
        Told(await Send(engineer, next + "/remove", ("day", "2026-11-02"), ("final-Single", "0.5"), ("evidence", "акт 11")))
            .ShouldContain("Раньше 03.11.2026 нельзя");
        (await engineer.Post(page + "/verify", Version(verify), ("day", "2026-11-02"), ("until", "2033-01-01"), ("evidence", "акт 12")))
            .Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_at_its_field_and_nothing_is_written()
    {
        var (account, life, last) = await Meter("комсомольская 13 3");
        var other = await Another(life.Place);
        using var engineer = await Visitor.SignIn(city, "engineer");
        var page = $"{account}/meters/{life.Place.Id.Value}";
        var before = await Records(life.Place.Id);

        await Refused("/verify", "День ещё не наступил: сегодня 02.11.2026.", "day", ("day", "2026-11-03"), ("until", "2032-01-01"));
        await Refused("/verify", "Срок поверки должен быть позже её дня.", "until", ("day", "2026-11-01"), ("until", "2026-10-01"));
        await Refused("/verify", "Раньше", "day", ("day", "1995-01-01"), ("until", "2032-01-01"));
        await Refused("/verify", "Укажите день", "until", ("day", "2026-11-01"), ("until", "скоро"));
        await Refused("/seal", "Укажите номер пломбы", "seal", ("day", "2026-11-01"), ("seal", " "));
        await Refused("/unseal", "Целой пломбы", "seal", ("day", "2026-11-01"), ("seal", "нет такой"));
        await Refused("/remove", "Укажите показание.", "final-Single", ("day", "2026-11-02"), ("final-Single", ""));
        await Refused("/remove", "Меньше прежнего показания", "final-Single", ("day", "2026-11-02"), ("final-Single", "0"));
        await Refused("/remove", "не помещается в шкалу", "final-Single", ("day", "2026-11-02"), ("final-Single", "1234567"));
        await Refused("/remove", "После этого дня есть показание", "day", ("day", "2026-09-01"), ("final-Single", $"{last}"));
        (string, string)[] next = [("digits", "5"), ("multiplier", "1"), ("day", "2026-11-02"), ("initial1", "0")];
        await Refused("/replace", "уже есть на этой территории", "serial", [.. next, ("final-Single", $"{last}"), ("serial", other)]);
        await Refused("/replace", "Укажите показание.", "final-Single", [.. next, ("serial", "N-1")]);
        await Refused(
            "/replace", "Знаков до запятой бывает от 1 до 12.", "digits",
            [("digits", "40"), .. next, ("final-Single", $"{last}"), ("serial", "N-1")]);
        (await Records(life.Place.Id)).ShouldBe(before);

        async Task Refused(string step, string says, string field, params (string, string)[] typed)
        {
            // The first of two fields of one name is what the form has.
            var (status, answer) = await Send(engineer, page + step, [.. typed.DistinctBy(t => t.Item1), ("evidence", "акт 1")]);
            status.ShouldBe(HttpStatusCode.UnprocessableEntity, step + says);
            answer.ShouldContain(says);
            answer.ShouldContain($"id=\"e-{field}\"");
        }
    }

    [Fact]
    public async Task A_doubtful_last_reading_is_taken_when_it_is_confirmed()
    {
        var (account, life, last) = await Meter("комсомольская 13 6");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var page = $"{account}/meters/{life.Place.Id.Value}/remove";
        (string, string)[] typed = [("day", "2026-11-02"), ("final-Single", $"{last + 900}"), ("evidence", "акт 3")];
        var doubtful = await Send(engineer, page, typed);
        doubtful.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        doubtful.Page.ShouldContain("name=\"confirmed\"");
        Told(await engineer.Post(page, [.. typed, Version(doubtful.Page), ("confirmed", "yes")])).ShouldContain("Снятие записано.");
    }

    [Fact]
    public async Task A_meter_is_installed_where_none_of_its_service_stands_and_the_buildings_own_from_its_page()
    {
        var (account, life, _) = await Meter("комсомольская 13 5");
        using var engineer = await Visitor.SignIn(city, "engineer");
        (string, string)[] fresh =
        [
            ("day", "2026-11-02"), ("serial", "G-77001"), ("digits", "5"), ("multiplier", "1"), ("zones", "1"), ("initial1", "3"),
            ("initial2", ""), ("initial3", ""), ("until", ""), ("seal", ""), ("evidence", "акт ввода 5"),
        ];
        Told(await Send(engineer, account + "/meters/new", [("service", $"{life.Place.Service}"), .. fresh]))
            .ShouldContain($"Здесь стоит прибор {life.Place.Serial} этой услуги.");
        Told(await Send(engineer, account + "/meters/new", [("service", "Gas"), .. fresh])).ShouldContain("Установка записана.");
        var building = $"/console/buildings/{life.Place.Building.Value}";
        Told(await Send(engineer, building + "/meters/new", [("service", "Gas"), .. fresh])).ShouldContain("уже есть на этой территории");
        Told(await Send(
            engineer, building + "/meters/new",
            [("service", "Gas"), .. fresh.Where(f => f.Item1 != "serial"), ("serial", "G-77002")])).ShouldContain("Установка записана.");
        Told(await engineer.Get(building)).ShouldContain("G-77002");
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("auditor")]
    public async Task Who_only_reads_sees_the_life_and_no_form(string login)
    {
        var (account, life, _) = await Meter("комсомольская 13 7");
        using var reader = await Visitor.SignIn(city, login);
        var page = $"{account}/meters/{life.Place.Id.Value}";
        (await reader.Get(page)).Page.ShouldNotContain(page + "/verify");
        foreach (var step in new[] { "/verify", "/seal", "/unseal", "/replace", "/remove" })
            (await reader.Post(page + step)).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get(page + "/melt")).Status.ShouldBe(HttpStatusCode.NotFound);
        var foreign = (await city.Find("комсомольская 12 5", city.North)).Accounts[0].Id.Value;
        (await engineer.Get($"/console/accounts/{foreign}/meters/{life.Place.Id.Value}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>An account's page, its meter of one register, and the whole number that it shows.</summary>
    private async Task<(string Account, MeterLife Life, long Last)> Meter(string address)
    {
        var account = (await city.Find(address, city.North)).Accounts[0];
        await using var scope = city.Server.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<IRegistryDesk>();
        var card = (await desk.FindAccount(account.Id, [city.North.Id], Stop))!;
        var meter = card.Meters.First(m => m.Zones is [Zone.Single] && m.Removed is null);
        var life = (await scope.ServiceProvider.GetRequiredService<IMeterBook>().Find(meter.Id, Stop))!;
        var readings = await scope.ServiceProvider.GetRequiredService<IMetering>().LatestReadings([meter.Id], 1, Stop);
        return ($"/console/accounts/{account.Id.Value}", life, readings[meter.Id].First().Values[0].Index.ToExact().Floor() + 1);
    }

    /// <summary>The number of another meter of the same service in the same house.</summary>
    private async Task<string> Another(MeterPlace meter)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var house = (await scope.ServiceProvider.GetRequiredService<IRegistry>().ReadBuildings([meter.Building], Stop))[0];
        return house.Premises.SelectMany(p => p.Meters).First(m => m.Service == meter.Service && m.Id != meter.Id).Serial;
    }

    private async Task<int> Records(MeterId meter)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var life = await scope.ServiceProvider.GetRequiredService<IMeterBook>().Find(meter, Stop);
        return life!.Lines.Count + (await scope.ServiceProvider.GetRequiredService<IMeterLife>().ListReadings(meter, Stop)).Count;
    }

    /// <summary>Opens the form and sends it.</summary>
    internal static async Task<(HttpStatusCode Status, string Page)> Send(Visitor visitor, string path, params (string, string)[] typed)
    {
        var form = (await visitor.Get(path)).Page;
        return await visitor.Post(path, [.. typed, Version(form)]);
    }

    internal static (string Name, string Value) Version(string page) =>
        ("version", VersionField().Match(page).Groups["version"].Value);

    private static string Told((HttpStatusCode Status, string Page) answer) => answer.Page.Replace('\u00A0', ' ');

    [GeneratedRegex("name=\"version\" value=\"(?<version>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex VersionField();

    [GeneratedRegex("href=\"(?<path>/console/accounts/\\d+/meters/\\d+)/verify\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Next();
}

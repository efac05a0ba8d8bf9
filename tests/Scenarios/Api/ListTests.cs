using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Api.Keys;
using Shouldly;

namespace Ochag.Scenarios.Api;

/// <summary>Lists in pages, charges with their workings, and the refusals that no handler of ours makes.</summary>
public sealed class ListTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/accounts", 5)]
    [InlineData("/accounts", 500)]
    [InlineData("/buildings", 1)]
    [InlineData("/territories", 1)]
    public async Task A_list_has_each_row_once_however_it_is_cut(string path, int limit)
    {
        using var robot = await Robot.With(city.Server, null, [Scopes.Registers]);
        var ids = (await robot.Walk(path, limit)).Select(i => i.GetProperty("id").GetInt64()).ToList();
        ids.ShouldBe(ids.Distinct().Order());
        ids.Count.ShouldBeGreaterThan(2);
        ids.ShouldBe((await robot.Walk(path, 3)).Select(i => i.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task What_is_added_between_two_pages_moves_nothing()
    {
        using var robot = await Robot.With(city.Server, city.South.Id, [Scopes.Registers]);
        var before = (await robot.Walk("/buildings", 500)).Count;
        await Add("1");
        await Add("2");
        var added = 2;
        var walked = await robot.Walk("/buildings", 1, async () =>
        {
            if (added < 4)
                await Add($"{++added}");
        });
        var ids = walked.Select(b => b.GetProperty("id").GetInt64()).ToList();
        ids.ShouldBe(ids.Distinct().Order());
        ids.Count.ShouldBe(before + added);

        async Task Add(string number)
        {
            await using var scope = city.Server.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddHouses(
                city.South.Id, [new($"г. Южный, ул. Новая, д. {number}", $"api:{Guid.NewGuid()}")], Stop);
        }
    }

    [Fact]
    public async Task A_filter_shows_what_it_names_and_nothing_foreign()
    {
        var account = (await city.Find("комсомольская 11 5", city.North)).Accounts[0];
        using var robot = await Robot.With(city.Server, city.North.Id, [Scopes.Registers]);
        var found = (await robot.Walk($"/accounts?number={account.Number}", 10)).Single();
        found.GetProperty("id").GetInt64().ShouldBe(account.Id.Value);
        (await robot.Walk($"/accounts?territory={city.Foreign.Id.Value}", 10)).ShouldBeEmpty();
        (await robot.Walk($"/buildings?territory={city.South.Id.Value}", 10)).ShouldBeEmpty();
        var building = await robot.Walk($"/accounts?building={account.Building.Value}", 5);
        building.ShouldAllBe(a => a.GetProperty("building").GetInt64() == account.Building.Value);
        var rooms = await robot.Walk($"/buildings/{account.Building.Value}/premises", 5);
        rooms.Select(r => r.GetProperty("id").GetInt64()).ShouldBeUnique();
        rooms.Count.ShouldBe(12);
    }

    [Theory]
    [InlineData("?limit=0", "api.limit-wrong")]
    [InlineData("?limit=501", "api.limit-wrong")]
    [InlineData("?limit=many", "api.request-unreadable")]
    [InlineData("?territory=x", "api.request-unreadable")]
    [InlineData("?after=", "api.cursor-wrong")]
    [InlineData("?after=garbage", "api.cursor-wrong")]
    [InlineData("?after=%00%01", "api.cursor-wrong")]
    [InlineData("?after=YnVpbGRpbmdzOjE", "api.cursor-wrong", "that of another list")]
    [InlineData("?after=YWNjb3VudHM6LTE", "api.cursor-wrong", "accounts:-1")]
    public async Task A_page_that_cannot_be_is_refused(string query, string code, string? why = null)
    {
        using var robot = await Robot.With(city.Server, null, [Scopes.Registers]);
        var answer = await robot.Get("/accounts" + query);
        answer.Status.ShouldBe(HttpStatusCode.BadRequest, why);
        answer.Code.ShouldBe(code, why);
    }

    [Fact]
    public async Task A_charge_and_its_working_come_to_the_same_and_speak_the_callers_language()
    {
        var account = (await city.Find("комсомольская 11 5", city.North)).Accounts[0];
        using var robot = await Robot.With(city.Server, city.North.Id, [Scopes.Charges]);
        var charges = (await robot.Get($"/accounts/{account.Id.Value}/charges?month=2026-09")).Json;
        var lines = charges.GetProperty("lines").EnumerateArray().ToList();
        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(l => l.GetProperty("month").GetString() == "2026-09");
        var all = (await robot.Get($"/accounts/{account.Id.Value}/charges")).Json;
        all.GetProperty("lines").EnumerateArray().Sum(l => l.GetProperty("total").GetProperty("minor").GetInt64())
            .ShouldBe(all.GetProperty("balance").GetProperty("minor").GetInt64());
        var line = lines[0];
        var path = string.Create(CultureInfo.InvariantCulture,
            $"/accounts/{account.Id.Value}/charges/2026-09/{line.GetProperty("run").GetInt64()}/{line.GetProperty("line").GetInt32()}");
        foreach (var (language, word) in new[] { ("ru", "Тариф"), ("uk", "Тариф"), ("en", "Tariff") })
        {
            var working = await robot.Get(path, language);
            working.Json.GetProperty("verdict").GetString().ShouldBe("agrees");
            working.Json.GetProperty("steps").GetArrayLength().ShouldBeGreaterThan(0);
            working.Body.ShouldContain(word, Case.Insensitive);
        }

        (await robot.Get($"/accounts/{account.Id.Value}/charges?month=2026-13")).Code.ShouldBe("api.month-wrong");
    }

    [Fact]
    public async Task Whatever_goes_wrong_is_told_as_a_problem_and_never_as_a_page()
    {
        using var robot = await Robot.With(city.Server, null, Scopes.All);
        await Told(await robot.Get("/nothing"), 404, "api.not-found");
        await Told(await robot.Get("/accounts/x"), 404, "api.not-found");
        await Told(await robot.Get("/../v2/accounts"), 404, "api.not-found");
        var wrong = await robot.Send("DELETE", "/accounts");
        await Told(wrong, 405, "api.method-wrong");
        wrong.Allow.ShouldBe("GET");
        await Told(await robot.Get("/readings"), 405, "api.method-wrong");
        await Told(await robot.Post("/readings", "a=b", "t", null, "application/x-www-form-urlencoded"), 415, "api.body-not-json");
        await Told(await robot.Post("/readings", new('x', 1024 * 1024 + 1), "t"), 413, "api.body-too-large");
        foreach (var (language, word) in new[] { ("ru", "нет ничего"), ("uk", "немає нічого"), ("en", "nothing"), ("de", "нет ничего") })
            (await robot.Get("/nothing", language)).Json.GetProperty("detail").GetString()!.ShouldContain(word);

        static Task Told(Answer answer, int status, string code)
        {
            ((int)answer.Status).ShouldBe(status, answer.Body);
            answer.Type.ShouldBe("application/problem+json");
            answer.Code.ShouldBe(code);
            answer.Json.GetProperty("status").GetInt32().ShouldBe(status);
            answer.Json.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
            return Task.CompletedTask;
        }
    }
}

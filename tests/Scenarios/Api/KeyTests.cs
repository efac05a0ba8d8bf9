using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;
using Ochag.Storage;
using Shouldly;

namespace Ochag.Scenarios.Api;

/// <summary>Who is let in at the interface, and what he sees: every endpoint with every kind of key.</summary>
public sealed class KeyTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_lets_in_only_the_key_with_its_scope_and_only_to_its_own_territory()
    {
        var calls = await Calls();
        var endpoints = city.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ScopeOfEndpoint>() is not null).ToList();
        endpoints.Select(e => "/" + e.RoutePattern.RawText!.Trim('/')).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe(calls.Select(c => c.Pattern).Order(StringComparer.Ordinal), "every endpoint of the interface is called here");
        using var nobody = Robot.Without(city.Server);
        using var guesser = Robot.Without(city.Server, "ochag_" + new string('a', 43));
        using var right = await Robot.With(city.Server, city.North.Id, Scopes.All);
        foreach (var call in calls)
        {
            using var lacking = await Robot.With(city.Server, city.North.Id, [.. Scopes.All.Where(s => s != call.Scope)]);
            await Refused(call, nobody, call.Own, HttpStatusCode.Unauthorized, "api.key-missing");
            await Refused(call, guesser, call.Own, HttpStatusCode.Unauthorized, "api.key-unknown");
            await Refused(call, lacking, call.Own, HttpStatusCode.Forbidden, "api.scope-missing");
            ((int)(await call.Send(right, call.Own)).Status).ShouldBeLessThan(300, call.Own);
            if (call.Foreign is null)
                continue;
            var foreign = await Refused(call, right, call.Foreign, HttpStatusCode.NotFound, "api.not-found");
            var absent = await Refused(call, right, call.Absent!, HttpStatusCode.NotFound, "api.not-found");
            Without(foreign).ShouldBe(Without(absent), "what is foreign is answered like what is not there");
        }
    }

    [Fact]
    public async Task A_key_that_is_over_or_revoked_lets_nobody_in_and_its_secret_is_nowhere()
    {
        var (key, secret) = await Robot.Key(city.Server, null, [Scopes.Registers]);
        using var robot = Robot.Without(city.Server, secret);
        (await robot.Get("/territories")).Status.ShouldBe(HttpStatusCode.OK);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
        var row = await db.Set<ApiKey>().AsNoTracking().SingleAsync(k => k.Id == key.Id, Stop);
        row.UsedAt.ShouldBe(city.Server.Clock.GetCurrentInstant());
        row.Hash.ShouldNotContain(secret);
        secret.ShouldStartWith(row.Hint);
        secret.Length.ShouldBe("ochag_".Length + 43, "256 bits");

        await scope.ServiceProvider.GetRequiredService<KeyBook>().Revoke(key.Id, Stop);
        (await robot.Get("/territories")).Code.ShouldBe("api.key-unknown");

        var (old, oldSecret) = await Robot.Key(city.Server, null, [Scopes.Registers]);
        await db.Set<ApiKey>().Where(k => k.Id == old.Id).ExecuteUpdateAsync(
            set => set.SetProperty(k => k.ExpiresAt, city.Server.Clock.GetCurrentInstant()), Stop);
        using var late = Robot.Without(city.Server, oldSecret);
        (await late.Get("/territories")).Code.ShouldBe("api.key-unknown");
    }

    [Fact]
    public async Task The_interface_takes_no_cookie_and_the_console_no_key()
    {
        using var visitor = await Visitor.SignIn(city, "administrator");
        (await visitor.Get("/api/v1/territories")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var (_, secret) = await Robot.Key(city.Server, null, Scopes.All);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = city.Server.Root };
        http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
        using var answer = await http.GetAsync(new Uri("/console", UriKind.Relative), Stop);
        answer.Headers.Location!.OriginalString.ShouldContain("/console/sign-in");
        using var preflight = new HttpRequestMessage(HttpMethod.Get, "/api/v1/territories");
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        using var other = await http.SendAsync(preflight, Stop);
        other.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
        other.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Names_are_masked_without_the_right_to_see_them_and_each_card_is_written_down()
    {
        var account = (await city.Find("комсомольская 11 5", city.North)).Accounts[0];
        var (key, secret) = await Robot.Key(city.Server, city.North.Id, [Scopes.Registers]);
        using var masked = Robot.Without(city.Server, secret);
        using var open = await Robot.With(city.Server, city.North.Id, [Scopes.Registers, Scopes.Persons]);
        var card = await masked.Get($"/accounts/{account.Id.Value}");
        card.Body.ShouldNotContain(account.Holder!);
        card.Json.GetProperty("masked").GetBoolean().ShouldBeTrue();
        var whole = (await open.Get($"/accounts/{account.Id.Value}")).Json;
        whole.GetProperty("holders")[0].GetProperty("name").GetString().ShouldBe(account.Holder);
        whole.GetProperty("masked").GetBoolean().ShouldBeFalse();

        await using var scope = city.Server.Services.CreateAsyncScope();
        var line = await scope.ServiceProvider.GetRequiredService<OchagDb>().Set<AuditLine>().AsNoTracking()
            .SingleAsync(l => l.Login == $"api:{key.Name}", Stop);
        (line.Action, line.Object, line.TerritoryId, line.StaffId).ShouldBe(
            (AuditActions.AccountRead, account.Number, city.North.Id.Value, null));
    }

    [Fact]
    public async Task A_key_has_its_own_limit_and_is_told_when_to_come_again()
    {
        using var hasty = await Robot.With(city.Server, city.North.Id, [Scopes.Registers], perMinute: 3);
        using var other = await Robot.With(city.Server, city.North.Id, [Scopes.Registers], perMinute: 3);
        for (var i = 0; i < 3; i++)
            (await hasty.Get("/territories")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await hasty.Get("/territories", "en");
        refused.Status.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Code.ShouldBe("api.too-many-requests");
        int.Parse(refused.RetryAfter!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await other.Get("/territories")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Without(Answer answer) =>
        answer.Body.Replace(answer.Json.GetProperty("id").GetString()!, "", StringComparison.Ordinal);

    private static async Task<Answer> Refused(Call call, Robot robot, string path, HttpStatusCode status, string code)
    {
        var answer = await call.Send(robot, path);
        answer.Status.ShouldBe(status, path);
        answer.Type.ShouldBe("application/problem+json", path);
        answer.Code.ShouldBe(code, path);
        return answer;
    }

    private sealed record Call(string Pattern, string Scope, string Own, string? Foreign = null, string? Absent = null, string? Body = null)
    {
        public Task<Answer> Send(Robot robot, string path) =>
            Body is null ? robot.Get(path) : robot.Post(path, Body, $"{Guid.NewGuid()}");
    }

    private async Task<List<Call>> Calls()
    {
        const string v1 = "/api/v1";
        var (own, ownLine, body) = await Places(city.North);
        var (far, farLine, _) = await Places(city.Foreign);
        var none = "999999999";
        return
        [
            new(v1 + "/territories", Scopes.Registers, "/territories"),
            new(v1 + "/buildings", Scopes.Registers, "/buildings"),
            new(v1 + "/buildings/{id:long}", Scopes.Registers, $"/buildings/{own.Building.Value}", $"/buildings/{far.Building.Value}",
                "/buildings/" + none),
            new(v1 + "/buildings/{id:long}/premises", Scopes.Registers, $"/buildings/{own.Building.Value}/premises",
                $"/buildings/{far.Building.Value}/premises", $"/buildings/{none}/premises"),
            new(v1 + "/accounts", Scopes.Registers, "/accounts"),
            new(v1 + "/accounts/{id:long}", Scopes.Registers, $"/accounts/{own.Id.Value}", $"/accounts/{far.Id.Value}",
                "/accounts/" + none),
            new(v1 + "/accounts/{id:long}/charges", Scopes.Charges, $"/accounts/{own.Id.Value}/charges",
                $"/accounts/{far.Id.Value}/charges", $"/accounts/{none}/charges"),
            new(v1 + "/accounts/{id:long}/charges/{month}/{run:long}/{number:int}", Scopes.Charges, PathOf(ownLine), PathOf(farLine),
                $"/accounts/{none}/charges/2026-09/{none}/1"),
            new(v1 + "/meters/{id:long}/readings", Scopes.Readings, $"/meters/{body.Meter}/readings",
                $"/meters/{(await Places(city.Foreign)).Body.Meter}/readings", $"/meters/{none}/readings", body.One),
            new(v1 + "/readings", Scopes.Readings, "/readings", null, null, body.Many),
        ];

        static string PathOf(LineKey line) => $"/accounts/{line.Account.Value}/charges/{line.PostedIn}/{line.Run.Value}/{line.Number}";
    }

    private async Task<(FoundAccount Account, LineKey Line, (long Meter, string One, string Many) Body)> Places(TerritoryRecord territory)
    {
        var account = (await city.Find("комсомольская 11 7", territory)).Accounts[0];
        var (_, fields) = await city.Sheet("комсомольская 11 7", territory);
        var field = fields.Last(f => f.IsLively && f.Register.Zone == Zone.Single);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var line = (await scope.ServiceProvider.GetRequiredService<IBilling>().ListCharges(account.Id, Stop))[0];
        var one = ReadingTests.Body(field, field.After());
        return (account, line.Key, (field.Register.Meter.Id.Value, one, ReadingTests.Many((field, field.After()))));
    }
}

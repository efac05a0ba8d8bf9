using System.Net;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Scenarios.Endpoints;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Api.Keys;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>What no browser sends of its own: control characters, forms that are none, addresses that are not whole.</summary>
public sealed class HostileInputTests(CityFixture city)
{
    private static readonly string[] Fields =
    [
        "again", "code", "comment", "evidence", "from", "kind", "language", "login", "month", "name", "password", "q", "reason", "role",
        "scope", "service", "territory", "theme", "to", "value",
    ];

    /// <summary>The framework itself refuses a NUL in a form of this kind; the others are taken out.</summary>
    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u0001\u000B\u001F\u007F\u0085b")]
    public async Task Control_characters_are_no_fault_of_any_form(string text)
    {
        using var visitor = await Visitor.SignIn(city, "administrator");
        foreach (var path in Forms())
        {
            await visitor.Get("/console/own");
            var (status, _) = await visitor.Post(path, [.. Fields.Select(f => (f, text))]);
            ((int)status).ShouldBeLessThan(500, path);
            if (text.Contains('\0', StringComparison.Ordinal))
                status.ShouldBeOneOf([HttpStatusCode.BadRequest, HttpStatusCode.Forbidden], path); // marks are not for administrators
        }
    }

    [Fact]
    public async Task Something_is_found_although_control_characters_were_pasted_into_it()
    {
        using var visitor = await Visitor.SignIn(city, "engineer");
        await visitor.Get("/console/own");
        var (status, page) = await visitor.Post("/console/search", ("q", "Комсо\u000Bмольская\u0001"));
        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("Комсомольская, д. 11");
        (await visitor.Post("/console/sign-in", ("login", "engi\u001Fneer"), ("password", CityFixture.Password))).Status
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_nul_in_a_form_of_parts_is_taken_out_too()
    {
        using var http = new HttpClient { BaseAddress = city.Server.Root };
        var page = await http.GetStringAsync(new Uri("/console/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Actors.TokenField().Match(page).Groups["token"].Value), "__RequestVerificationToken" },
            { new StringContent("engi\0neer"), "login" },
            { new StringContent(CityFixture.Password + "\0"), "password" },
        };
        using var answer = await http.PostAsync(new Uri("/console/sign-in", UriKind.Relative), form, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/console");
    }

    [Theory]
    [InlineData("application/json", "{\"q\":1}")]
    [InlineData("text/plain", "q=1")]
    [InlineData("multipart/form-data", "q=1")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\ncut")]
    [InlineData("application/x-www-form-urlencoded; charset=none", "q=1")]
    [InlineData("application/x-www-form-urlencoded", "%")]
    [InlineData("application/x-www-form-urlencoded", "many")]
    public async Task What_is_no_form_is_refused(string type, string body)
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = city.Server.Root };
        var bytes = Encoding.UTF8.GetBytes(body == "many" ? string.Concat(Enumerable.Repeat("q=1&", 2000)) : body);
        using var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await http.PostAsync(
            new Uri("/console/sign-in", UriKind.Relative), content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/console/people?said=%00&page=-1")]
    [InlineData("/console/audit?page=-1&of=%00&from=%00&to=9999-99-99&who=%00&action=%00")]
    [InlineData("/console/audit?page=99999999999999999999")]
    [InlineData("/console/search?of=%00")]
    [InlineData("/console/search?of=CfDJ8")]
    [InlineData("/console/runs?page=%00&page=2")]
    [InlineData("/console/accounts/1?month=%00")]
    [InlineData("/console/accounts/1?month=2026-13&month=2026-10")]
    [InlineData("/console/accounts/9223372036854775807")]
    [InlineData("/console/accounts/99999999999999999999")]
    [InlineData("/console/accounts/-1")]
    [InlineData("/console/buildings/-1/premises?page=-5&q=%00")]
    [InlineData("/console/rules/1?on=%00&show=%00&year=0")]
    [InlineData("/console/rules/1?on=9999-12-31&year=99999")]
    [InlineData("/console/accounts/1/lines/2026-10/1/99999")]
    [InlineData("/console/set-up?code=%00")]
    [InlineData("/console/link?code=%00%ff%fe")]
    [InlineData("/console/sign-in?to=%00//elsewhere.example&said=%00")]
    [InlineData("/console/%ff%fe")]
    [InlineData("/console/people/00000000-0000-0000-0000-000000000000")]
    public async Task A_broken_address_is_no_fault(string path)
    {
        using var visitor = await Visitor.SignIn(city, "administrator");
        ((int)(await visitor.Get(path)).Status).ShouldBeLessThan(500);
    }

    /// <summary>Every address that takes a form, as the matrix of endpoints calls it.</summary>
    private List<string> Forms()
    {
        var forms = city.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true
                && e.Metadata.GetMetadata<ScopeOfEndpoint>() is null)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(p => p != "/console/sign-out" && !p.EndsWith("/dismiss", StringComparison.Ordinal))
            .Select(p => Examples.All.GetValueOrDefault("POST " + p)?.Absent ?? p).ToList();
        forms.Count.ShouldBeGreaterThan(15);
        return forms;
    }
}

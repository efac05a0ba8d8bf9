using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Audit;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>Who sees what of the desk, and that the journal knows it.</summary>
public sealed partial class DeskAccessTests(CityFixture city)
{
    [Theory]
    [InlineData("engineer")]
    [InlineData("operator")]
    [InlineData("auditor")]
    public async Task What_is_foreign_is_answered_like_what_is_not_there(string login)
    {
        using var visitor = await Visitor.SignIn(city, login);
        var foreign = (await city.Find("комсомольская 11 5", city.Foreign)).Accounts[0];
        var line = await LineOf(foreign.Id);
        foreach (var (theirs, nobodys) in new[]
        {
            ($"/console/accounts/{foreign.Id.Value}", "/console/accounts/999999"),
            ($"/console/buildings/{foreign.Building.Value}", "/console/buildings/999999"),
            ($"/console/buildings/{foreign.Building.Value}/premises", "/console/buildings/999999/premises"),
            ($"/console/buildings/{foreign.Building.Value}/quality", "/console/buildings/999999/quality"),
            ($"/console/rules/{city.Foreign.Id.Value}", "/console/rules/999999"),
            ($"/console/runs/{line.Run.Value}", "/console/runs/999999"),
            ($"/console/runs/{line.Run.Value}/changes", "/console/runs/999999/changes"),
            (Path(foreign.Id, line), Path(new(999999), line)),
            (Path(foreign.Id, line) + "/panel", Path(new(999999), line) + "/panel"),
        })
        {
            var (status, page) = await visitor.Get(theirs);
            status.ShouldBe(HttpStatusCode.NotFound, theirs);
            Blank(page, theirs).ShouldBe(Blank((await visitor.Get(nobodys)).Page, nobodys), theirs);
        }

        (await visitor.Post("/console/search", ("q", foreign.Number))).Page.ShouldNotContain($"/console/accounts/{foreign.Id.Value}\"");
    }

    [Fact]
    public async Task An_account_that_was_read_stands_in_the_journal_and_an_auditor_sees_no_names()
    {
        var account = (await city.Find("комсомольская 12 7", city.North)).Accounts[0];
        using var reader = await Visitor.SignIn(city, "operator");
        (await reader.Get($"/console/accounts/{account.Id.Value}")).Page.ShouldContain(account.Holder!);

        using var auditor = await Visitor.SignIn(city, "auditor");
        (await auditor.Get($"/console/accounts/{account.Id.Value}")).Page.ShouldNotContain(account.Holder!);
        (await auditor.Get($"/console/buildings/{account.Building.Value}")).Page.ShouldNotContain(account.Holder!);
        await auditor.Get("/console/audit");
        var journal = (await auditor.Post("/console/audit", ("who", "operator"), ("what", account.Number), ("action", ""))).Page;
        journal.ShouldContain("Открыт счёт");
        journal.ShouldContain(account.Number);
        (await reader.Get("/console/audit")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_refused_month_says_why_in_the_readers_language_and_keeps_what_was_typed()
    {
        using var visitor = await Visitor.SignIn(city, "engineer");
        await visitor.Get("/console/runs");
        var (status, page) = await visitor.Post("/console/runs", ("territory", "north"), ("month", CityFixture.First.ToString()));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Месяц август 2026 уже проведён");
        page.ShouldContain($"value=\"{CityFixture.First}\"");
        (await visitor.Post("/console/runs", ("territory", "north"), ("month", CityFixture.Next.PlusMonths(1).ToString()))).Page
            .ShouldContain("ноябрь 2026 ещё не закончился");
        (await visitor.Post("/console/runs", ("territory", "foreign"), ("month", "2026-10"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_run_that_nobody_works_on_is_shown_as_interrupted_and_goes_on_by_the_button()
    {
        RunRecord run;
        await using (var scope = city.Server.Services.CreateAsyncScope())
        {
            var runs = scope.ServiceProvider.GetRequiredService<IBillRuns>();
            run = (await runs.Open(city.Foreign, CityFixture.Next, "administrator", CancellationToken.None)).Value;
        }

        using var visitor = await Visitor.SignIn(city, "administrator");
        var path = $"/console/runs/{run.Id.Value}";
        (await visitor.Get(path)).Page.ShouldContain("Прерван");
        var page = (await visitor.Post(path + "/continue")).Page;
        while (!page.Contains("Черновик", StringComparison.Ordinal))
            page = (await visitor.Get(path)).Page;
        page.ShouldContain("утверждает другой сотрудник");
    }

    [Fact]
    public async Task A_dismissed_person_is_out_at_once()
    {
        using var administrator = await Visitor.SignIn(city, "administrator");
        await administrator.Get("/console/people");
        var (_, page) = await administrator.Post(
            "/console/people", ("name", "Новый Человек"), ("login", "newcomer"), ("role", "operator"), ("territory", ""));
        var link = Link().Match(page).Value;
        link.ShouldNotBeEmpty();

        using var newcomer = await Visitor.ByLink(city, link);
        (await newcomer.Get("/console/runs")).Page.ShouldContain("Новый Человек");

        var id = Person().Match(page).Groups["id"].Value;
        await administrator.Post($"/console/people/{id}/dismiss");
        (await newcomer.Get("/console/runs")).Page.ShouldNotContain("Новый Человек");
        (await administrator.Get("/console/people")).Page.ShouldContain("Уволен");
    }

    /// <summary>Otherwise a sibling of a page that is written down could be read without a trace.</summary>
    [Fact]
    public void Every_endpoint_that_shows_a_personal_card_or_changes_something_of_the_desk_is_written_down()
    {
        var endpoints = city.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
        var cards = endpoints.Where(e => e.RoutePattern.RawText is { } path
            && (path.Contains("/accounts/", StringComparison.Ordinal) || path.Contains("/buildings/", StringComparison.Ordinal)
                || ((path.Contains("/people", StringComparison.Ordinal) || path.Contains("/runs", StringComparison.Ordinal))
                    && e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Contains("POST")))).ToList();
        cards.Count.ShouldBeGreaterThan(8);
        cards.Where(e => e.Metadata.GetMetadata<AuditedAs>() is null).Select(e => e.RoutePattern.RawText).ShouldBeEmpty();
    }

    private async Task<LineKey> LineOf(AccountId account)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IBilling>().ListCharges(account, CancellationToken.None))[0].Key;
    }

    private static string Path(AccountId account, LineKey line) =>
        $"/console/accounts/{account.Value}/lines/{line.PostedIn}/{line.Run.Value}/{line.Number}";

    /// <summary>The page without what differs from answer to answer: its own address, the fault's id, the tokens.</summary>
    private static string Blank(string page, string path) => Varying().Replace(page.Replace(path, "", StringComparison.Ordinal), "");

    [GeneratedRegex("[0-9a-f]{32}|CfDJ8[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Varying();

    [GeneratedRegex(
        "newcomer</div>.*?/console/people/(?<id>[0-9a-f-]{36})/", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Person();

    [GeneratedRegex("/console/link\\?code=[0-9a-f]{40}", RegexOptions.None, 1000)]
    private static partial Regex Link();
}

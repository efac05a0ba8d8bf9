using System.Net;
using System.Text.RegularExpressions;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Demo.Tour;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The tour of the demo's examples, as it comes over HTTP: without JavaScript.</summary>
public sealed partial class TourPageTests(TourFixture tour) : IClassFixture<TourFixture>
{
    [Theory]
    [InlineData("ru", "Экскурсия по примерам", "Отказал прибор тепла на доме", "Водоотведение", "октябрь 2026, по прибору")]
    [InlineData("uk", "Екскурсія прикладами", "Відмовив лічильник тепла на будинку", "Водовідведення", "жовтень 2026, за лічильником")]
    [InlineData("en", "Tour of the examples", "The building's heat meter failed", "Drainage", "October 2026, by meter")]
    public async Task The_page_shows_every_stop_in_the_readers_language(
        string language, string title, string stop, string service, string line)
    {
        using var visitor = await Visitor.SignIn(tour.Server, TourFixture.Guide);
        await visitor.Get("/console/own");
        await visitor.Post("/console/language", ("language", language), ("to", "/console"));
        (await visitor.Get("/console")).Page.ShouldContain("href=\"/console/tour\"");
        var page = (await visitor.Get("/console/tour")).Page.Replace('\u00A0', ' ');
        page.ShouldContain($"<h1>{title}</h1>");
        page.ShouldContain(stop);
        page.ShouldContain(service);
        page.ShouldContain(line);
        page.ShouldNotContain("tour."); // a key that has no text
        foreach (var (i, example) in TourStops.All.Index())
            page.ShouldContain($"<li id=\"stop-{example.Key}\" value=\"{i + 1}\">");
    }

    [Fact]
    public async Task Every_link_of_every_stop_leads_to_what_is_there_and_every_working_agrees()
    {
        using var visitor = await Visitor.SignIn(tour.Server, TourFixture.Guide);
        var links = Link().Matches((await visitor.Get("/console/tour")).Page).Select(m => m.Groups["to"].Value).Distinct().ToList();
        var lines = links.Where(l => l.Contains("/lines/", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBe(TourStops.All.Sum(s => s.Lines.Count));
        links.Count(l => l.StartsWith("/console/buildings/", StringComparison.Ordinal)).ShouldBe(TourStops.All.Count);
        foreach (var link in links)
        {
            var (status, page) = await visitor.Get(link);
            status.ShouldBe(HttpStatusCode.OK, link);
            if (lines.Contains(link))
                page.ShouldContain("Пересчитано: сходится", customMessage: link);
        }
    }

    [Fact]
    public async Task Who_sees_no_territory_with_a_tour_is_not_told_of_one()
    {
        using var visitor = await Visitor.SignIn(tour.Server, TourFixture.Stranger);
        (await visitor.Get("/console/tour")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Get("/console")).Page.ShouldNotContain("/console/tour");
    }

    [GeneratedRegex("href=\"(?<to>/console/(accounts|buildings)/[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}

/// <summary>The same in a browser: by the keyboard, on a phone, and past a checker of accessibility.</summary>
public sealed class TourJourneyTests(TourFixture tour, ChromiumFixture chromium)
    : BrowserTests(tour.Server, chromium), IClassFixture<TourFixture>
{
    [Theory]
    [InlineData("ru")]
    [InlineData("uk")]
    [InlineData("en")]
    public async Task The_tour_is_reached_and_left_by_the_keyboard_and_fits_a_phone(string language)
    {
        var page = await Open("/console/sign-in", language);
        await page.FillAsync("#f-login", TourFixture.Guide);
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("t");
        await page.WaitForURLAsync("**/console/tour");
        (await Axe.Serious(page)).ShouldBeEmpty();
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390);
        (await Axe.Serious(page)).ShouldBeEmpty();

        await page.Locator("#stop-late .stop-line").Last.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/lines/**");
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("2026");
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("uk")]
    [InlineData("en")]
    public async Task Every_working_of_the_tour_fits_a_phone(string language)
    {
        var page = await Open("/console/sign-in", language);
        await page.FillAsync("#f-login", TourFixture.Guide);
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
        await page.GotoAsync(new Uri(new(page.Url), "/console/tour").ToString());
        var lines = await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.stop-line')].map(a => a.href)");
        await page.SetViewportSizeAsync(390, 844);
        var wide = new List<string>();
        foreach (var line in lines.Distinct())
        {
            await page.GotoAsync(line);
            wide.AddRange(await page.EvaluateAsync<string[]>(
                """
                document.documentElement.scrollWidth === 390 ? [] : [...document.querySelectorAll('main *')]
                    .filter(e => e.getBoundingClientRect().right > 390).map(e => location.pathname + ' ' + e.className + ' ' + e.tagName)
                """));
        }

        lines.ShouldNotBeEmpty();
        wide.ShouldBeEmpty();
    }
}

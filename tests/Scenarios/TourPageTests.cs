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

    [Theory]
    [InlineData(TourFixture.Guide, "Половинкина Зоя Андреевна", "Третьяков Лев Андреевич")]
    [InlineData(TourFixture.Auditor, "П… З. А.", "Т… Л. А.")]
    public async Task Each_holder_of_an_account_has_a_part_of_the_months_total(string login, string first, string second)
    {
        var page = await Account(login, "holders");
        var parts = page[page.IndexOf("id=\"parts\"", StringComparison.Ordinal)..];
        parts = parts[..parts.IndexOf("</table>", StringComparison.Ordinal)];
        foreach (var told in new[] { first, "2/3", "4 289,21 ₽", second, "1/3", "2 144,61 ₽", "6 433,82 ₽" })
            parts.ShouldContain(told);
        (await Account(login, "late")).ShouldNotContain("id=\"parts\"");
    }

    [Fact]
    public async Task A_companys_account_is_told_the_vat_on_top_and_the_working_its_own_paragraph()
    {
        var page = await Account(TourFixture.Guide, "company");
        page.ShouldContain("НДС сверху");
        page.ShouldContain("Без НДС");
        using var visitor = await Visitor.SignIn(tour.Server, TourFixture.Guide);
        var stop = Stop((await visitor.Get("/console/tour")).Page, "company");
        var working = (await visitor.Get(Links(stop, lines: true)[0])).Page.Replace('\u00A0', ' ');
        working.ShouldContain("сверху НДС 22 %: 54,90 ₽, к оплате 304,45 ₽");
        working.ShouldContain("Правила № 354, п. 43; прил. 2 ф. 1, 23");
        working.ShouldNotContain("п. 42");
    }

    [Theory]
    [InlineData("expired", "Правила № 354, п. 60", "Поверка прибора")]
    [InlineData("refused", "Правила № 354, п. 60", "Контролёра не пустили к прибору")]
    [InlineData("heat-meter", "Правила № 354, п. 59(1)", "молчит дольше, чем можно брать среднее")]
    [InlineData("part-metered", "Тепло помещений с прибором", "Площадь помещений с прибором")]
    [InlineData("negative", "Лишнее по дому", "В помещении 1 чел. из 4 чел. во всём доме")]
    [InlineData("tariff", "С 1-го по 14-е число", "С 15-го по 31-е число")]
    public async Task The_working_of_a_stop_says_what_is_odd(string key, string first, string second)
    {
        using var visitor = await Visitor.SignIn(tour.Server, TourFixture.Guide);
        var stop = Stop((await visitor.Get("/console/tour")).Page, key);
        var pages = new List<string>();
        foreach (var line in Links(stop, lines: true))
            pages.Add((await visitor.Get(line)).Page.Replace('\u00A0', ' '));
        pages.ShouldContain(p => p.Contains(first, StringComparison.Ordinal) && p.Contains(second, StringComparison.Ordinal));
    }

    private async Task<string> Account(string login, string key)
    {
        using var visitor = await Visitor.SignIn(tour.Server, login);
        var stop = Stop((await visitor.Get("/console/tour")).Page, key);
        return (await visitor.Get(Links(stop, lines: false)[0])).Page.Replace('\u00A0', ' ');
    }

    private static List<string> Links(string stop, bool lines) =>
    [
        .. Link().Matches(stop).Select(m => m.Groups["to"].Value).Where(l =>
            l.StartsWith("/console/accounts/", StringComparison.Ordinal) && l.Contains("/lines/", StringComparison.Ordinal) == lines),
    ];

    private static string Stop(string page, string key)
    {
        var from = page[page.IndexOf($"id=\"stop-{key}\"", StringComparison.Ordinal)..];
        return from[..from.IndexOf("</li>", StringComparison.Ordinal)];
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

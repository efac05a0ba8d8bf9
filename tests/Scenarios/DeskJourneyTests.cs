using Microsoft.Playwright;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>From the sign-in to a posted month, as a billing engineer goes: by the keyboard, and without JavaScript.</summary>
public sealed class DeskJourneyTests(CityFixture city, ChromiumFixture chromium) : BrowserTests(city.Server, chromium)
{
    [Fact]
    public async Task An_engineer_goes_from_a_misheard_address_to_the_working_of_a_line_by_the_keyboard_alone()
    {
        var page = await SignIn("engineer");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("Северск Камсамольская 11 5");
        await page.Locator("#found .hits a").First.WaitForAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/console/accounts/*");
        (await page.Locator("h1 + .lead").InnerTextAsync()).ShouldContain("кв. 5");

        await page.Locator("#lines tbody tr").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".working-panel").WaitForAsync();
        (await page.Locator(".working-panel").InnerTextAsync()).ShouldContain("Пересчитано: сходится");
        (await page.EvaluateAsync<bool>("document.activeElement.hasAttribute('data-arrived')")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_started_from_the_console_shows_its_end_without_a_reload_and_is_posted_by_a_second_person()
    {
        var page = await SignIn("engineer");
        await page.GotoAsync("/console/runs");
        await page.SelectOptionAsync("#f-territory", city.North.Code);
        await page.FillAsync("#f-month", CityFixture.Next.ToString());
        await page.PressAsync("#f-month", "Enter");
        await page.WaitForURLAsync("**/console/runs/*");
        await page.Locator("#state .state-suspected", new() { HasText = "Черновик" }).WaitForAsync();
        (await page.Locator("#state").InnerTextAsync()).ShouldContain("утверждает другой сотрудник");
        (await page.Locator("#state form[action$='approve']").CountAsync()).ShouldBe(0);

        var run = page.Url;
        await page.Context.ClearCookiesAsync();
        var second = await SignIn("administrator");
        await second.GotoAsync(run);
        await Accept(second);
        await second.ClickAsync("#state form[action$='approve'] button");
        await second.Locator("#state .state-restored", new() { HasText = "Проведён" }).WaitForAsync();
        await second.ClickAsync("#state form[action$='issue'] button");
        await second.Locator("#state .state-restored", new() { HasText = "Счета выставлены" }).WaitForAsync();
        (await second.Locator(".run-path li.reached").CountAsync()).ShouldBe(4);
    }

    /// <summary>Whatever looks odd in the draft is as it should be.</summary>
    private static async Task Accept(IPage page)
    {
        var run = page.Url;
        await page.GotoAsync($"{run}/anomalies");
        while (await page.Locator("button[value='Accepted']").First.IsVisibleAsync())
            await page.Locator("button[value='Accepted']").First.ClickAsync();
        await page.GotoAsync(run);
    }

    [Fact]
    public async Task The_same_way_works_without_javascript()
    {
        var page = await SignIn("engineer", scripts: false);
        await page.FillAsync("#search", "комсомольская");
        await page.PressAsync("#search", "Enter");
        page.Url.ShouldNotContain("%D0", Case.Insensitive, "what was typed stays out of addresses");
        await page.Locator(".hits a").Last.ClickAsync();
        await page.GoBackAsync();
        (await page.Locator(".hits a").CountAsync()).ShouldBeGreaterThan(1);
        (await page.InputValueAsync("#search")).ShouldBe("комсомольская");

        // One that fits is opened at once.
        await page.FillAsync("#search", "комсомольская 11 южный кв 3");
        await page.PressAsync("#search", "Enter");
        (await page.Locator("h1 + .lead").InnerTextAsync()).ShouldContain("кв. 3");
        await page.Locator("#lines a.money").First.ClickAsync();
        (await page.ContentAsync()).ShouldContain("Пересчитано: сходится");
        await page.ClickAsync(".crumbs a");
        await page.ClickAsync(".crumbs a");
        (await page.TitleAsync()).ShouldContain("Комсомольская, д. 11");

        await page.GotoAsync("/console/runs");
        await page.SelectOptionAsync("#f-territory", city.South.Code);
        await page.FillAsync("#f-month", CityFixture.Next.ToString());
        await page.PressAsync("#f-month", "Enter");
        while (await page.Locator("#state .run-path li.reached").CountAsync() == 0)
            await page.ReloadAsync();
    }

    [Theory]
    [InlineData("/console")]
    [InlineData("/console/runs")]
    [InlineData("/console/rules")]
    [InlineData("/console/rules?part=changes")]
    [InlineData("/console/rules?part=formulas")]
    [InlineData("/console/rules?part=calendar")]
    [InlineData("account")]
    [InlineData("building")]
    [InlineData("working")]
    [InlineData("quality")]
    [InlineData("readings")]
    [InlineData("/console/readings")]
    [InlineData("run")]
    public async Task A_page_fits_a_phone_and_a_checker_of_accessibility_finds_nothing_serious(string place)
    {
        var page = await SignIn("engineer");
        await GoTo(page, place);
        (await Axe.Serious(page)).ShouldBeEmpty();
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390);
        (await Axe.Serious(page)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/console/audit")]
    [InlineData("/console/people")]
    [InlineData("/console/own")]
    public async Task The_pages_of_administrators_are_as_good(string place)
    {
        var page = await SignIn("administrator");
        await page.GotoAsync(place);
        (await Axe.Serious(page)).ShouldBeEmpty();
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390);
    }

    [Fact]
    public async Task The_sign_in_page_has_nothing_serious_either() =>
        (await Axe.Serious(await Open("/console/sign-in"))).ShouldBeEmpty();

    private async Task GoTo(IPage page, string place)
    {
        if (place.StartsWith('/'))
        {
            await page.GotoAsync(place);
            return;
        }

        var account = (await city.Find("комсомольская 11 5", city.North)).Accounts[0];
        await page.GotoAsync(place switch
        {
            "building" => $"/console/buildings/{account.Building.Value}",
            "quality" => $"/console/buildings/{account.Building.Value}/quality",
            "readings" => $"/console/buildings/{account.Building.Value}/readings",
            "run" => "/console/runs",
            _ => $"/console/accounts/{account.Id.Value}?month={CityFixture.First}",
        });
        if (place == "run")
            await page.Locator("main table a").Last.ClickAsync();
        if (place == "working")
            await page.GotoAsync((await page.Locator("#lines a.money").First.GetAttributeAsync("href"))!);
    }

    private async Task<IPage> SignIn(string login, bool scripts = true)
    {
        var page = await Open("/console/sign-in", scripts: scripts);
        await page.FillAsync("#f-login", login);
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
        return page;
    }
}

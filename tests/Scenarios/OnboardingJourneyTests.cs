using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Cli;
using Ochag.Server.Security;
using Ochag.Server.Staff;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>From an empty base to a first billed month through the pages alone.</summary>
public sealed class OnboardingJourneyTests(EmptyBase nobody, ChromiumFixture chromium)
    : BrowserTests(nobody.Server, chromium), IClassFixture<EmptyBase>
{
    private const string Next = ".todo-next .btn-primary";

    [Fact]
    public async Task An_empty_base_becomes_a_billed_month_and_the_list_survives_signing_out()
    {
        MayComplainOf = "422"; // what is refused on the way is answered so
        var root = Server.Root.ToString().TrimEnd('/');
        var page = await Open((await ServeCommand.SetupLink(Server.Services, root, TestContext.Current.CancellationToken))![root.Length..]);
        await SetUp(page);
        await Company(page);
        await Territory(page);
        await page.Locator(Next).ClickAsync();
        (await page.InputValueAsync("#f-territory")).ShouldBe("town");
        (await page.InputValueAsync("#f-kind")).ShouldBe("houses");
        await Houses(page);

        await SignOutAndIn(page);
        await page.GotoAsync("/console");
        (await page.Locator(".todo-done").CountAsync()).ShouldBe(4, "what is in the base is done, whoever looks");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Дома\n10");
        await Look(page);
        await Sample(page);

        await page.GotoAsync("/console/start");
        await page.Locator(Next).ClickAsync();
        (await page.InputValueAsync("#f-month")).ShouldBe("2026-10");
        await page.Locator("form .btn-primary").First.ClickAsync();
        await page.Locator("#state .state-suspected", new() { HasText = "Черновик" }).WaitForAsync();
        (await page.Locator("#state").InnerTextAsync()).ShouldContain("утверждает другой сотрудник");
        await Approve(page);
        await page.GotoAsync("/console/start");
        (await page.Locator("h2").AllInnerTextsAsync()).ShouldContain("Все территории уже считаются");
    }

    private static async Task SetUp(IPage page)
    {
        await page.FillAsync("#f-name", "Первая");
        await page.FillAsync("#f-login", "first");
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.FillAsync("#f-again", CityFixture.Password);
        await page.PressAsync("#f-again", "Enter");
        await page.WaitForURLAsync("**/console/second-factor/**"); // offered first; optional here
        await page.GotoAsync("/console");
    }

    private static async Task Company(IPage page)
    {
        await Look(page);
        await page.Locator(Next).ClickAsync();
        await page.FillAsync("#f-name", "ООО «Тепло»");
        await page.FillAsync("#f-taxNumber", "7707083890");
        await page.PressAsync("#f-taxNumber", "Enter");
        (await page.Locator("#e-taxNumber").InnerTextAsync()).ShouldContain("контрольную сумму");
        await Look(page);
        await page.FillAsync("#f-taxNumber", "7707083893");
        await page.PressAsync("#f-taxNumber", "Enter");
        (await page.Locator(".brand-of").First.InnerTextAsync()).ShouldBe("ООО «Тепло»");
    }

    private static async Task Territory(IPage page)
    {
        await page.Locator(Next).ClickAsync();
        await page.FillAsync("#f-name", "Городок");
        await page.FillAsync("#f-code", "Город");
        await page.FillAsync("#f-zone", "омск, UTC+6");
        await page.PressAsync("#f-zone", "Enter");
        (await page.Locator("#e-code").InnerTextAsync()).ShouldContain("не годится");
        await Look(page);
        await page.FillAsync("#f-code", "town");
        await page.FillAsync("#f-zone", "Нигде");
        await page.PressAsync("#f-zone", "Enter");
        (await page.Locator("#e-zone").InnerTextAsync()).ShouldContain("Часового пояса Нигде нет");
        await page.FillAsync("#f-zone", "Омск");
        await page.FillAsync("#f-since", "1926-10");
        await page.PressAsync("#f-since", "Enter");
        await page.Locator("#e-since").WaitForAsync();
        await page.FillAsync("#f-since", "2026-10");
        await page.PressAsync("#f-since", "Enter");
        await page.WaitForURLAsync("**/console/start");
        await page.GotoAsync("/console/territories");
        (await page.Locator("tbody").InnerTextAsync()).ShouldContain("Asia/Omsk");
        await Look(page);
        await page.GotoAsync("/console/start");
    }

    private static async Task Houses(IPage page)
    {
        var file = "id;address;year;floors;flats\n" + string.Concat(Enumerable.Range(1, 10)
            .Select(i => $"H-{i};г. Городок, ул. Первая, д. {i};1975;2;4\n"));
        await page.SetInputFilesAsync(
            "#f-file", new FilePayload { Name = "дома.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(file) });
        await page.Locator("form .btn-primary").First.ClickAsync();
        await page.GetByText("Взять строк: 10").ClickAsync();
        await page.GetByText("Что сделать дальше").WaitForAsync();
        await page.GetByText("Что сделать дальше").ClickAsync();
    }

    /// <summary>A second person looks the draft through and approves it.</summary>
    private async Task Approve(IPage page)
    {
        await using (var scope = Server.Services.CreateAsyncScope())
        {
            (await scope.ServiceProvider.GetRequiredService<StaffDirectory>().Create(
                "second", "Вторая", CityFixture.Password, [(Roles.Administrator, null)], "test")).Succeeded.ShouldBeTrue();
        }

        var run = page.Url;
        await SignOutAndIn(page, "second");
        await page.GotoAsync($"{run}/anomalies");
        await Look(page);
        while (await page.Locator("button[value='Accepted']").CountAsync() > 0)
            await page.Locator("button[value='Accepted']").First.ClickAsync();
        await page.GotoAsync(run);
        await Look(page);
        await page.ClickAsync("#state form[action$='approve'] button");
        await page.Locator("#state .state-restored", new() { HasText = "Проведён" }).WaitForAsync();
    }

    private static async Task SignOutAndIn(IPage page, string login = "first")
    {
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync("/console/sign-in");
        await page.FillAsync("#f-login", login);
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
    }

    private static async Task Sample(IPage page)
    {
        await page.GotoAsync("/console/start");
        await page.Locator(".more summary").ClickAsync();
        await page.FillAsync("#f-houses", "0");
        await page.PressAsync("#f-houses", "Enter");
        await page.Locator("#e-houses").WaitForAsync();
        await Look(page);
        await page.FillAsync("#f-houses", "5");
        await page.PressAsync("#f-houses", "Enter");
        await page.Locator("#state a.btn-primary").ClickAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Лицевые счета\n20");
        await page.GotoAsync("/console/tariffs?territory=town");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("выдуманные тарифы, чтобы попробовать");
        await Look(page);
    }

    private static async Task Look(IPage page) => (await Axe.Serious(page)).ShouldBeEmpty(page.Url);
}

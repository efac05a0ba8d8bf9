using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The closing sheet on its page, and a whole month taken away as tables.</summary>
public sealed class ClosingPageTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_sheet_of_a_posted_month_tells_services_tariffs_and_buildings_and_each_comes_to_the_run()
    {
        var run = await Run();
        using var auditor = await Visitor.SignIn(city, "auditor");
        (await auditor.Get($"/console/runs/{run.Id.Value}")).Page.ShouldContain($"/console/runs/{run.Id.Value}/sheet");
        var services = (await auditor.Get($"/console/runs/{run.Id.Value}/sheet")).Page;
        foreach (var view in new[] { services, await View(auditor, run, "tariff"), await View(auditor, run, "building") })
        {
            view.ShouldContain("Итоговая ведомость");
            view.ShouldContain("АО «Очаг»");
            Feet(view).ShouldBe(Money(run.Total), "the foot of every view is the run's total");
        }

        services.ShouldContain("Общедомовые нужды");
        (await View(auditor, run, "tariff")).ShouldContain("внутри");
        (await View(auditor, run, "building")).ShouldContain("Комсомольская");
        (await View(auditor, run, "nonsense")).ShouldContain("Из чего сложилось", customMessage: "a view that is not there is the first");
        (await View(auditor, run, "building&page=99")).ShouldContain("Комсомольская", customMessage: "past the end is the last page");
    }

    [Fact]
    public async Task Lines_bills_and_buildings_of_a_month_go_out_whole_in_both_forms_and_come_to_its_total()
    {
        var run = await Run();
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get($"/console/runs/{run.Id.Value}/sheet")).Page.ShouldContain("name=\"kind\" value=\"lines\"");
        foreach (var (kind, rows) in new[] { ("lines", run.Lines), ("bills", run.Accounts), ("buildings", 2) })
        {
            var table = Rows(await Take(engineer, kind, "csv"));
            (table.Count - 1).ShouldBe((int)rows, kind);
            table.Skip(1).Sum(r => Kopecks(r.Split(',')[^2])).ShouldBe(run.Total.Minor, kind);
            table[0].ShouldNotContain("Владелец");
        }

        Rows(await Take(engineer, "lines", "csv"))[0].ShouldBe(
            "Лицевой счёт,Адрес,Помещение,Номер счёта,Услуга,Что начислено,На основании,Объём,Единица,Сумма,\"Ставка НДС, %\",НДС,"
            + "К оплате,Валюта");
        Rows(await Take(engineer, "sheet", "csv")).Skip(1).Sum(r => Kopecks(r.Split(',')[^2])).ShouldBe(run.Total.Minor);
        var (status, book) = await engineer.PostForBytes("/console/exports", Wish("lines", "xlsx"));
        status.ShouldBe(HttpStatusCode.OK);
        using var zip = new ZipArchive(new MemoryStream(book));
        using var sheet = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        (await sheet.ReadToEndAsync(Stop)).Split("<row ").Length.ShouldBe((int)run.Lines + 2, "a head and the lines");
        using var auditor = await Visitor.SignIn(city, "auditor");
        await auditor.Get("/console/audit");
        (await auditor.Post("/console/audit", ("who", "engineer"), ("action", "table-exported"))).Page
            .ShouldContain($"lines-north-{CityFixture.First}.csv: {run.Lines} rows, no names");
    }

    [Fact]
    public async Task A_month_that_is_not_posted_a_foreign_one_and_a_sheet_of_one_house_are_refused()
    {
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get("/console/exports");
        var (status, page) = await engineer.Post(
            "/console/exports", ("territory", "north"), ("kind", "lines"), ("month", $"{CityFixture.Next.PlusMonths(1)}"),
            ("format", "csv"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("ещё не проведён");
        (await engineer.Post("/console/exports", ("territory", "north"), ("kind", "bills"), ("format", "csv"))).Page
            .ShouldContain("Укажите месяц начислений");
        (await engineer.Post(
            "/console/exports", ("territory", "foreign"), ("kind", "lines"), ("month", $"{CityFixture.First}"), ("format", "csv"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        var house = (await city.Find("комсомольская 11 5", city.North)).Accounts[0].Building;
        (await engineer.Post(
            "/console/exports", ("building", $"{house.Value}"), ("kind", "sheet"), ("month", $"{CityFixture.First}"), ("format", "csv")))
            .Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var one = await engineer.Post(
            "/console/exports", ("building", $"{house.Value}"), ("kind", "bills"), ("month", $"{CityFixture.First}"), ("format", "csv"));
        Rows(one.Page).Count.ShouldBe(13, "a head and twelve flats");
    }

    private async Task<RunRecord> Run()
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IBilling>().ListRuns([city.North.Id], Stop))
            .Single(r => r.Period == CityFixture.First);
    }

    private static async Task<string> View(Visitor visitor, RunRecord run, string by) =>
        (await visitor.Get($"/console/runs/{run.Id.Value}/sheet?by={by}")).Page;

    private static (string, string)[] Wish(string kind, string format) =>
        [("territory", "north"), ("kind", kind), ("month", $"{CityFixture.First}"), ("format", format)];

    private static async Task<string> Take(Visitor visitor, string kind, string format)
    {
        var (status, page) = await visitor.Post("/console/exports", Wish(kind, format));
        status.ShouldBe(HttpStatusCode.OK, page);
        return page;
    }

    /// <summary>The last sum of the last foot on the page.</summary>
    private static string Feet(string page)
    {
        var foot = page[page.LastIndexOf("<tfoot>", StringComparison.Ordinal)..page.LastIndexOf("</tfoot>", StringComparison.Ordinal)];
        var sum = foot[(foot.LastIndexOf("class=\"money", StringComparison.Ordinal))..];
        var text = sum[(sum.IndexOf('>', StringComparison.Ordinal) + 1)..sum.IndexOf("</", StringComparison.Ordinal)];
        return string.Concat(text.Where(char.IsAsciiDigit));
    }

    private static string Money(Ochag.Foundation.Money sum) => sum.Minor.ToString(CultureInfo.InvariantCulture);

    private static List<string> Rows(string csv) => [.. csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    private static long Kopecks(string sum) =>
        long.Parse(sum.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
}

/// <summary>The same in the browser.</summary>
public sealed class ClosingBrowserTests(CityFixture city, ChromiumFixture chromium) : BrowserTests(city.Server, chromium)
{
    [Fact]
    public async Task One_table_after_another_is_taken_from_the_same_page()
    {
        var page = await Open("/console/sign-in");
        await page.FillAsync("#f-login", "engineer");
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
        await page.GotoAsync("/console/runs");
        await page.Locator("main table a", new() { HasText = "Август 2026" }).First.ClickAsync();
        await page.GetByText("Итоговая ведомость").ClickAsync();
        await page.WaitForURLAsync("**/sheet");
        foreach (var (kind, format) in new[] { ("lines", "xlsx"), ("lines", "csv"), ("bills", "csv"), ("bills", "csv") })
        {
            var file = await page.RunAndWaitForDownloadAsync(() =>
                page.Locator($"form:has(input[value={kind}]) button[value={format}]").ClickAsync());
            file.SuggestedFilename.ShouldStartWith($"{kind}-");
            file.SuggestedFilename.ShouldEndWith($".{format}");
        }

        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(page.ViewportSize!.Width);
    }
}

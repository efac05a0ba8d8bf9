using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The page of a building's quality hours, as it comes over HTTP: without JavaScript.</summary>
public sealed partial class QualityPageTests(CityFixture city)
{
    private static readonly (string Name, string Value)[] Break =
    [
        ("service", "HotWater"), ("kind", "Break"), ("from", "2026-08-03T08:00"), ("to", "2026-08-04T00:00"), ("scope", "all"),
        ("evidence", "акт 17 от 05.08.2026"),
    ];

    [Fact]
    public async Task An_engineer_looks_what_hours_would_change_records_them_once_and_withdraws_them()
    {
        var house = await House("комсомольская 12 3");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var form = Key().Match((await engineer.Get(house)).Page).Groups["key"].Value;
        (string, string)[] filled = [.. Break, ("form", form)];

        var (checkedStatus, preview) = await engineer.Post(house + "/check", filled);
        checkedStatus.ShouldBe(HttpStatusCode.OK);
        Plain(preview).ShouldContain("Часов: 16. Счетов: 12.");
        Plain(preview).ShouldContain("Месяцы уже проведены: август 2026");
        preview.ShouldContain("Пока ничего не записано");
        Key().Match(preview).Groups["key"].Value.ShouldBe(form, "the form stays the same form");
        preview.ShouldContain("value=\"2026-08-03T08:00\"");
        preview.ShouldContain("По этому дому перерывов и отклонений не записано");

        var recorded = Plain((await engineer.Post(house, filled)).Page);
        recorded.ShouldContain("Записано.");
        recorded.ShouldContain("3 августа 2026, 08:00");
        recorded.ShouldContain("акт 17 от 05.08.2026");
        recorded.ShouldContain("записал engineer");
        recorded.ShouldContain("Ждёт перерасчёта");
        var again = (await engineer.Post(house, filled)).Page;
        Event().Count(again).ShouldBe(1, "the same form records once");
        (await engineer.Post(house, [.. filled.Where(f => f.Item1 != "to"), ("to", "2026-08-05T00:00")])).Page
            .ShouldContain("Эта форма уже записана");

        var fact = Event().Match(again).Groups["fact"].Value;
        (await engineer.Post($"{house}/{fact}/withdraw")).Page.ShouldContain("Запись отозвана");
        var (twice, page) = await engineer.Post($"{house}/{fact}/withdraw");
        twice.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Запись уже отозвана");
        Event().Count(page).ShouldBe(1, "a withdrawn record stays in the list");
        (await engineer.Post($"{house}/999999/withdraw")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_refused_form_comes_back_whole_with_every_fault_at_its_field_and_nothing_is_written()
    {
        var house = await House("комсомольская 11 5 южный", city.South);
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get(house);
        var (status, page) = await engineer.Post(
            house, ("service", "HotWater"), ("kind", "Temperature"), ("from", "2026-08-04T08:00"), ("to", "2026-08-03T08:00"),
            ("scope", "some"), ("norm", "тепло"), ("series", "04.08.2026 09:00 48,5\nкак-то так"), ("evidence", ""));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Укажите число, как 20 или 20,5.");
        page.ShouldContain("Строка 2 не читается: «как-то так».");
        page.ShouldContain("04.08.2026 09:00 48,5\nкак-то так");

        (status, page) = await engineer.Post(
            house, ("service", "HotWater"), ("kind", "Temperature"), ("from", "2026-08-04T08:00"), ("to", "2026-08-03T08:00"),
            ("scope", "some"), ("series", "04.08.2026\t09:00\t148,5"), ("evidence", ""));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Конец не может быть раньше начала.");
        page.ShouldContain("Отметьте хотя бы один счёт или выберите весь дом.");
        page.ShouldContain("Замер 04.08.2026 09:00: значение бывает от 0 до 100.");
        page.ShouldContain("Укажите акт");
        page.ShouldContain("href=\"" + house + "#f-to\"");
        page.ShouldContain("По этому дому перерывов и отклонений не записано");
        (await engineer.Post(house)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_account_of_another_building_and_a_building_of_another_territory_are_refused()
    {
        var house = await House("комсомольская 11 5");
        var other = (await city.Find("комсомольская 12 7", city.North)).Accounts[0].Id.Value;
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get(house);
        (await engineer.Post(house, [.. Break.Where(f => f.Name != "scope"), ("scope", "some"), ("accounts", $"{other}")])).Page
            .ShouldContain("Среди отмеченных есть счёт другого дома.");
        var foreign = await House("комсомольская 11 5", city.Foreign);
        foreach (var path in new[] { foreign, foreign + "/check", foreign + "/1/withdraw" })
            (await engineer.Post(path, Break)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        (await engineer.Get(foreign)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("auditor")]
    public async Task Who_only_reads_sees_the_list_and_no_form(string login)
    {
        var house = await House("комсомольская 11 5");
        using var reader = await Visitor.SignIn(city, login);
        var (status, page) = await reader.Get(house);
        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldNotContain("name=\"service\"");
        (await reader.Post(house, Break)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.Post(house + "/check", Break)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await reader.Post(house + "/1/withdraw")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Measured_values_of_one_flat_are_shown_and_stand_in_the_journal()
    {
        var house = await House("комсомольская 11 5");
        var account = (await city.Find("комсомольская 11 5", city.North)).Accounts[0];
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get(house);
        var page = Plain((await engineer.Post(
            house, ("service", "HotWater"), ("kind", "Temperature"), ("from", "2026-09-03T08:00"), ("to", "2026-09-04T00:00"),
            ("scope", "some"), ("accounts", $"{account.Id.Value}"), ("series", "2026-09-03T08:00 48.5\r\n03.09.2026 20:15;39"),
            ("evidence", "акт 21"))).Page);
        page.ShouldContain("Замеров 2: от 39 °C до 48,5 °C");
        page.ShouldContain($"/console/accounts/{account.Id.Value}\"");
        using var auditor = await Visitor.SignIn(city, "auditor");
        await auditor.Get("/console/audit");
        (await auditor.Post("/console/audit", ("who", "engineer"), ("what", ""), ("action", "quality-recorded"))).Page
            .ShouldContain("Записаны часы качества");
    }

    [Fact]
    public async Task A_reduction_tells_its_hours_its_act_and_who_recorded_it()
    {
        var account = (await city.Find("комсомольская 12 7", city.North)).Accounts[0];
        await using var scope = city.Server.Services.CreateAsyncScope();
        var line = (await scope.ServiceProvider.GetRequiredService<IBilling>().ListCharges(account.Id, CancellationToken.None))
            .First(l => l.Component.IsMain).Key;
        using var reader = await Visitor.SignIn(city, "operator");
        foreach (var (language, headings) in new[]
        {
            ("ru", new[] { "Что посчитано", "Почему так", "На чём основано", "По шагам" }),
            ("uk", ["Що пораховано", "Чому так", "На чому засновано", "Покроково"]),
            ("en", ["What was counted", "Why this way", "What it rests on", "Step by step"]),
        })
        {
            await reader.Get("/console/own");
            await reader.Post("/console/language", ("language", language), ("to", "/console"));
            var page = (await reader.Get($"/console/accounts/{account.Id.Value}/lines/{line.PostedIn}/{line.Run.Value}/{line.Number}")).Page;
            foreach (var heading in headings)
                page.ShouldContain(heading);
            page.ShouldNotContain("story.");
        }
    }

    private async Task<string> House(string address, TerritoryRecord? territory = null) =>
        $"/console/buildings/{(await city.Find(address, territory ?? city.North)).Accounts[0].Building.Value}/quality";

    private static string Plain(string page) => page.Replace('\u00A0', ' ');

    [GeneratedRegex("name=\"form\" value=\"(?<key>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("<tr id=\"event-(?<fact>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Event();
}

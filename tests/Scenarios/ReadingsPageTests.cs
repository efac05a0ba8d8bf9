using System.Net;
using System.Text.RegularExpressions;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The sheet of a building's readings and the work list, as they come over HTTP: without JavaScript.</summary>
public sealed partial class ReadingsPageTests(CityFixture city)
{
    [Fact]
    public async Task A_sheet_without_javascript_comes_back_with_all_marks_and_what_is_right_is_recorded()
    {
        var (building, fields) = await city.Sheet("комсомольская 12 3", city.North);
        var lively = fields.Where(f => f.IsLively && f.Register.Zone == Zone.Single).Take(4).ToList();
        var page = $"/console/buildings/{building.Value}/readings";
        using var visitor = await Visitor.SignIn(city, "operator");
        var form = Key().Match((await visitor.Get(page)).Page).Groups["key"].Value;
        (string, string)[] head = [("form", form), ("day", "2026-11-02"), ("source", "Controller"), ("remark", "ведомость 7")];

        var (status, answer) = await visitor.Post(
            page, [.. head, ($"v-{lively[0].Key}", $"{lively[0].After()}"), ($"v-{lively[1].Key}", $"{lively[1].Before - 5}"),
                ($"v-{lively[2].Key}", $"{lively[2].After(40)}"), ($"v-{lively[3].Key}", "12a")]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.ShouldContain("Показаний записано: 1.");
        answer.ShouldContain("Не записано: 3.");
        answer.ShouldContain("Меньше прежнего показания");
        answer.ShouldContain("«12a» не читается как число");
        answer.ShouldContain("намного больше обычного");
        answer.ShouldContain($"value=\"{lively[1].Before - 5}\"", customMessage: "what is wrong stays in its field");
        Key().Match(answer).Groups["key"].Value.ShouldBe(form, "the form stays the same form");

        var doubt = Doubt().Match(answer);
        doubt.Groups["key"].Value.ShouldBe(lively[2].Key);
        (status, answer) = await visitor.Post(
            page, [.. head, ($"v-{lively[2].Key}", $"{lively[2].After(40)}"), ($"c-{lively[2].Key}", doubt.Groups["codes"].Value)]);
        status.ShouldBe(HttpStatusCode.OK);
        answer.ShouldContain("Показаний записано: 1.");

        using var second = await Visitor.SignIn(city, "engineer");
        await second.Get(page);
        (status, answer) = await second.Post(page, [.. head, ($"v-{lively[0].Key}", $"{lively[0].After() + 1}")]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.Replace("\u00A0", "").ShouldContain($"На этот день уже есть показание {lively[0].After()}, записал operator.");
    }

    [Fact]
    public async Task A_wrong_day_or_source_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        var (building, fields) = await city.Sheet("комсомольская 11 5 южный", city.South);
        var page = $"/console/buildings/{building.Value}/readings";
        using var visitor = await Visitor.SignIn(city, "operator");
        await visitor.Get(page);
        var (status, answer) = await visitor.Post(
            page, ("day", "вчера"), ("source", "Nobody"), ("remark", new('a', 90)), ($"v-{fields[0].Key}", "777777"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.ShouldContain("Укажите дату");
        answer.ShouldContain("Выберите, кто снял показания.");
        answer.ShouldContain("Не больше 80 знаков.");
        answer.ShouldContain("value=\"777777\"");
        (await visitor.Post(page, ("day", "2026-11-03"), ("source", "Controller"), ($"v-{fields[0].Key}", "777777"))).Page
            .ShouldContain("будущ", Case.Insensitive, "tomorrow has not come");
        (await visitor.Post(page + "/check", ("day", "2026-11-02"), ("source", "Controller"))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Who_only_audits_and_who_works_elsewhere_enters_no_readings()
    {
        var building = (await city.Find("комсомольская 11 5", city.North)).Accounts[0].Building.Value;
        var foreign = (await city.Find("комсомольская 11 5", city.Foreign)).Accounts[0].Building.Value;
        using var auditor = await Visitor.SignIn(city, "auditor");
        (await auditor.Get($"/console/buildings/{building}/readings")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await auditor.Get("/console/readings")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await auditor.Get($"/console/buildings/{building}")).Page.ShouldNotContain($"/console/buildings/{building}/readings");
        using var visitor = await Visitor.SignIn(city, "operator");
        (await visitor.Get($"/console/buildings/{building}")).Page.ShouldContain($"/console/buildings/{building}/readings");
        (await visitor.Get($"/console/buildings/{foreign}/readings")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Get($"/console/readings?territory={city.Foreign.Id.Value}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Get($"/console/readings?territory={city.South.Id.Value}&page=99")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_pages_speak_three_languages_without_a_key_left_over()
    {
        var building = (await city.Find("комсомольская 11 5", city.North)).Accounts[0].Building.Value;
        using var visitor = await Visitor.SignIn(city, "operator");
        foreach (var (language, sheet, list) in new[]
        {
            ("ru", "Ведомость показаний", "Сомнительные показания"), ("uk", "Відомість показань", "Сумнівні показання"),
            ("en", "Sheet of readings", "Doubtful readings"),
        })
        {
            await visitor.Get("/console/own");
            await visitor.Post("/console/language", ("language", language), ("to", "/console"));
            foreach (var (path, heading) in new[] { ($"/console/buildings/{building}/readings", sheet), ("/console/readings", list) })
            {
                var page = (await visitor.Get(path)).Page;
                page.ShouldContain(heading);
                Leftover().Matches(page).Select(m => m.Value).ShouldBeEmpty(path);
            }
        }
    }

    [GeneratedRegex("name=\"form\" value=\"(?<key>[0-9a-f-]{36})\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Key();

    [GeneratedRegex("name=\"c-(?<key>[0-9-]+)\" value=\"(?<codes>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Doubt();

    [GeneratedRegex(">[^<]*\\b(sheet|doubts?|refusal|estimate)\\.[a-zA-Z.-]+[^<]*<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Leftover();
}

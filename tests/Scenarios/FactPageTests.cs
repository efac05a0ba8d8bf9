using System.Net;
using System.Text.RegularExpressions;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The forms of an account's facts, as they come over HTTP: residents, services, the passport, marks.</summary>
public sealed partial class FactPageTests(CityFixture city)
{
    [Fact]
    public async Task Residents_move_in_and_out_by_day_and_a_record_is_put_right_with_the_old_one_kept()
    {
        var account = await Account("комсомольская 12 8");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var page = account + "/residents";

        (await engineer.Get(account)).Page.ShouldContain($"href=\"{page}\"");
        var form = (await engineer.Get(page + "/in")).Page;
        form.ShouldContain("id=\"f-count\" name=\"count\" type=\"text\" value=\"1\"");
        form.ShouldContain("autofocus");
        form.ShouldContain("2026 включительно");

        Told(await Send(engineer, page + "/in", [.. People("3"), ("from", "2026-10-01"), ("to", "2026-12-31"), Paper]))
            .ShouldContain("Временно проживает: 3");
        var left = Told(await Send(
            engineer, page + "/out", [.. People("1"), ("from", "2026-11-01"), ("to", "2026-12-31"), Paper]));
        left.ShouldContain("Временно проживает: 2");
        left.ShouldContain("01.10.2026 – 31.10.2026");
        left.ShouldContain("заменено");

        var record = Record().Match(left).Groups["path"].Value;
        Told(await Send(engineer, record, [.. People("1"), ("from", "2026-11-02"), ("to", "2026-12-31"), Paper]))
            .ShouldContain("Временно проживает: 1");
        (await engineer.Get(record)).Status.ShouldBe(HttpStatusCode.NotFound, "the record holds no more");
        Told(await engineer.Get(page)).ShouldContain("акт 77");
    }

    [Fact]
    public async Task Residents_that_cannot_be_are_refused_at_their_field()
    {
        var account = await Account("комсомольская 12 9");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var before = Rows().Count((await engineer.Get(account + "/residents")).Page);
        await Refused("/in", "Человек бывает от 1 до 1 000.", "count", ("count", "0"), ("from", "2026-11-01"));
        await Refused("/in", "Укажите целое число.", "count", ("count", "двое"), ("from", "2026-11-01"));
        await Refused("/in", "День ещё не наступил", "from", ("count", "1"), ("from", "2026-11-03"));
        await Refused("/in", "Счёт открыт", "from", ("count", "1"), ("from", "1999-01-01"));
        await Refused("/in", "Последний день раньше первого", "to", ("count", "1"), ("from", "2026-11-01"), ("to", "2026-10-01"));
        await Refused("/out", "записано только", "count", ("count", "40"), ("from", "2026-11-01"));
        var (status, answer) = await Send(
            engineer, account + "/residents/in", [.. People("1"), ("from", "2026-11-01"), ("to", ""), ("evidence", " ")]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answer.ShouldContain("Укажите основание");
        Rows().Count((await engineer.Get(account + "/residents")).Page).ShouldBe(before);

        async Task Refused(string act, string says, string field, params (string, string)[] typed)
        {
            var refused = await Send(engineer, account + "/residents" + act, [.. typed, ("temporary", "no"), Paper]);
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, says);
            Told(refused).ShouldContain(says);
            refused.Page.ShouldContain($"id=\"e-{field}\"");
        }
    }

    [Fact]
    public async Task The_second_of_two_people_sees_both_versions_keeps_what_he_typed_and_decides()
    {
        var page = await Account("комсомольская 12 10") + "/passport";
        using var first = await Visitor.SignIn(city, "engineer");
        using var second = await Visitor.SignIn(city, CityFixture.Second);
        var (opened, alsoOpened) = ((await first.Get(page + "/change")).Page, (await second.Get(page + "/change")).Page);

        (await first.Post(page + "/change", [Version(opened), .. Passport("51.5", "2026-11-01")])).Status.ShouldBe(HttpStatusCode.OK);
        var (status, both) = await second.Post(page + "/change", [Version(alsoOpened), .. Passport("49.9", "2026-11-02")]);
        status.ShouldBe(HttpStatusCode.Conflict);
        Told((status, both)).ShouldContain("Записал engineer");
        both.ShouldContain("<td data-theirs=\"area\">51,5</td>");
        both.ShouldContain("<td data-yours=\"area\">49,9</td>");
        both.ShouldContain("<td data-theirs=\"from\">01.11.2026</td>");
        both.ShouldContain("name=\"area\" type=\"text\" value=\"49.9\"");
        both.ShouldContain("Сохранить поверх");
        both.ShouldContain("Оставить как записано");
        Told(await second.Get(page)).ShouldNotContain("49,9", customMessage: "nothing is written before the second has decided");

        var onTop = await second.Post(page + "/change", [Version(both), .. Passport("49.9", "2026-11-02")]);
        onTop.Status.ShouldBe(HttpStatusCode.OK);
        Told(onTop).ShouldContain("площадь 49,9 м²");
        Told(onTop).ShouldContain("площадь 51,5 м²");
        Told(onTop).ShouldContain(CityFixture.Second);
    }

    [Fact]
    public async Task A_version_of_the_passport_is_put_right_on_its_own_days_and_what_cannot_be_is_refused()
    {
        var page = await Account("комсомольская 12 11") + "/passport";
        using var engineer = await Visitor.SignIn(city, "engineer");
        var record = Record().Match((await engineer.Get(page)).Page).Groups["path"].Value;
        (string, string)[] right = [.. Passport("60.4", "").Where(f => f.Name != "from"), ("heated", "55"), ("rooms", "3")];
        var corrected = Told(await Send(engineer, record, right));
        corrected.ShouldContain("площадь 60,4 м² · отапливаемая 55 м² · комнат: 3");
        corrected.ShouldContain("заменено");

        foreach (var (says, field, area, heated, rooms) in new[]
        {
            ("Площадь должна быть больше нуля", "area", "0", "", ""), ("Отапливаемая площадь не больше общей", "heated", "40", "41", ""),
            ("Комнат бывает от 1 до 99", "rooms", "40", "", "0"), ("Укажите число", "area", "сорок", "", ""),
            ("Ничего не изменено", "area", "60.4", "55", "3"),
        })
        {
            var refused = await Send(
                engineer, page + "/change", [.. Passport(area, "2026-11-01"), ("heated", heated), ("rooms", rooms)]);
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, says);
            Told(refused).ShouldContain(says);
            refused.Page.ShouldContain($"id=\"e-{field}\"");
        }
    }

    [Fact]
    public async Task A_service_is_connected_disconnected_and_its_record_put_right()
    {
        var page = await Account("комсомольская 12 12") + "/connections";
        using var engineer = await Visitor.SignIn(city, "engineer");
        Told(await Send(engineer, page + "/begin", [("service", "Gas"), ("from", "2026-10-01"), ("to", ""), Paper]))
            .ShouldContain("Записано.");
        Told(await Send(engineer, page + "/begin", [("service", "Gas"), ("from", "2026-10-15"), ("to", ""), Paper]))
            .ShouldContain("Услуга уже подключена с 01.10.2026.");
        Told(await Send(engineer, page + "/end", [("service", "Gas"), ("from", "2026-09-15"), Paper])).ShouldContain("только с 01.10.2026");
        var ended = Told(await Send(engineer, page + "/end", [("service", "Gas"), ("from", "2026-10-31"), Paper]));
        ended.ShouldContain("01.10.2026 – 31.10.2026");
        Told(await Send(engineer, page + "/end", [("service", "Gas"), ("from", "2026-10-31"), Paper]))
            .ShouldContain("Эта услуга не подключена.");
        var record = Row(ended, "01.10.2026 – 31.10.2026");
        Told(await Send(engineer, record, [("service", "Gas"), ("from", "2026-10-01"), ("to", "2026-10-31"), Paper]))
            .ShouldContain("Ничего не изменено");
        Told(await Send(engineer, record, [("service", "Gas"), ("from", "2026-10-01"), ("to", "2026-10-31"), ("mistake", "yes"), Paper]))
            .ShouldNotContain(record);
    }

    [Fact]
    public async Task Marks_are_seen_and_set_only_by_those_who_have_the_right_and_every_look_is_written_down()
    {
        var account = await Account("комсомольская 12 6");
        using var carer = await Visitor.SignIn(city, CityFixture.Carer);
        var marked = await Send(carer, account + "/marks/set", [("reason", "HomeOxygen"), ("from", "2026-10-01"), ("to", ""), Paper]);
        Told(marked).ShouldContain("Дышит с помощью аппарата дома");
        Told(await Send(carer, account + "/marks/set", [("reason", "HomeOxygen"), ("from", "2026-10-05"), ("to", ""), Paper]))
            .ShouldContain("Такая отметка уже стоит с 01.10.2026.");
        (await Send(carer, account + "/marks/set", [("reason", "Whim"), ("from", "2026-10-05"), ("to", ""), Paper])).Page
            .ShouldContain("Выберите из списка.");
        (await carer.Get(account)).Page.ShouldContain("Дышит с помощью аппарата дома");

        foreach (var login in new[] { "engineer", "operator", "auditor", "administrator" })
        {
            using var other = await Visitor.SignIn(city, login);
            var page = (await other.Get(account)).Page;
            page.ShouldNotContain("Дышит");
            page.ShouldNotContain("/marks");
            (await other.Get(account + "/marks")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await other.Post(account + "/marks/set", ("reason", "Infant"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        }

        using var auditor = await Visitor.SignIn(city, "auditor");
        await auditor.Get("/console/audit");
        (await auditor.Post("/console/audit", ("who", CityFixture.Carer), ("what", ""), ("action", "marks-read"))).Page
            .ShouldContain("<td class=\"nowrap\">Открыты отметки домохозяйства</td>");
        (await auditor.Post("/console/audit", ("who", CityFixture.Carer), ("what", ""), ("action", "marks-changed"))).Page
            .ShouldContain("<td class=\"nowrap\">Изменены отметки домохозяйства</td>");
    }

    [Theory]
    [InlineData("residents", "in")]
    [InlineData("connections", "begin")]
    [InlineData("passport", "change")]
    public async Task Who_only_reads_sees_the_history_and_no_form(string kind, string act)
    {
        var page = $"{await Account("комсомольская 12 7")}/{kind}";
        using var reader = await Visitor.SignIn(city, "operator");
        var (status, history) = await reader.Get(page);
        status.ShouldBe(HttpStatusCode.OK);
        history.ShouldNotContain($"{page}/{act}");
        Record().IsMatch(history).ShouldBeFalse();
        (await reader.Post($"{page}/{act}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get($"{page}/nothing")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await engineer.Get($"{page}/records/999999999")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await engineer.Post($"{page}/{act}")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    private static readonly (string Name, string Value) Paper = ("evidence", "акт 77");

    private static (string Name, string Value)[] People(string count) => [("count", count), ("temporary", "yes")];

    private static (string Name, string Value)[] Passport(string area, string from) =>
        [("from", from), ("area", area), ("heated", ""), ("rooms", ""), ("kind", "Living"), Paper];

    private async Task<string> Account(string address) =>
        $"/console/accounts/{(await city.Find(address, city.North)).Accounts[0].Id.Value}";

    private static Task<(HttpStatusCode Status, string Page)> Send(Visitor visitor, string path, (string Name, string Value)[] typed) =>
        // The last of two fields of one name is the one that is meant.
        MeterPageTests.Send(visitor, path, [.. typed.Reverse().DistinctBy(t => t.Name)]);

    private static (string Name, string Value) Version(string page) => MeterPageTests.Version(page);

    private static string Told((HttpStatusCode Status, string Page) answer) => answer.Page.Replace('\u00A0', ' ');

    /// <summary>The address of the form that puts the record with these days right.</summary>
    private static string Row(string page, string days) =>
        Record().Match(page[page.IndexOf(days, StringComparison.Ordinal)..]).Groups["path"].Value;

    [GeneratedRegex("href=\"(?<path>/console/accounts/\\d+/[a-z]+/records/\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex("class=\"said\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();
}

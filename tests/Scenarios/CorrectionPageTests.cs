using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>What the engineer puts right: a saved reading, absences, acts, failures of meters. Today is 2 November 2026.</summary>
public sealed partial class CorrectionPageTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reading_is_put_right_once_its_effect_was_seen_and_the_second_person_sees_both()
    {
        var (_, meter, reading, before) = await Latest("комсомольская 13 9");
        using var one = await Visitor.SignIn(city, "engineer");
        using var second = await Visitor.SignIn(city, CityFixture.Second);
        var path = $"{meter}/readings/{reading.Id}";
        (await one.Get(meter)).Page.ShouldContain($"href=\"{path}\"");
        var (opened, also) = ((await one.Get(path)).Page, (await second.Get(path)).Page);
        opened.ShouldContain("они остаются как есть до перерасчёта");
        var index = $"{reading.Values[0].Index}".Replace('.', ',');
        opened.ShouldContain($"name=\"index-Single\" type=\"text\" value=\"{index}\"");

        // The reading before it: no use at all, which is doubtful or not, but never refused.
        (string, string)[] right = [("index-Single", before), ("evidence", "фото абонента")];
        var shown = Told(await one.Post(path, [.. right, Version(opened)]));
        shown.ShouldContain("Что изменится");
        shown.ShouldContain("станет 0 ");
        Told(await one.Get(meter)).ShouldNotContain("фото абонента", customMessage: "nothing is recorded by looking");
        var saved = Told(await one.Post(path, [.. right, Version(opened), ThresholdPageTests.Seen(shown)]));
        saved.ShouldContain("Показание исправлено.");
        saved.ShouldContain("фото абонента");
        saved.ShouldContain("заменено");

        var conflict = await second.Post(path, [("index-Single", index + "1"), ("evidence", "звонок"), Version(also)]);
        conflict.Status.ShouldBe(HttpStatusCode.Conflict);
        Told(conflict).ShouldContain("Записал engineer");
        conflict.Page.ShouldContain("data-theirs=\"index-Single\"");
        conflict.Page.ShouldContain($"name=\"index-Single\" type=\"text\" value=\"{index}1\"");
        (await one.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound, "the record holds no more");
    }

    [Fact]
    public async Task A_reading_is_withdrawn_with_its_reason_and_what_cannot_be_is_refused()
    {
        var (_, meter, reading, before) = await Latest("комсомольская 13 10");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var path = $"{meter}/readings/{reading.Id}";
        var form = (await engineer.Get(path)).Page;
        foreach (var (field, index, reason, says) in new[]
        {
            ("index-Single", "много", "акт", "Укажите число"), ("index-Single", "0", "акт", "ше"),
            ("index-Single", "999999999", "акт", "Знаков"), ("index-Single", $"{reading.Values[0].Index}", "акт", "Записано то же самое"),
            ("evidence", before, " ", "Напишите, почему"),
        })
        {
            var refused = await engineer.Post(path, ("index-Single", index), ("evidence", reason), Version(form));
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, says);
            Told(refused).ShouldContain(says);
            refused.Page.ShouldContain($"id=\"e-{field}\"");
        }

        (string, string)[] away = [("index-Single", ""), ("withdraw", "yes"), ("evidence", "чужой прибор"), Version(form)];
        var shown = Told(await engineer.Post(path, away));
        shown.ShouldContain("больше не считается");
        var done = Told(await engineer.Post(path, [.. away, ThresholdPageTests.Seen(shown)]));
        done.ShouldContain("снято");
        done.ShouldContain("engineer: чужой прибор");
        using var clerk = await Visitor.SignIn(city, "operator");
        (await clerk.Get(meter)).Page.ShouldNotContain("/readings/");
        (await clerk.Post(path, away)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Absences_are_recorded_refused_put_right_and_listed_on_the_account()
    {
        var (account, _, _, _) = await Latest("комсомольская 13 11");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var page = account + "/absences";
        (string Name, string Value)[] away =
        [
            ("from", "2026-10-01"), ("to", "2026-10-20"), ("persons", "1"), ("applied", "2026-10-25"), ("proof", "yes"),
            ("evidence", "билеты 5"),
        ];
        var saved = Told(await Send(engineer, page + "/record", away));
        saved.ShouldContain("человек: 1 · заявление 25.10.2026 · документы есть");
        Told(await engineer.Get(account)).ShouldContain("01.10.2026 – 20.10.2026");
        foreach (var (field, value, says) in new[]
        {
            ("to", "2026-10-01", "Вернуться можно только после отъезда"), ("persons", "0", "Человек бывает от 1"),
            ("persons", "99", "уже записаны отсутствующими 1"), ("applied", "2026-11-03", "Заявление ещё не подано"),
            ("from", "1999-01-01", "Счёт открыт"), ("evidence", "", "Укажите основание"), ("to", "когда-нибудь", "Укажите день"),
        })
        {
            var refused = await Send(engineer, page + "/record", [.. away.Select(f => f.Name == field ? (field, value) : f)]);
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, says);
            Told(refused).ShouldContain(says);
            refused.Page.ShouldContain($"id=\"e-{field}\"");
        }

        var record = Record().Match(saved).Groups["path"].Value;
        Told(await Send(engineer, record, [.. away, ("mistake", "yes")])).ShouldContain("заменено");
        Told(await engineer.Get(account)).ShouldContain("Записей об отсутствии нет.");
    }

    [Fact]
    public async Task Acts_are_recorded_refused_and_taken_back_and_a_meter_fails_and_works_again()
    {
        var (account, meter, reading, _) = await Latest("комсомольская 13 12");
        using var engineer = await Visitor.SignIn(city, "engineer");
        var field = $"index-{reading.Meter.Value}-Single";
        var check = Told(await Send(
            engineer, account + "/acts/check", [("drawn", "2026-10-30"), (field, $"{reading.Values[0].Index}"), ("evidence", "акт 8")]));
        check.ShouldContain("Акт проверки · ");
        Told(await engineer.Get(account)).ShouldContain("Акт проверки · ");
        await Refused("/check", "drawn", "День ещё не наступил", ("drawn", "2026-11-03"), (field, "1"), ("evidence", "акт 9"));
        await Refused("/interference", "removed", "раньше", ("service", "ColdWater"), ("drawn", "2026-10-30"), ("from", "2026-10-20"),
            ("check", ""), ("removed", "2026-10-19"), ("evidence", "акт 9"));
        await Refused("/unauthorised", "power", "больше нуля", ("service", "ColdWater"), ("drawn", "2026-10-30"), ("from", ""),
            ("check", ""), ("removed", ""), ("power", "-1"), ("evidence", "акт 9"));
        await Refused(
            "/access", "access", "раньше", ("service", "ColdWater"), ("drawn", "2026-10-30"), ("access", "2026-10-29"), ("evidence", "1"));
        var record = Record().Match(check).Groups["path"].Value;
        Told(await Send(
            engineer, record, [("drawn", "2026-10-30"), (field, $"{reading.Values[0].Index}"), ("evidence", "ошибка"), ("mistake", "yes")]))
            .ShouldContain("заменено");

        Told(await Send(engineer, meter + "/fail", [("day", "2026-10-01"), ("until", ""), ("evidence", "акт 3")]))
            .ShouldContain("Неисправность записана.");
        Told(await Send(engineer, meter + "/fail", [("day", "2026-10-05"), ("until", ""), ("evidence", "акт 3")]))
            .ShouldContain("Неисправность на эти дни уже записана");
        Told(await Send(engineer, meter + "/repair", [("day", "2026-10-11"), ("evidence", "акт 4")]))
            .ShouldContain("прибор снова исправен");
        var unfail = (await engineer.Get(meter + "/unfail")).Page;
        var failure = Failure().Match(unfail).Groups["id"].Value;
        Told(await engineer.Post(
            meter + "/unfail", ("record", failure), ("day", "2026-11-01"), ("evidence", "ошибка"), Version(unfail)))
            .ShouldContain("Запись о неисправности отменена.");

        async Task Refused(string act, string at, string says, params (string, string)[] typed)
        {
            var refused = await Send(engineer, account + "/acts" + act, typed);
            refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, act + says);
            Told(refused).ShouldContain(says);
            refused.Page.ShouldContain($"id=\"e-{at}\"");
        }
    }

    /// <summary>An account's page, its meter's, the meter's latest reading, and the index before it.</summary>
    private async Task<(string Account, string Meter, Reading Reading, string Before)> Latest(string address)
    {
        var account = (await city.Find(address, city.North)).Accounts[0];
        await using var scope = city.Server.Services.CreateAsyncScope();
        var card = (await scope.ServiceProvider.GetRequiredService<IRegistryDesk>().FindAccount(account.Id, [city.North.Id], Stop))!;
        var meter = card.Meters.First(m => m.Zones is [Zone.Single] && m.Removed is null);
        var kept = await scope.ServiceProvider.GetRequiredService<IReadingCorrections>().History(meter.Id, 2, Stop);
        var path = $"/console/accounts/{account.Id.Value}";
        return (path, $"{path}/meters/{meter.Id.Value}", kept[0].Reading, $"{kept[1].Reading.Values[0].Index}");
    }

    private static Task<(HttpStatusCode Status, string Page)> Send(Visitor visitor, string path, (string Name, string Value)[] typed) =>
        MeterPageTests.Send(visitor, path, typed);

    private static (string Name, string Value) Version(string page) => MeterPageTests.Version(page);

    private static string Told((HttpStatusCode Status, string Page) answer) => answer.Page.Replace('\u00A0', ' ');

    [GeneratedRegex("href=\"(?<path>/console/accounts/\\d+/[a-z]+/records/\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Record();

    [GeneratedRegex("<option value=\"(?<id>\\d+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Failure();
}

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>By what numbers readings are judged, and changing one for a territory, as it comes over HTTP.</summary>
public sealed partial class ThresholdPageTests(CityFixture city)
{
    private static readonly (string Name, string Value)[] Three =
        [("value", "2,5"), ("from", "2026-11-01"), ("to", ""), ("evidence", "замеры октября")];

    [Fact]
    public async Task A_change_is_looked_at_first_then_recorded_and_the_second_person_sees_both()
    {
        var territory = await Make("thresholds-a");
        using var one = await Visitor.SignIn(city, "administrator");
        using var other = await Visitor.SignIn(city, "administrator");
        var list = (await one.Get("/console/readings/thresholds?territory=thresholds-a")).Page;
        list.ShouldContain("Большой расход: спросить");
        list.ShouldContain("0,4 (40 %)");
        var path = $"/console/readings/thresholds/{territory.Id.Value}/ColdWater/high_warn";
        list.ShouldContain($"href=\"{path}/change\"");

        var (opened, alsoOpened) = ((await one.Get(path + "/change")).Page, (await other.Get(path + "/change")).Page);
        opened.ShouldContain("По умолчанию × 2");
        var shown = (await one.Post(path + "/change", [.. Three, Version(opened)])).Page;
        shown.Replace('\u00A0', ' ').ShouldContain("Показаний с 1 октября 2026: 0.");
        (await one.Get(path)).Page.ShouldNotContain("замеры октября", customMessage: "nothing is recorded by looking");
        var twice = (await one.Post(path + "/change", [.. Changed("value", "3"), Version(opened), Seen(shown)])).Page;
        twice.ShouldContain("class=\"preview", Case.Sensitive, "another number than the one that was shown is shown first");

        var saved = (await one.Post(path + "/change", [.. Three, Version(opened), Seen(shown)])).Page;
        saved.ShouldContain("показания уже проверяются");
        saved.ShouldContain("замеры октября");
        saved.ShouldContain("× 2,5", Case.Sensitive, "its number stands on its page");
        (await one.Get("/console/readings/thresholds?territory=thresholds-a")).Page.ShouldContain("<strong>× 2,5</strong>");

        var (status, both) = await other.Post(path + "/change", [.. Changed("value", "3"), Version(alsoOpened)]);
        status.ShouldBe(HttpStatusCode.Conflict);
        both.ShouldContain("<td data-theirs=\"value\">2,5</td>");
        both.ShouldContain("<td data-yours=\"value\">3</td>");
        var again = (await other.Post(path + "/change", [.. Changed("value", ""), Version(both)])).Page;
        var back = await other.Post(path + "/change", [.. Changed("value", ""), Version(both), Seen(again)]);
        back.Page.ShouldContain("заменено");
        back.Page.ShouldContain("по умолчанию", Case.Sensitive, "an empty number is the default again");
    }

    [Theory]
    [InlineData("value", "9", "Не может быть больше, чем «Большой расход: не верить»")]
    [InlineData("value", "-1", "Такого порога не может быть")]
    [InlineData("value", "много", "Укажите число")]
    [InlineData("value", "", "На эти дни уже так записано")]
    [InlineData("from", "1026-11-01", "проверьте год")]
    [InlineData("from", "", "Укажите день")]
    [InlineData("to", "2026-10-01", "Последний день раньше первого")]
    [InlineData("evidence", " ", "Напишите причину")]
    public async Task What_cannot_be_is_refused_at_its_field_and_nothing_is_kept(string field, string value, string says)
    {
        var territory = await Make("thresholds-b");
        using var admin = await Visitor.SignIn(city, "administrator");
        var path = $"/console/readings/thresholds/{territory.Id.Value}/ColdWater/high_warn";
        var form = (await admin.Get(path + "/change")).Page;
        var (status, page) = await admin.Post(path + "/change", [.. Changed(field, value), Version(form)]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain(says);
        page.ShouldContain($"id=\"e-{field}\"");
        (await admin.Get(path)).Page.ShouldContain("Записей пока нет");
    }

    [Fact]
    public async Task Who_only_enters_readings_and_who_is_of_another_territory_change_nothing()
    {
        using var clerk = await Visitor.SignIn(city, "operator");
        (await clerk.Get($"/console/readings?territory={city.North.Id.Value}")).Page.ShouldNotContain("/console/readings/thresholds");
        (await clerk.Get("/console/readings/thresholds")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get($"/console/readings?territory={city.North.Id.Value}")).Page.ShouldContain("/console/readings/thresholds");
        foreach (var address in new[]
        {
            $"{city.Foreign.Id.Value}/ColdWater/high_warn", $"{city.North.Id.Value}/Drainage/high_warn",
            $"{city.North.Id.Value}/ColdWater/hihg_warn", $"{city.North.Id.Value}/1/high_warn",
        })
        {
            (await engineer.Get("/console/readings/thresholds/" + address)).Status.ShouldBe(HttpStatusCode.NotFound, address);
            (await engineer.Post($"/console/readings/thresholds/{address}/change", Three)).Status
                .ShouldBe(HttpStatusCode.NotFound, address);
        }
    }

    private static (string, string)[] Changed(string field, string value) =>
        [.. Three.Select(f => f.Name == field ? (field, value) : f)];

    private static (string Name, string Value) Version(string page) => MeterPageTests.Version(page);

    internal static (string Name, string Value) Seen(string page) => ("seen", SeenField().Match(page).Groups["seen"].Value);

    private async Task<TerritoryRecord> Make(string code)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var scope = city.Server.Services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, CityFixture.Next, "—"), stop);
        return made.IsRefused
            ? (await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory(code, stop)).Value
            : made.Value;
    }

    [GeneratedRegex("name=\"seen\" value=\"(?<seen>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SeenField();
}

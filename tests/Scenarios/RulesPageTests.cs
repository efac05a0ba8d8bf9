using System.Net;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>The page of the rules, as it comes over HTTP: without JavaScript.</summary>
public sealed class RulesPageTests(CityFixture city)
{
    private string North => $"/console/rules/{city.North.Id.Value}";

    [Theory]
    [InlineData("ru", "Ставка НДС", "НК РФ ст. 164 п. 3", "Подтверждено", "с 01.01.2026")]
    [InlineData("uk", "Ставка ПДВ", "ПК РФ ст. 164 п. 3", "Підтверджено", "з 01.01.2026")]
    [InlineData("en", "Rate of VAT", "Tax Code of Russia art. 164 p. 3", "Confirmed", "since 2026-01-01")]
    public async Task A_number_of_the_law_stands_with_its_days_paragraph_and_confidence(
        string language, string name, string paragraph, string confidence, string days)
    {
        using var visitor = await Visitor.SignIn(city, "auditor");
        await visitor.Get("/console/own");
        await visitor.Post("/console/language", ("language", language), ("to", "/console"));
        var page = Plain((await visitor.Get(North)).Page);
        page.ShouldContain(name);
        page.ShouldContain("22 %");
        page.ShouldContain(paragraph);
        page.ShouldContain(confidence);
        page.ShouldContain(days);
    }

    [Fact]
    public async Task The_territorys_own_numbers_are_marked_with_their_evidence_and_only_interpretations_can_be_shown()
    {
        using var visitor = await Visitor.SignIn(city, "operator");
        var all = Plain((await visitor.Get(North)).Page);
        all.ShouldContain("49,10 ₽/м³");
        all.ShouldContain("Решение территории");
        all.ShouldContain(">scenario<"); // the evidence with which the fixture recorded them

        var interpretations = Plain((await visitor.Get(North + "?only=interpretation")).Page);
        interpretations.ShouldContain("Позднее показание возвращает месяцы по нормативу");
        interpretations.ShouldNotContain("49,10");
        interpretations.ShouldNotContain("Ставка НДС");
    }

    [Fact]
    public async Task What_changed_when_the_formulas_and_the_calendar_have_their_parts()
    {
        using var visitor = await Visitor.SignIn(city, "engineer");
        var changes = Plain((await visitor.Get(North + "?part=changes")).Page);
        changes.ShouldContain("1 января 2026");
        changes.ShouldContain("+8,3 %");
        (await visitor.Get(North + "?part=formulas")).Page.ShouldContain("Правила № 354, п. 40, 44; прил. 2 ф. 10-12");
        var calendar = (await visitor.Get(North + "?part=calendar&year=2024")).Page;
        calendar.ShouldContain("2024 год: рабочих дней 248");
        calendar.ShouldContain("постановление № 1314 от 10.08.2023: 27.04 → 29.04");
        (await visitor.Get(North + "?part=calendar&year=1999")).Page.ShouldContain("2024 год"); // the nearest that is loaded
        (await visitor.Get(North + "?part=nothing&only=7")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_territory_named_the_first_that_the_person_sees_is_shown_and_no_foreign_one()
    {
        using var visitor = await Visitor.SignIn(city, "engineer");
        var page = (await visitor.Get("/console/rules")).Page;
        page.ShouldContain(city.North.Name);
        page.ShouldContain(city.South.Name);
        page.ShouldNotContain(city.Foreign.Name);
        (await visitor.Get($"/console/rules/{city.Foreign.Id.Value}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Plain(string page) => page.Replace('\u00A0', ' ');
}

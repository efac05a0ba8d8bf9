using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Demo;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A territory's numbers are drafts first: looked at, changed by another, and only then recorded.</summary>
public sealed partial class TariffPageTests(CityFixture city)
{
    private static readonly (string Name, string Value)[] Water =
    [
        ("table", "Tariff"), ("key", "cold_water"), ("value", "55,10"), ("from", "2027-01-01"), ("to", ""), ("evidence", "приказ 512"),
    ];

    [Fact]
    public async Task A_draft_shows_what_it_changes_and_only_the_version_that_was_seen_is_recorded()
    {
        await Make("tariffs-a");
        using var one = await Visitor.SignIn(city, "administrator");
        await one.Get("/console/tariffs/new?territory=tariffs-a");
        var (_, draft) = await one.Post("/console/tariffs", [.. Water, ("territory", "tariffs-a")]);
        draft.ShouldContain("Сменит 49,10");
        draft.ShouldContain("Проведённых месяцев не касается");
        draft.ShouldContain("ул. Тарифная, 1");
        var path = DraftPath().Match(draft).Value;
        (await one.Get("/console/tariffs?territory=tariffs-a")).Page.ShouldContain(path);

        using var other = await Visitor.SignIn(city, "administrator");
        await other.Get(path + "/edit");
        await other.Post(path, [.. Changed("value", "56"), ("version", "1")]);
        var (stale, both) = await one.Post(path + "/record", ("version", "1"));
        stale.ShouldBe(HttpStatusCode.UnprocessableEntity);
        both.ShouldContain("Черновик изменили, пока вы смотрели");
        both.ShouldContain("55,10");
        both.ShouldContain("56,00");
        (await Own("tariffs-a")).ShouldNotContain(p => p.Evidence == "приказ 512", "nothing of a stale look is recorded");
        (await one.Post(path, [.. Changed("value", "57"), ("version", "1")])).Page.ShouldContain("57,00");

        (await one.Post(path + "/record", ("version", "2"))).Page.ShouldContain("Записано");
        var series = (await Own("tariffs-a")).Where(p => p is { Table: ParameterTable.Tariff, Key: "cold_water" }).ToList();
        series.ShouldContain(p => p.From == new NodaTime.LocalDate(2027, 1, 1) && p.To == null && p.Evidence == "приказ 512");
        series.Single(p => p.From == new NodaTime.LocalDate(2026, 10, 1)).To.ShouldBe(new NodaTime.LocalDate(2026, 12, 31));
        (await one.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound, "a recorded draft is over");
    }

    [Theory]
    [InlineData("key", "cold_watr", "правила не знают")]
    [InlineData("value", "-1", "не может быть")]
    [InlineData("value", "много", "число")]
    [InlineData("from", "", "e-from")]
    [InlineData("from", "1027-01-01", "проверьте год")]
    [InlineData("from", "2026-02-01", "С 2026-10-01 уже записано 49.1")]
    [InlineData("to", "2026-12-31", "раньше первого")]
    [InlineData("evidence", " ", "Укажите решение")]
    [InlineData("table", "7", "e-table")]
    public async Task What_cannot_be_is_refused_at_its_field_and_nothing_is_kept(string field, string value, string says)
    {
        await Make("tariffs-b");
        using var admin = await Visitor.SignIn(city, "administrator");
        await admin.Get("/console/tariffs/new?territory=tariffs-b");
        var (status, page) = await admin.Post("/console/tariffs", [.. Changed(field, value), ("territory", "tariffs-b")]);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain(says);
        page.ShouldContain("class=\"wrong\" id=\"e-");
        (await admin.Get("/console/tariffs?territory=tariffs-b")).Page.ShouldNotContain("/console/tariffs/drafts/");
    }

    [Fact]
    public async Task A_draft_of_another_territory_is_not_there_for_an_engineer()
    {
        await Make("tariffs-a");
        using var admin = await Visitor.SignIn(city, "administrator");
        await admin.Get("/console/tariffs/new?territory=tariffs-a");
        var path = DraftPath().Match((await admin.Post("/console/tariffs", [.. Water, ("territory", "tariffs-a")])).Page).Value;
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get("/console/tariffs");
        (await engineer.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await engineer.Post(path + "/drop", ("version", "1"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await engineer.Post("/console/tariffs", [.. Water, ("territory", "tariffs-a")])).Status.ShouldBe(HttpStatusCode.NotFound);
        (await admin.Post(path + "/drop", ("version", "1"))).Page.ShouldContain("Черновик удалён");
    }

    private static (string, string)[] Changed(string field, string value) =>
        [.. Water.Select(f => f.Name == field ? (field, value) : f)];

    private async Task Make(string code)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var scope = city.Server.Services.CreateAsyncScope();
        var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
        var made = await intake.AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, CityFixture.Next, "—"), stop);
        if (made.IsRefused)
            return;
        await scope.ServiceProvider.GetRequiredService<IBilling>()
            .RecordParameters(made.Value.Id, TerritoryParameters.Make(), "test", "invented", stop);
        await intake.AddHouses(made.Value.Id, [new("ул. Тарифная, 1", code, 1980, 5, Flats: 2)], stop);
        await ActivatorUtilities.CreateInstance<Generation>(scope.ServiceProvider)
            .FillHouses(made.Value, new(1, CityFixture.Next), null, stop);
    }

    private async Task<IReadOnlyList<RecordedParameter>> Own(string code)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var scope = city.Server.Services.CreateAsyncScope();
        var territory = await scope.ServiceProvider.GetRequiredService<IRegistry>().FindTerritory(code, stop);
        return (await scope.ServiceProvider.GetRequiredService<IBilling>().RuleSourcesOf(territory.Value, stop)).Value.Own;
    }

    [GeneratedRegex(@"/console/tariffs/drafts/\d+", RegexOptions.None, 1000)]
    private static partial Regex DraftPath();
}

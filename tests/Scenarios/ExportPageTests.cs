using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Exports;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>Tables that staff take away: what stands in them, how many names a day, and the journal.</summary>
public sealed class ExportPageTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_accounts_of_a_building_and_the_charges_of_a_month_add_up_to_what_the_pages_say()
    {
        var building = (await city.Find("комсомольская 11 5", city.North)).Accounts[0].Building;
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get($"/console/buildings/{building.Value}")).Page.ShouldContain($"/console/exports?building={building.Value}");
        (await engineer.Get($"/console/exports?building={building.Value}")).Page.ShouldContain("Комсомольская");
        var accounts = Rows((await Take(engineer, building, "accounts", "csv")).Page);
        accounts[0].ShouldStartWith("Лицевой счёт,Адрес,Помещение,Открыт");
        accounts.Count.ShouldBe(13, "a head and twelve flats");
        var charges = Rows((await Take(engineer, building, "charges", "csv")).Page);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var card = await scope.ServiceProvider.GetRequiredService<IRegistryDesk>().FindBuilding(building, [city.North.Id], Stop);
        var sums = await scope.ServiceProvider.GetRequiredService<IBilling>().SumByAccount(
            [.. card!.Premises.Select(p => p.Account).OfType<AccountId>()], city.North.Currency, CityFixture.First, Stop);
        charges.Skip(1).Sum(r => Kopecks(r.Split(',')[^2])).ShouldBe(sums.Sum(s => s.Sum.Minor));
        (await Take(engineer, building, "accounts", "xlsx")).Page[..2].ShouldBe("PK");
    }

    [Fact]
    public async Task Doubtful_readings_go_out_as_the_work_list_has_them_and_without_a_name()
    {
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get($"/console/readings?territory={city.North.Id.Value}")).Page
            .ShouldContain("/console/exports?kind=doubts&territory=north");
        await engineer.Get("/console/exports?kind=doubts&territory=north");
        var before = await Doubts();
        var (status, table) = await engineer.Post(
            "/console/exports", ("territory", "north"), ("kind", "doubts"), ("format", "csv"), ("names", "yes"));
        status.ShouldBe(HttpStatusCode.OK);
        var rows = Rows(table);
        rows[0].ShouldBe("Адрес,Помещение,Услуга,Прибор,Шкала,Снято,Показание,Почему сомнительно");
        // Others may read meters of these houses at the same time.
        (rows.Count - 1).ShouldBeOneOf(before, await Doubts());
    }

    private async Task<int> Doubts()
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var houses = await scope.ServiceProvider.GetRequiredService<IRegistry>().ListBuildings(city.North.Id, Stop);
        return (await scope.ServiceProvider.GetRequiredService<IReadingEntry>().ListDoubts(city.North, houses, Stop)).Count;
    }

    [Fact]
    public async Task What_is_asked_wrongly_or_of_others_is_refused_whole()
    {
        var foreign = (await city.Find("комсомольская 11 5", city.Foreign)).Accounts[0].Building;
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get($"/console/exports?building={foreign.Value}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await engineer.Get("/console/exports");
        (await engineer.Post("/console/exports", ("territory", "foreign"), ("kind", "accounts"), ("format", "csv"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        var (status, page) = await engineer.Post("/console/exports", ("territory", "north"), ("kind", "charges"), ("format", "pdf"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Укажите месяц начислений");
        page.ShouldContain("Выберите CSV или XLSX");
        using var operator_ = await Visitor.SignIn(city, "operator");
        (await operator_.Get("/console/exports")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Names_go_out_within_the_days_limit_and_not_one_more_and_the_journal_has_the_rows()
    {
        using var engineer = await Visitor.SignIn(city, CityFixture.Second);
        await engineer.Get("/console/exports");
        var named = Rows((await Territory(engineer)).Page);
        named[0].ShouldContain(",Владелец,");
        var each = named.Count - 1;
        for (var taken = each; taken + each <= ExportBook.NamesADay; taken += each)
            Rows((await Territory(engineer)).Page)[0].ShouldContain(",Владелец,");
        Rows((await Territory(engineer)).Page)[0].ShouldNotContain("Владелец", customMessage: "the day's names are spent");
        using var auditor = await Visitor.SignIn(city, "auditor");
        await auditor.Get("/console/audit");
        var journal = (await auditor.Post("/console/audit", ("who", CityFixture.Second), ("action", "table-exported"))).Page;
        journal.ShouldContain($"accounts-north.csv: {each} rows, with names");
        journal.ShouldContain($"accounts-north.csv: {each} rows, no names");
    }

    private static Task<(HttpStatusCode Status, string Page)> Territory(Visitor visitor) => visitor.Post(
        "/console/exports", ("territory", "north"), ("kind", "accounts"), ("format", "csv"), ("names", "yes"));

    private static async Task<(HttpStatusCode Status, string Page)> Take(Visitor visitor, BuildingId building, string kind, string format)
    {
        var taken = await visitor.Post(
            "/console/exports", ("building", $"{building.Value}"), ("kind", kind), ("month", $"{CityFixture.First}"), ("format", format));
        taken.Status.ShouldBe(HttpStatusCode.OK);
        return taken;
    }

    private static List<string> Rows(string csv) => [.. csv.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];

    private static long Kopecks(string sum) => long.Parse(
        sum.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);
}

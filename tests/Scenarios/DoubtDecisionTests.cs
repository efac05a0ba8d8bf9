using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>Doubtful readings that came with a register are decided together from the work list.</summary>
public sealed partial class DoubtDecisionTests(CityFixture city)
{
    [Fact]
    public async Task Chosen_doubts_are_shown_once_more_need_a_ground_to_be_rejected_and_leave_the_list()
    {
        await Plant();
        using var clerk = await Visitor.SignIn(city, "operator");
        var list = (await clerk.Get($"/console/readings?territory={city.South.Id.Value}")).Page;
        var doubt = Doubt().Matches(list).First(m => m.Groups["code"].Value.Contains("use-", StringComparison.Ordinal)).Groups["key"].Value;

        (string, string)[] chosen = [("territory", $"{city.South.Id.Value}"), ("answer", "Reject"), ("doubt", doubt)];
        var (status, shown) = await clerk.Post("/console/readings/decide", chosen);
        status.ShouldBe(HttpStatusCode.OK);
        shown.ShouldContain("последними снова станут прежние");
        var (refused, page) = await clerk.Post("/console/readings/decided", chosen);
        refused.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Напишите, почему показания не принимаются");
        page.ShouldContain(doubt, Case.Sensitive, "what was chosen stays chosen");

        var (_, done) = await clerk.Post("/console/readings/decided", [.. chosen, ("remark", "ошибка в реестре")]);
        done.ShouldContain("Решено: 1.");
        done.ShouldNotContain(doubt);
        (await clerk.Post("/console/readings/decided", [.. chosen, ("remark", "ещё раз")])).Page.ShouldContain("Решено: 0.");
    }

    [Fact]
    public async Task Rubbish_in_the_form_and_a_foreign_territory_decide_nothing()
    {
        using var clerk = await Visitor.SignIn(city, "operator");
        await clerk.Get("/console/readings");
        var territory = ("territory", $"{city.South.Id.Value}");
        var (_, none) = await clerk.Post(
            "/console/readings/decide", territory, ("answer", "Confirm"), ("doubt", "1|2|3"), ("doubt", "x"),
            ("doubt", "1|1|99|2026-01-01|a"));
        none.ShouldContain("Решать нечего");
        (await clerk.Post("/console/readings/decide", territory, ("answer", "Perhaps"))).Status.ShouldBe(HttpStatusCode.NotFound);
        (await clerk.Post("/console/readings/decide", ("territory", $"{city.Foreign.Id.Value}"), ("answer", "Confirm")))
            .Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private async Task Plant()
    {
        var (building, all) = await city.Sheet("комсомольская 12 7", city.South);
        var field = all.First(f => f.IsLively && f.Register.Zone == Zone.Single);
        await using var scope = city.Server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IMetering>().Record(
            [
                new(field.Register.Meter.Id, building, SheetCity.Today, SheetCity.Today, ReadingSource.Consumer, ReadingMark.None,
                    [new(Zone.Single, Fixed.Of(field.After(80)))]),
            ],
            [], "import", "register", TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"name=""doubt"" value=""(?<key>[^""]*\|(?<code>[^""|]+))""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Doubt();
}

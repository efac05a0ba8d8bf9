using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Start;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>The way to the first month is told from what is in the base.</summary>
public sealed class StartStepsTests
{
    private static readonly TerritoryRecord Town =
        new(new(7), "town", "Городок", DateTimeZoneProviders.Tzdb["Asia/Omsk"], "ru-354", Currency.Rub, new(2026, 10));

    [Fact]
    public void An_empty_base_begins_with_the_company_and_only_that()
    {
        var steps = StartSteps.Of(new(false, null));
        steps.Where(s => s.State == StepState.Next).ShouldHaveSingleItem().Key.ShouldBe("company");
        steps.ShouldNotContain(s => s.State == StepState.Done);
        steps.Where(s => s.Path is not null).Select(s => s.Key).ShouldBe(["company", "territory"]);
    }

    [Fact]
    public void What_came_by_a_command_is_done_as_well_and_what_may_be_left_out_holds_nothing_up()
    {
        var facts = new StartFacts(
            true, Town, Rules: true, Houses: 10, Accounts: 40, Entered: new(40, 0, 0, 200, 0, [], []), Own: 3, MonthIsOver: true);
        var steps = StartSteps.Of(facts);
        steps.Single(s => s.State == StepState.Next).Key.ShouldBe("run");
        steps.Where(s => s.State == StepState.Optional).Select(s => s.Key)
            .ShouldBe(["residents", "holders", "meters", "readings", "balances"]);
        steps.Single(s => s.Key == "holders").Path.ShouldBe("/console/imports?kind=holders&territory=town");
    }

    [Fact]
    public void The_next_step_is_the_first_that_is_missing_even_below_one_that_is_done() =>
        StartSteps.Of(new(true, Town, Rules: true, Houses: 10, Own: 3)).Single(s => s.State == StepState.Next).Key.ShouldBe("premises");
}

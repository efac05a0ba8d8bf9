using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Evaluation;

/// <summary>What holds for every building, tried on invented ones; a failure names its seed.</summary>
public sealed class EvaluationProperties
{
    private const int Months = 8;

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 40).Select(s => (ulong)s)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Plain_big_integer_fractions_come_to_every_amount_quantity_and_tie(ulong seed)
    {
        var facts = RandomBuilding.Of(seed, months: Months);
        var rules = Rules.Over(WorkedBuildingTests.Pack(), RandomBuilding.Parameters);
        for (var month = RandomBuilding.Since; month < RandomBuilding.Since.PlusMonths(Months); month = month.PlusMonths(1))
        {
            foreach (var line in Evaluator.EvaluateBuilding(facts, rules, month).Value.Lines)
            {
                var replayed = Replay.Run(Working.Read(line.Working));
                replayed.Amount.ShouldBe(line.Amount.ToExact());
                replayed.Quantity.ShouldBe(line.Quantity);
            }
        }
    }

    /// <summary>"For any cut of a month into intervals with unchanged facts the line's amount is the same" (rules.md 14).</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_month_cut_where_nothing_changes_is_charged_the_same(ulong seed)
    {
        var facts = RandomBuilding.Of(seed, months: Months);
        var month = RandomBuilding.Since.PlusMonths((int)(seed % Months));
        var random = new Seeded(seed);
        var cut = RandomBuilding.Parameters.SelectMany(p => Cut(p, month.FirstDay.PlusDays(random.Next(1, month.Days - 1)))).ToList();

        RandomBuilding.Bill(facts, Rules.Over(WorkedBuildingTests.Pack(), cut), month)
            .ShouldBe(RandomBuilding.Bill(facts, Rules.Over(WorkedBuildingTests.Pack(), RandomBuilding.Parameters), month));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_in_which_facts_are_read_changes_nothing(ulong seed)
    {
        var facts = RandomBuilding.Of(seed, months: Months);
        var rules = Rules.Over(WorkedBuildingTests.Pack(), RandomBuilding.Parameters);
        var month = RandomBuilding.Since.PlusMonths(Months - 1);
        var turned = facts with
        {
            Building = facts.Building with
            {
                Premises = [.. facts.Building.Premises.Reverse()],
                Accounts = [.. facts.Building.Accounts.Reverse().Select(a => a with
                {
                    Residents = [.. a.Residents.Reverse()],
                    Connections = [.. a.Connections.Reverse()],
                })],
            },
        };

        RandomBuilding.Bill(turned, rules, month).Order().ShouldBe(RandomBuilding.Bill(facts, rules, month).Order());
    }

    /// <summary>What goes into a building is what its accounts used, what is common, and what nobody is charged for.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_buildings_volume_adds_up(ulong seed)
    {
        var facts = RandomBuilding.Of(seed, months: Months);
        var rules = Rules.Over(WorkedBuildingTests.Pack(), RandomBuilding.Parameters);
        for (var month = RandomBuilding.Since; month < RandomBuilding.Since.PlusMonths(Months); month = month.PlusMonths(1))
        {
            foreach (var balance in Evaluator.EvaluateBuilding(facts, rules, month).Value.Balances.Where(b => b.BuildingVolume is not null))
            {
                (balance.Individual + balance.Common + balance.OverCap - balance.Negative + balance.Residual)
                    .ShouldBe(balance.BuildingVolume!.Value);
                balance.Residual.Sign.ShouldBeLessThanOrEqualTo(0);
            }
        }
    }

    [Fact]
    public void What_has_no_tariff_refuses_the_building_and_names_key_and_day()
    {
        var facts = RandomBuilding.Of(1);
        var without = RandomBuilding.Parameters.Where(p => p.Key != "drainage").ToList();
        var refusal = Evaluator.EvaluateBuilding(facts, Rules.Over(WorkedBuildingTests.Pack(), without), RandomBuilding.Since).Refusal;
        refusal!.Code.ShouldBe("billing.parameter-missing");
        refusal.Facts.ShouldContain(("key", "drainage"));
        refusal.Facts.ShouldContain(("day", "2025-09-01"));
    }

    /// <summary>The same value in two rows instead of one.</summary>
    private static IEnumerable<Parameter> Cut(Parameter parameter, NodaTime.LocalDate at) =>
        parameter.From < at && (parameter.To is null || parameter.To >= at) && parameter.Table != ParameterTable.HeatingSeason
            ? [parameter with { To = at.PlusDays(-1) }, parameter with { From = at }]
            : [parameter];
}

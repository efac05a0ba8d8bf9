using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Specs.Evaluation;
using Shouldly;

namespace Ochag.Specs.Workings;

/// <summary>The independent checker against the evaluator: two arithmetics, one result.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("B01")]
    [InlineData("B02")]
    [InlineData("B06")]
    [InlineData("B08")]
    [InlineData("B10")]
    [InlineData("B12")]
    [InlineData("B16")]
    public void Every_working_comes_to_its_amount_and_quantity_when_it_is_computed_again(string id)
    {
        foreach (var line in Lines(id))
        {
            var replayed = Replay.Run(Working.Read(line.Working));
            Money.Round(replayed.Amount, line.Amount.Currency).ShouldBe(line.Amount);
            replayed.Amount.ShouldBe(line.Amount.ToExact(), "the rounding is a step of the working");
            replayed.Quantity.ShouldBe(line.Quantity);
        }
    }

    [Fact]
    public void Every_altered_byte_of_a_working_is_found()
    {
        foreach (var line in Lines("B10"))
        {
            for (var i = 0; i < line.Working.Length; i++)
            {
                var altered = line.Working.ToArray();
                altered[i] ^= 1;
                Should.Throw<FormatException>(() => Replay.Run(Working.Read(altered)));
            }
        }
    }

    [Fact]
    public void A_tape_that_leaves_more_than_one_value_cannot_be_finished()
    {
        var tape = new Tape().In(1, 2L).In(2, 3L);
        Should.Throw<InvalidOperationException>(() => tape.Finish(1));
    }

    [Fact]
    public void A_working_keeps_fractions_sources_days_and_names()
    {
        var tape = new Tape();
        tape.During(3, 9).From(1, 77).In(5, Exact.Parse("-1/3")).Name(6).In(7, Fixed.Parse("2512.470")).Multiply().Quantity().Round();
        var bytes = tape.Finish(12);

        var working = Working.Read(bytes);
        working.Formula.ShouldBe(12);
        var first = working.Steps[0];
        (first.Symbol, first.SourceKind, first.SourceId, first.FirstDay, first.LastDay).ShouldBe((5, 1, 77L, 3, 9));
        first.Value.ShouldBe(Exact.Parse("-1/3"));
        var replayed = Replay.Run(working);
        replayed.Amount.ShouldBe(Exact.Parse("-837.49"));
        replayed.Quantity.ShouldBe(Exact.Parse("-837.49"));
        replayed.Named.ShouldBe([(6, Exact.Parse("-1/3"))]);
    }

    private static IEnumerable<ChargeLine> Lines(string id)
    {
        var building = WorkedBuildingTests.Read(id);
        return building.Months.SelectMany(m => Evaluator.EvaluateBuilding(building.Facts, building.Rules, m).Value.Lines);
    }
}

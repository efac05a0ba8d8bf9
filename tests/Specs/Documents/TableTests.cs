using System.IO.Compression;
using System.Text;
using Ochag.Documents.Tables;
using Shouldly;

namespace Ochag.Specs.Documents;

/// <summary>Tables as companies keep them: what is found out about a file, and what is refused.</summary>
public sealed class TableTests : IDisposable
{
    private const string Text = "Лицевой счёт;Адрес;Площадь\r\n0000012345;\"ул. Ленина, д. 5\r\nкорп. 2\";54,3\r\n"
        + "0000012346;пр-кт Мира, д. 7;61\r\n";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ochag-table-{Guid.NewGuid():N}");

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("windows-1251", false)]
    [InlineData("koi8-r", false)]
    [InlineData("cp866", false)]
    public void Letters_and_separator_are_found_out(string encoding, bool mark)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var page = Encoding.GetEncoding(encoding);
        Write([.. mark ? page.GetPreamble() : [], .. page.GetBytes(Text)]);
        using var table = Table.Open(_file);
        table.Columns.ShouldBe(["Лицевой счёт", "Адрес", "Площадь"]);
        var rows = table.Rows().ToList();
        rows.Select(r => r["лицевой счёт"]).ShouldBe(["0000012345", "0000012346"]);
        rows[0]["Адрес"].ShouldBe("ул. Ленина, д. 5\r\nкорп. 2");
        rows[1].Line.ShouldBe(4);
        table.Layout.ShouldEndWith(", ;");
    }

    [Theory]
    [InlineData("ИВАНОВ ПЕТР СИДОРОВИЧ;ЧИТА;1\nПЕТРОВА ОЛЬГА ИВАНОВНА;УЛАН-УДЭ;2\n")]
    [InlineData("Шевченко Тарас Григорович;Житомир;1\nПетренко Ганна;Бердичів;2\n")]
    public void Capitals_and_ukrainian_names_are_read_in_windows_1251_too(string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Write(Encoding.GetEncoding(1251).GetBytes("ФИО;Город;N\n" + text));
        using var table = Table.Open(_file);
        table.Rows().First()["ФИО"].ShouldBe(text.Split(';')[0]);
    }

    [Theory]
    [InlineData("a\tb\tc\n1\t2,5\t3\n", "\t")]
    [InlineData("a|b|c\n1|2,5|3\n", "|")]
    [InlineData("a,b,c\n1,\"x;y\",3\n", ",")]
    [InlineData("Register of the 1st, 2nd, 3rd and 4th house\na;b;c\n1;2,5;3\n", ";")]
    public void The_separator_is_what_parts_every_line_alike(string text, string separator)
    {
        Write(Encoding.UTF8.GetBytes(text));
        using var table = (DelimitedTable)Table.Open(_file, fields => fields.Contains("b") ? 1 : 0);
        table.Separator.ToString().ShouldBe(separator);
        table.Rows().Single()["c"].ShouldBe("3");
    }

    [Fact]
    public void A_head_is_found_below_titles_and_a_name_that_stands_twice_is_told_apart()
    {
        Write(Encoding.UTF8.GetBytes("Register;;\nof 2026;;\nnumber;area;area\n1;2;3\n"));
        using var table = Table.Open(_file, fields => fields.Contains("number") ? 1 : 0);
        table.HeadLine.ShouldBe(3);
        table.Columns.ShouldBe(["number", "area", "area (2)"]);
        table.Rows().Single()["area (2)"].ShouldBe("3");
    }

    [Fact]
    public void A_gzip_that_was_cut_short_is_broken_and_not_shorter()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"{i},{i * 7}\n"))));
        Write(packed.ToArray()[..^2000]);
        Should.Throw<TableException>(() =>
        {
            using var table = Table.Open(_file);
            _ = table.Rows().Count();
        }).Why.Code.ShouldBe("tables.archive-damaged");
    }

    [Fact]
    public void A_workbook_reads_back_as_it_was_written()
    {
        using (var stream = File.Create(_file))
        using (var sheet = new XlsxSheet(stream, "Лист <1>", [12, 30]))
        {
            sheet.Row("number", "name");
            sheet.Row("0000012345", "=1+1 & \"Ёж\"\u0001");
        }

        using var table = Table.Open(_file);
        table.Layout.ShouldBe("XLSX, Лист <1>");
        var row = table.Rows().Single();
        row.Line.ShouldBe(2);
        row["number"].ShouldBe("0000012345");
        row["name"].ShouldBe("=1+1 & \"Ёж\"\uFFFD");
    }

    [Fact]
    public void A_spreadsheets_own_workbook_gives_texts_numbers_dates_and_names_its_formulas()
    {
        Write(Books.Workbook("""
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>day</t></is></c><c r="D1" t="str"><v>sum</v></c></row>
            <row r="3"><c r="A3"><v>0.30000000000000004</v></c><c r="B3" s="1"><v>46326</v></c><c r="D3"><f>A3*2</f><v>0.6</v></c></row>
            <row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="2"><v>46326.5</v></c><c r="D4" t="e"><v>#N/A</v></c></row>
            <row r="5"/>
            """));
        using var table = Table.Open(_file);
        table.Columns.ShouldBe(["номер", "day", "", "sum"]);
        var rows = table.Rows().ToList();
        rows.Select(r => r.Line).ShouldBe([3, 4]);
        rows[0]["номер"].ShouldBe("0.3");
        rows[0]["day"].ShouldBe("2026-10-31");
        rows[0].IsFormula("sum").ShouldBeTrue();
        rows[1]["номер"].ShouldBe("one two");
        rows[1]["day"].ShouldBe("2026-10-31T12:00:00");
        rows[1]["sum"].ShouldBe("#N/A");
        rows[1].IsFormula("sum").ShouldBeFalse();
    }

    [Fact]
    public void Many_columns_without_a_name_are_told_apart()
    {
        Write(Encoding.UTF8.GetBytes(new string('\t', 900) + "\nx" + new string('\t', 900) + "\n"));
        using var table = Table.Open(_file);
        table.Columns.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(table.Columns.Count);
    }

    private void Write(byte[] bytes) => File.WriteAllBytes(_file, bytes);
}

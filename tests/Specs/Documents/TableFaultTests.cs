using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Server.Refusals;
using Ochag.Specs.Server;
using Shouldly;

namespace Ochag.Specs.Documents;

/// <summary>Whatever cannot be read says why by a code of its own, which each reader is told in his language.</summary>
public sealed partial class TableFaultTests : IDisposable
{
    /// <summary>What only a file of a hundred megabytes would show.</summary>
    private static readonly string[] TooBigToShow = ["tables.too-many-texts"];

    private static readonly Dictionary<string, Func<byte[]>> Faults = new(StringComparer.Ordinal)
    {
        ["nothing: tables.empty"] = () => [],
        ["empty lines: tables.empty"] = () => "\n\n"u8.ToArray(),
        ["bytes: tables.not-a-text"] = () => [1, 0, 2, 0],
        ["old workbook: tables.old-workbook"] = () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        ["pdf: tables.pdf"] = () => "%PDF-1.7\n"u8.ToArray(),
        ["two encodings: tables.letters-mixed"] =
            () => [.. Encoding.UTF8.GetBytes("Имя;Дом\n" + string.Concat(Enumerable.Repeat("Ёлка;1\n", 20_000))), 0xC8, 0xEC, 0xFF, 10],
        ["open quote: tables.row-broken"] = () => Encoding.UTF8.GetBytes("a;b\n1;2\n3;\"4\n5;6\n"),
        ["open quote, long: tables.row-broken"] = () => Encoding.UTF8.GetBytes("a;b\n1;\"" + new string('x', 2 * 1024 * 1024)),
        ["tabs: tables.row-wide"] = () => Encoding.UTF8.GetBytes("a\tb\n1\t2\n" + new string('\t', 2600) + "\n"),
        ["cell far right: tables.row-wide"] = () => Row("<c r=\"ZZZ1\"><v>1</v></c>"),
        ["gzip of nothing: tables.archive-damaged"] = () => [0x1F, 0x8B, 8, 0, 1, 2, 3],
        ["a cut archive: tables.workbook-damaged"] = () => [.. "PK"u8, 3, 4, 0, 0],
        ["an entity: tables.workbook-damaged"] =
            () => Books.Workbook("<row r=\"1\"><c><v>&lol;</v></c></row>", "<!DOCTYPE w [<!ENTITY lol \"lol\">]>"),
        ["another archive: tables.not-a-workbook"] = () => Books.Zip(("readme.txt", "no workbook")),
        ["hidden sheets: tables.no-sheet"] = () => Books.Zip(("xl/workbook.xml", "<workbook><sheets/></workbook>")),
        ["a sheet away: tables.part-missing"] = () => Without("xl/worksheets/data.xml"),
        ["a text away: tables.text-missing"] = () => Row("<c r=\"A1\" t=\"s\"><v>77</v></c>"),
        ["parts: tables.too-many-parts"] = () => Books.Zip([.. Enumerable.Range(0, 2001).Select(i => ($"p{i}", ""))]),
        ["a long cell: tables.cell-long"] =
            () => Row("<c t=\"inlineStr\"><is><t>" + string.Concat(Enumerable.Range(0, 9000).Select(i => $"{i} ")) + "</t></is></c>"),
        ["a bomb: tables.blown-up"] = () => Row("<c t=\"inlineStr\"><is><t>" + new string('0', 20_000_000) + "</t></is></c>"),
    };

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ochag-fault-{Guid.NewGuid():N}");

    public static TheoryData<string> Kinds => [.. Faults.Keys];

    public void Dispose() => File.Delete(_file);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_that_cannot_be_read_says_why_in_every_language(string kind)
    {
        File.WriteAllBytes(_file, Faults[kind]());
        var why = Should.Throw<TableException>(() =>
        {
            using var table = Table.Open(_file);
            _ = table.Rows().Count();
        }).Why;
        why.Code.ShouldBe(kind.Split(": ")[1]);
        var refusal = new Refusal("imports.file-broken", [("file", "a.csv"), ("reason", why.Code), .. why.Facts]);
        foreach (var language in new[] { "ru", "uk", "en" })
        {
            var sentence = Reader.In(language, () => RefusalSentences.Of(refusal, Reader.Sentences));
            sentence.ShouldStartWith("a.csv ");
            sentence.ShouldNotContain("tables.");
            sentence.ShouldNotContain("{");
            RefusalSentences.Parse(why.ToString()).ToString().ShouldBe(why.ToString(), "it is kept as text and read back");
        }

        RefusalSentences.AtCommandLine(refusal).ShouldEndWith(". Nothing was taken. [imports.file-broken]");
    }

    [Fact]
    public void Every_fault_of_a_table_is_shown_here() =>
        Repository.CSharp("src/Documents").SelectMany(f => Code().Matches(Repository.Text(f)).Select(m => m.Value)).Distinct()
            .Except(Faults.Keys.Select(k => k.Split(": ")[1])).ShouldBe(TooBigToShow, ignoreOrder: true);

    [Fact]
    public void The_sentence_names_the_row()
    {
        var refusal = new Refusal("imports.file-broken", ("file", "a.csv"), ("reason", "tables.row-broken"), ("line", "7"));
        Reader.In("ru", () => RefusalSentences.Of(refusal, Reader.Sentences))
            .ShouldBe("a.csv не читается: строка 7 не кончается: вероятно, в ней открыта кавычка и не закрыта. Ничего не взято.");
    }

    private static byte[] Row(string cells) => Books.Workbook($"<row r=\"1\">{cells}</row>");

    private static byte[] Without(string part)
    {
        using var stream = new MemoryStream();
        stream.Write(Row(""));
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
            zip.GetEntry(part)!.Delete();
        return stream.ToArray();
    }

    [GeneratedRegex("(?<=\")tables\\.[a-z-]+(?=\")", RegexOptions.None, 1000)]
    private static partial Regex Code();
}

using System.IO.Compression;
using System.Text;
using NodaTime;
using Ochag.Documents.Tables;
using Ochag.Registry.Addresses;
using Ochag.Registry.Contracts;

namespace Ochag.Bench.Fuzz;

/// <summary>A reader of what comes from outside.</summary>
/// <param name="Seeds">Good inputs.</param>
/// <param name="Words">What its grammar is made of, and what has broken such readers before.</param>
/// <param name="Read">Reads an input to its end. A refusal is an <see cref="TableException"/>; anything else is a fault.</param>
internal sealed record FuzzTarget(string Name, IReadOnlyList<byte[]> Seeds, IReadOnlyList<byte[]> Words, Action<byte[]> Read)
{
    private static readonly byte[][] TextWords =
    [
        .. new[]
        {
            "\"", "\"\"", ";", ",", "\t", "|", "\r\n", "\n", "\r", "\0", "'", "=cmd|'/c calc'!A1", "#", "\u2028", "\uFEFF", "1e308", "-0",
            "99999999999999999999", "NaN", "0,5", "1 234,56", "31.02.2026", "2026-02-30", "29.02.1900", "0000-00-00", "ул.", "д. ", "кв. ",
            "корп", "г. Омск", "обл", "Ё", "ё", "İ", "🏠", "\u202E", "e\u0301", "А/Б-1", "((((", "д. 1/1/1/1/1", ",,,,,,,,", "№№№№",
        }.Select(Encoding.UTF8.GetBytes),
        [0xFF, 0xFE], [0xFE, 0xFF], [0xEF, 0xBB, 0xBF], [0xC3, 0x28], [0xF0, 0x28, 0x8C, 0xBC], [0xED, 0xA0, 0x80],
    ];

    private static readonly byte[][] XmlWords =
    [
        .. new[]
        {
            "<!DOCTYPE a [<!ENTITY b \"cc\">]>", "&b;", "&#0;", "&#x10FFFF;", "&lt;", "<c r=\"ZZZZ99999\" t=\"s\"><v>-1</v></c>",
            "<c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is></c>", "<row r=\"999999999999\">", "</row>", "<f>1+1</f>", "t=\"e\"",
            "s=\"99999\"",
            "<v>1E400</v>", "<v>-700000</v>", "<![CDATA[", "]]>", "<?xml version=\"1.1\"?>", "xmlns:x=\"a\"", "<si>", "</si>", "<a>", "\0",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly byte[][] ZipWords =
    [
        "PK\u0001\u0002"u8.ToArray(), "PK\u0003\u0004"u8.ToArray(), "PK\u0005\u0006"u8.ToArray(), [0xFF, 0xFF, 0xFF, 0xFF], [0xFF, 0xFF],
        [0, 0, 0, 0], "../../../../etc/passwd"u8.ToArray(), "xl/workbook.xml"u8.ToArray(), [0x1F, 0x8B, 8],
    ];

    /// <param name="folder">Where inputs are put down as files, best in memory.</param>
    public static IReadOnlyList<FuzzTarget> All(string folder)
    {
        var file = Path.Combine(folder, "input");
        return
        [
            new("csv", TextSeeds(), TextWords, ReadTable(file)),
            new("csv.gz", [.. TextSeeds().Select(Packed)], [.. ZipWords, .. TextWords], ReadTable(file)),
            new("xlsx-archive", [Workbook.Bytes()], ZipWords, ReadTable(file)),
            new("xlsx-parts", Workbook.PartSeeds(), XmlWords, bytes => ReadTable(file)(Workbook.With(bytes))),
            new("cells", [.. Cells.Select(Encoding.UTF8.GetBytes)], TextWords, ReadCells),
            new("addresses", [.. Addresses.Select(Encoding.UTF8.GetBytes)], TextWords, b => AddressReader.Read(Encoding.UTF8.GetString(b))),
        ];
    }

    private static readonly string[] Cells = 
        ["1 234,56", "31.12.2026", "2026-12-31", "да", "45000", "0,001", "12345678901", "Иванов И. И."];

    private static readonly string[] Addresses =
    [
        "Омская обл., г. Омск, ул. 10 лет Октября, д. 182, корп. 2, кв. 15", "644010, Омск, пр-кт Карла Маркса, 10/1",
        "р-н Азовский, с. Александровка, пер. Школьный, дом № 3А", "мкр. Входной, стр. 5 литера Б", "Екатеринбург, 8 Марта, 206",
    ];

    private static List<byte[]> TextSeeds()
    {
        const string table = "Реестр домов;;;\nid;адрес;год;площадь\n"
            + "1;\"ул. Ленина, д. 1\";1975;1 234,5\n2;\"\"\"Заря\"\" дом 2\";1980;0\n;;;\n";
        return
        [
            Encoding.UTF8.GetBytes(table), [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(table.Replace(';', ','))],
            [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(table)], Encoding.GetEncoding(1251).GetBytes(table),
            Encoding.GetEncoding(20866).GetBytes(table.Replace(';', '\t')), Encoding.GetEncoding(866).GetBytes(table.Replace(';', '|')),
        ];
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static Action<byte[]> ReadTable(string file) => bytes =>
    {
        File.WriteAllBytes(file, bytes);
        using var table = Table.Open(file, fields => fields.Count);
        foreach (var row in table.Rows())
            _ = row.Line;
    };

    private static void ReadCells(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        ImportColumn[] columns = [.. "abcde".Select(c => new ImportColumn($"{c}", ImportValue.Text, false, ""))];
        var cells = new ImportCells(new ImportRow(1, columns.ToDictionary(c => c.Name, _ => text, StringComparer.Ordinal), []), columns);
        _ = (cells.Text("a"), cells.Whole("b", 0, 100), cells.Decimal("c", 0, long.MaxValue / 1_000_000), cells.Date("d"), cells.YesNo("e"),
            cells.Choice<IsoDayOfWeek>("e"));
    }
}

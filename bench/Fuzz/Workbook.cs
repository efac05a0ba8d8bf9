using System.IO.Compression;
using System.Text;

namespace Ochag.Bench.Fuzz;

/// <summary>A small good workbook with all that ours reads: shared texts, styles, dates, formulas (ISO/IEC 29500-1).</summary>
internal static class Workbook
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static readonly (string Path, string Text)[] Parts =
    [
        ("xl/worksheets/sheet1.xml", $"""
            <worksheet xmlns="{Main}"><sheetData>
            <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>дата</t></is></c></row>
            <row r="2"><c r="A2"><v>12.5</v></c><c r="B2" t="str"><f>A2*2</f><v>25</v></c><c r="C2" s="1"><v>45000</v></c></row>
            <row r="3"><c r="A3" t="b"><v>1</v></c><c r="B3" t="e"><v>#N/A</v></c><c r="D3" t="s"><v>1</v></c></row>
            </sheetData></worksheet>
            """),
        ("xl/sharedStrings.xml", $"""<sst xmlns="{Main}"><si><t>адрес</t></si><si><r><t>пло</t></r><r><t>щадь</t></r></si></sst>"""),
        ("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts><numFmt numFmtId="170" formatCode="dd.mm.yyyy"/></numFmts>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>
            """),
        ("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}"><workbookPr date1904="0"/>
            <sheets><sheet name="дома" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
            """),
    ];

    public static byte[] Bytes() => Archive(-1, []);

    /// <summary>Each part, behind a byte that says which.</summary>
    public static IReadOnlyList<byte[]> PartSeeds() =>
        [.. Parts.Select((p, i) => (byte[])[(byte)i, .. Encoding.UTF8.GetBytes(p.Text)])];

    /// <summary>The workbook with one part exchanged: its first byte says which.</summary>
    public static byte[] With(byte[] part) => part.Length == 0 ? Bytes() : Archive(part[0] % Parts.Length, part[1..]);

    private static byte[] Archive(int exchanged, byte[] by)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < Parts.Length; i++)
            {
                using var part = zip.CreateEntry(Parts[i].Path, CompressionLevel.Fastest).Open();
                part.Write(i == exchanged ? by : Encoding.UTF8.GetBytes(Parts[i].Text));
            }
        }

        return stream.ToArray();
    }
}

using System.IO.Compression;

namespace Ochag.Specs.Documents;

/// <summary>Workbooks by hand.</summary>
internal static class Books
{
    /// <summary>As spreadsheets write them: shared texts cut into runs, dates by style, one of them a format of its own.</summary>
    public static byte[] Workbook(string rows, string before = "") => Zip(
        ("xl/workbook.xml", """
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
              xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>
              <sheet name="hidden" sheetId="1" state="hidden" r:id="rId1"/><sheet name="Data" sheetId="2" r:id="rId2"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", """
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
              <Relationship Id="rId1" Target="worksheets/none.xml"/>
              <Relationship Id="rId2" Target="/xl/worksheets/data.xml"/></Relationships>
            """),
        ("xl/styles.xml", """
            <styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
              <numFmts><numFmt numFmtId="164" formatCode="[$-419]dd\ mmmm\ yyyy"/></numFmts>
              <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
              <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>
            """),
        ("xl/sharedStrings.xml", """
            <sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>номер</t></si>
              <si><r><t>one </t></r><r><t>two</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh></si></sst>
            """),
        ("xl/worksheets/data.xml", before
            + $"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"));

    public static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}

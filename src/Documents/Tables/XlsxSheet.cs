using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Ochag.Documents.Tables;

/// <summary>
/// Writes a workbook of one sheet, row by row (ISO/IEC 29500-1). A field is a cell of text unless it is said to be a number:
/// a spreadsheet runs nothing of it and does not turn an account's number into a float.
/// </summary>
public sealed class XlsxSheet : IDisposable
{
    /// <summary>Rows that a sheet can have, its head among them.</summary>
    public const int MostRows = 1_048_576;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string PackageRelations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    private readonly ZipArchive _zip;
    private readonly XmlWriter _sheet;
    private int _row;

    /// <param name="name">Of the sheet: at most 31 characters, none of []:*?/\.</param>
    /// <param name="widths">Of the columns, in characters.</param>
    public XlsxSheet(Stream stream, string name, IReadOnlyList<int> widths)
    {
        _zip = new(stream, ZipArchiveMode.Create, leaveOpen: true);
        Part("[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{Office}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Office}.worksheet+xml"/>
            </Types>
            """);
        Part("_rels/.rels", $"""
            <Relationships xmlns="{PackageRelations}">
            <Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>
            """);
        Part("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{PackageRelations}">
            <Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/>
            </Relationships>
            """);
        Part("xl/workbook.xml", $"""
            <workbook xmlns="{Main}" xmlns:r="{Relations}">
            <sheets><sheet name="{Escaped(name)}" sheetId="1" r:id="rId1"/></sheets>
            </workbook>
            """);
        _sheet = XmlWriter.Create(
            _zip.CreateEntry("xl/worksheets/sheet1.xml").Open(),
            new() { Encoding = new UTF8Encoding(false), CloseOutput = true, CheckCharacters = false });
        _sheet.WriteStartElement("worksheet", Main);
        Frame(widths);
        _sheet.WriteStartElement("sheetData", Main);
    }

    public void Row(params ReadOnlySpan<string> fields)
    {
        Begin();
        foreach (var field in fields)
            Text(field);
        _sheet.WriteEndElement();
    }

    public void Row(params ReadOnlySpan<TableCell> cells)
    {
        Begin();
        foreach (var cell in cells)
        {
            if (cell.IsNumber)
                Number(cell.Text);
            else
                Text(cell.Text);
        }

        _sheet.WriteEndElement();
    }

    public void Dispose()
    {
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.Dispose();
        _zip.Dispose();
    }

    private void Begin()
    {
        if (++_row > MostRows)
            throw new InvalidOperationException($"A sheet has at most {MostRows} rows.");
        _sheet.WriteStartElement("row", Main);
        _sheet.WriteAttributeString("r", _row.ToString(CultureInfo.InvariantCulture));
    }

    private void Number(string number)
    {
        _sheet.WriteStartElement("c", Main);
        _sheet.WriteElementString("v", Main, number);
        _sheet.WriteEndElement();
    }

    private void Text(string field)
    {
        _sheet.WriteStartElement("c", Main);
        _sheet.WriteAttributeString("t", "inlineStr");
        _sheet.WriteStartElement("is", Main);
        _sheet.WriteStartElement("t", Main);
        _sheet.WriteAttributeString("xml", "space", null, "preserve");
        _sheet.WriteString(Printable(field));
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
    }

    /// <summary>The head stays in sight, the columns are as wide as asked.</summary>
    private void Frame(IReadOnlyList<int> widths)
    {
        _sheet.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\">"
            + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        if (widths.Count == 0)
            return;
        _sheet.WriteStartElement("cols", Main);
        foreach (var (index, width) in widths.Index())
        {
            _sheet.WriteStartElement("col", Main);
            _sheet.WriteAttributeString("min", (index + 1).ToString(CultureInfo.InvariantCulture));
            _sheet.WriteAttributeString("max", (index + 1).ToString(CultureInfo.InvariantCulture));
            _sheet.WriteAttributeString("width", width.ToString(CultureInfo.InvariantCulture));
            _sheet.WriteAttributeString("customWidth", "1");
            _sheet.WriteEndElement();
        }

        _sheet.WriteEndElement();
    }

    private void Part(string name, string xml)
    {
        using var writer = new StreamWriter(_zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + xml.Trim());
    }

    private static string Escaped(string name) => System.Security.SecurityElement.Escape(name);

    /// <summary>XML has no way to write most control characters.</summary>
    private static string Printable(string text) =>
        text.Any(c => !XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c))
            ? string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'))
            : text;
}

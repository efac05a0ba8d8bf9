using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Ochag.Documents.Tables;

/// <summary>
/// The first visible sheet of a workbook (ISO/IEC 29500-1, SpreadsheetML), read forward: memory does not grow with the
/// sheet. What is larger than the bounds or blown up by compression is refused; entities of XML are not resolved.
/// </summary>
public sealed class XlsxTable : Table
{
    private const int MostEntries = 2000;
    private const int MostTexts = 4_000_000;
    private const int MostTextBytes = 256 * 1024 * 1024;
    private const int LongestField = 32_767;

    private readonly FileStream _file;
    private readonly ZipArchive _zip;
    private readonly XlsxStyles _styles;
    private readonly IReadOnlyList<string> _texts;
    private readonly BoundedStream _sheet;
    private readonly XmlReader _reader;
    private readonly string _sheetName;
    private readonly long _sheetLength;
    private long _row;

    private XlsxTable(FileStream file, ZipArchive zip)
    {
        (_file, _zip) = (file, zip);
        if (zip.Entries.Count > MostEntries)
            throw new TableException(new("tables.too-many-parts", ("count", $"{zip.Entries.Count}"), ("most", $"{MostEntries}")));
        (_sheetName, var path) = XlsxBook.FirstSheet(zip);
        _styles = XlsxStyles.Read(zip);
        _texts = SharedTexts(zip);
        var part = zip.GetEntry(path) ?? throw new TableException(new("tables.part-missing", ("part", path)));
        (_sheet, _sheetLength) = (XlsxBook.Open(part), part.Length);
        _reader = XmlReader.Create(_sheet, XlsxBook.Settings);
    }

    public override string Layout => $"XLSX, {_sheetName}";

    public override int ReadPermille => _sheetLength == 0 ? 1000 : (int)Math.Min(1000, _sheet.BytesRead * 1000 / _sheetLength);

    internal static bool IsWorkbook(string path)
    {
        using var file = File.OpenRead(path);
        return file.ReadByte() == 'P' && file.ReadByte() == 'K';
    }

    internal static XlsxTable OpenSheet(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            return new(file, new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            file.Dispose();
            throw XlsxBook.Damaged(broken);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _reader.Dispose();
        _sheet.Dispose();
        _zip.Dispose();
        _file.Dispose();
    }

    private protected override RawRow? Next()
    {
        try
        {
            while (_reader.Read())
            {
                if (_reader is { NodeType: XmlNodeType.Element, LocalName: "row" } && ReadRow() is { } row)
                    return row;
            }

            return null;
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException)
        {
            throw XlsxBook.Damaged(broken);
        }
    }

    /// <summary>Null: every cell is empty.</summary>
    private RawRow? ReadRow()
    {
        var number = long.TryParse(_reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var r) ? r : 0;
        _row = number;
        if (_reader.IsEmptyElement)
            return null;
        var fields = new List<string>();
        List<int>? formulas = null;
        while (_reader.Read() && _reader is not { NodeType: XmlNodeType.EndElement, LocalName: "row" })
        {
            if (_reader is not { NodeType: XmlNodeType.Element, LocalName: "c" })
                continue;
            var column = ColumnOf(_reader.GetAttribute("r")) ?? fields.Count;
            if (column is < 0 or >= MostColumns)
                throw new TableException(new("tables.row-wide", ("line", $"{number}"), ("most", $"{MostColumns}")));
            while (fields.Count <= column)
                fields.Add("");
            var (text, computed) = ReadCell();
            fields[column] = text;
            if (computed)
                (formulas ??= []).Add(column);
        }

        while (fields.Count > 0 && fields[^1].Length == 0)
            fields.RemoveAt(fields.Count - 1);
        return fields.Count == 0 ? null : new(number, [.. fields], formulas);
    }

    private (string Text, bool IsFormula) ReadCell()
    {
        var type = _reader.GetAttribute("t");
        var style = _reader.GetAttribute("s");
        if (_reader.IsEmptyElement)
            return ("", false);
        var value = "";
        var computed = false;
        while (_reader.Read() && _reader is not { NodeType: XmlNodeType.EndElement, LocalName: "c" })
        {
            if (_reader.NodeType != XmlNodeType.Element)
                continue;
            computed |= _reader.LocalName == "f";
            if (_reader.LocalName is "v" or "t")
                value += XlsxBook.Text(_reader, LongestField);
        }

        return (type switch
        {
            "s" => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var i) && i < _texts.Count
                ? _texts[i]
                : throw new TableException(new("tables.text-missing", ("line", $"{_row}"))),
            "b" => value == "1" ? "true" : "false",
            "str" or "inlineStr" or "e" or "d" => value,
            _ => _styles.Number(value, style),
        }, computed);
    }

    /// <summary>"AB12" is column 27, counted from 0; null: not told.</summary>
    private static int? ColumnOf(string? reference)
    {
        if (string.IsNullOrEmpty(reference))
            return null;
        var column = 0;
        foreach (var c in reference)
        {
            if (!char.IsAsciiLetterUpper(c))
                break;
            column = column * 26 + (c - 'A' + 1);
            if (column > MostColumns)
                break;
        }

        return column - 1;
    }

    private static List<string> SharedTexts(ZipArchive zip)
    {
        var texts = new List<string>();
        if (zip.GetEntry("xl/sharedStrings.xml") is not { } part)
            return texts;
        if (part.Length > MostTextBytes)
            throw new TableException(new("tables.too-many-texts"));
        using var stream = XlsxBook.Open(part);
        using var reader = XmlReader.Create(stream, XlsxBook.Settings);
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "si" })
                continue;
            if (texts.Count >= MostTexts)
                throw new TableException(new("tables.too-many-texts"));
            texts.Add(reader.IsEmptyElement ? "" : ReadText(reader));
        }

        return texts;
    }

    /// <summary>A text may be cut into runs of different looks; how it is pronounced (rPh) is not part of it.</summary>
    private static string ReadText(XmlReader reader)
    {
        var text = "";
        while (reader.Read() && reader is not { NodeType: XmlNodeType.EndElement, LocalName: "si" })
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
                reader.Skip();
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "t" })
                text += XlsxBook.Text(reader, LongestField);
        }

        return text;
    }
}

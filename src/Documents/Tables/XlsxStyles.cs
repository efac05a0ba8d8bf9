using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Ochag.Documents.Tables;

/// <summary>What a number of a workbook stands for: a workbook keeps a date as a count of days and shows it by its style.</summary>
internal sealed class XlsxStyles
{
    /// <summary>Day 60 is the 29th of February 1900, which never was: days are counted from the end of 1899.</summary>
    private static readonly DateOnly Epoch1900 = new(1899, 12, 30);

    private static readonly DateOnly Epoch1904 = new(1904, 1, 1);

    private readonly List<bool> _isDate = [];
    private DateOnly _epoch = Epoch1900;

    public static XlsxStyles Read(ZipArchive zip)
    {
        var styles = new XlsxStyles();
        if (zip.GetEntry("xl/styles.xml") is { } part)
            styles.ReadFormats(part);
        if (zip.GetEntry("xl/workbook.xml") is { } book)
            styles.ReadEpoch(book);
        return styles;
    }

    /// <summary>
    /// A number as a decimal of at most 15 digits, which is what a spreadsheet holds and shows; a date as 2026-10-31, with its
    /// time of day where it has one.
    /// </summary>
    public string Number(string value, string? style)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            return value;
        if (int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < _isDate.Count && _isDate[index] && number is >= 1 and < 2_958_466)
        {
            var day = _epoch.AddDays((int)number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var seconds = (int)((number - decimal.Truncate(number)) * 86_400 + 0.5m);
            return seconds is 0 or 86_400 ? day : $"{day}T{TimeOnly.MinValue.Add(TimeSpan.FromSeconds(seconds)):HH:mm:ss}";
        }

        return Digits15(number).ToString("0.############################", CultureInfo.InvariantCulture);
    }

    /// <summary>A binary 0.30000000000000004 is the 0.3 that was typed.</summary>
    private static decimal Digits15(decimal number)
    {
        var whole = Math.Truncate(Math.Abs(number));
        var digits = whole == 0 ? 0 : whole.ToString(CultureInfo.InvariantCulture).Length;
        return decimal.Round(number, Math.Clamp(15 - digits, 0, 15), MidpointRounding.AwayFromZero);
    }

    private void ReadFormats(ZipArchiveEntry part)
    {
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        using var stream = XlsxBook.Open(part);
        using var reader = XmlReader.Create(stream, XlsxBook.Settings);
        var cells = false;
        while (reader.Read())
        {
            if (reader.LocalName == "cellXfs")
                cells = reader.NodeType == XmlNodeType.Element;
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            if (reader.LocalName == "numFmt" && reader.GetAttribute("numFmtId") is { } id)
                own[id] = reader.GetAttribute("formatCode") ?? "";
            if (cells && reader.LocalName == "xf")
                _isDate.Add(IsDate(reader.GetAttribute("numFmtId") ?? "0", own));
        }
    }

    private void ReadEpoch(ZipArchiveEntry book)
    {
        using var stream = XlsxBook.Open(book);
        using var reader = XmlReader.Create(stream, XlsxBook.Settings);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" } && reader.GetAttribute("date1904") is "1" or "true")
                _epoch = Epoch1904;
        }
    }

    /// <summary>Formats 14 to 17 and 22 are dates by the standard; another one is where it has a day, a month or a year.</summary>
    private static bool IsDate(string id, Dictionary<string, string> own)
    {
        if (!own.TryGetValue(id, out var format))
            return id is "14" or "15" or "16" or "17" or "22";
        var quoted = false;
        foreach (var c in format)
        {
            if (c is '"' or '[' or ']')
                quoted = c switch { '"' => !quoted, '[' => true, _ => false };
            else if (!quoted && char.ToLowerInvariant(c) is 'd' or 'y' or 'д' or 'г')
                return true;
        }

        return false;
    }
}

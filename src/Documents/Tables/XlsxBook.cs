using System.IO.Compression;
using System.Xml;

namespace Ochag.Documents.Tables;

/// <summary>The parts of a workbook's archive, each opened with a bound.</summary>
internal static class XlsxBook
{
    private const int MostRatio = 100;
    private const long AlwaysAllowed = 10 * 1024 * 1024;
    private const long MostBytes = 2L * 1024 * 1024 * 1024;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    public static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        MaxCharactersFromEntities = 1024,
    };

    /// <exception cref="TableException">The part is blown up by compression, or larger than what is read here.</exception>
    public static BoundedStream Open(ZipArchiveEntry part)
    {
        if (part.Length > MostBytes || part.Length > AlwaysAllowed && part.Length / Math.Max(1, part.CompressedLength) > MostRatio)
        {
            throw new TableException(new(
                "tables.blown-up", ("part", part.FullName), ("packed", $"{part.CompressedLength}"), ("unpacked", $"{part.Length}")));
        }

        return new(part.Open(), part.Length);
    }

    /// <summary>The name and the part of the first sheet that is not hidden.</summary>
    public static (string Name, string Part) FirstSheet(ZipArchive zip)
    {
        var targets = Targets(zip);
        using var stream = Open(zip.GetEntry("xl/workbook.xml")
            ?? throw new TableException(new("tables.not-a-workbook")));
        using var reader = XmlReader.Create(stream, Settings);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "sheet" }
                && reader.GetAttribute("state") is null or "visible"
                && reader.GetAttribute("id", Relations) is { } id && targets.TryGetValue(id, out var target))
            {
                return (reader.GetAttribute("name") ?? "", target);
            }
        }

        throw new TableException(new("tables.no-sheet"));
    }

    /// <summary>What the archive or its parts cannot be read for, as people are told: nothing of it can be mended by hand.</summary>
    public static TableException Damaged(Exception cause) => new(new("tables.workbook-damaged"), cause);

    /// <summary>The text of an element, the reader left on its end.</summary>
    public static string Text(XmlReader reader, int longest)
    {
        if (reader.IsEmptyElement)
            return "";
        var text = "";
        var name = reader.LocalName;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == name))
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                text += reader.Value;
            if (text.Length > longest)
                throw new TableException(new("tables.cell-long", ("most", $"{longest}")));
        }

        return text;
    }

    private static Dictionary<string, string> Targets(ZipArchive zip)
    {
        var targets = new Dictionary<string, string>(StringComparer.Ordinal);
        if (zip.GetEntry("xl/_rels/workbook.xml.rels") is not { } part)
            return targets;
        using var stream = Open(part);
        using var reader = XmlReader.Create(stream, Settings);
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }
                && reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target)
            {
                targets[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        return targets;
    }
}

/// <summary>A part that may not unpack to more than its archive says.</summary>
internal sealed class BoundedStream(Stream inner, long most) : OneWayStream
{
    public long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        BytesRead += read;
        return BytesRead <= most ? read : throw new TableException(new("tables.workbook-damaged"));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}

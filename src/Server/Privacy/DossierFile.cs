using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;

namespace Ochag.Server.Privacy;

/// <summary>A dossier as a file: JSON for machines, a page for people that needs nothing else.</summary>
internal static class DossierFile
{
    public const string Json = "json";
    public const string Html = "html";

    /// <summary>Where the texts of codes stand.</summary>
    private static readonly string[] Kinds = ["audit.", "marks.reason.", "privacy.purpose.", "privacy.term.", "dossier.value."];

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Dossier dossier, string format, IStringLocalizer texts) => format == Html
        ? Encoding.UTF8.GetBytes(Page(dossier, texts))
        : JsonSerializer.SerializeToUtf8Bytes(dossier, Options);

    private static string Page(Dossier dossier, IStringLocalizer texts)
    {
        var title = Encoded(texts["dossier.title"]);
        var page = new StringBuilder("<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>").Append(title).Append("""
            </title><style>
            body { font: 15px/1.45 sans-serif; margin: 2rem; } table { border-collapse: collapse; margin: .3rem 0 1rem; }
            th, td { border: 1px solid #bbb; padding: .2rem .5rem; text-align: left; vertical-align: top; } h3 { margin: 1rem 0 0; }
            </style></head><body><h1>
            """).Append(title).Append("</h1>\n<p>").Append(Encoded(texts["dossier.lead"])).Append("</p>\n");
        Append(page, JsonSerializer.SerializeToNode(dossier, Options)!, texts);
        return page.Append("</body></html>\n").ToString();
    }

    private static void Append(StringBuilder page, JsonNode? node, IStringLocalizer texts)
    {
        switch (node)
        {
            case JsonObject whole:
                foreach (var (name, value) in whole)
                {
                    page.Append("<h3>").Append(Label(name, texts)).Append("</h3>\n");
                    Append(page, value, texts);
                }

                break;
            case JsonArray { Count: > 0 } rows when IsTable(rows):
                Table(page, rows, texts);
                break;
            case JsonArray { Count: > 0 } parts:
                foreach (var part in parts)
                {
                    page.Append("<section>\n");
                    Append(page, part, texts);
                    page.Append("</section><hr>\n");
                }

                break;
            default:
                page.Append("<p>").Append(Value(node, texts)).Append("</p>\n");
                break;
        }
    }

    private static bool IsTable(JsonArray rows) => rows.All(r => r is JsonObject o && o.All(f => f.Value is null or JsonValue));

    private static void Table(StringBuilder page, JsonArray rows, IStringLocalizer texts)
    {
        page.Append("<table><tr>");
        foreach (var (name, _) in (JsonObject)rows[0]!)
            page.Append("<th>").Append(Label(name, texts)).Append("</th>");
        page.Append("</tr>\n");
        foreach (var row in rows.OfType<JsonObject>())
        {
            page.Append("<tr>");
            foreach (var (_, value) in row)
                page.Append("<td>").Append(Value(value, texts)).Append("</td>");
            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static string Label(string name, IStringLocalizer texts) =>
        Encoded(texts["dossier." + name] is { ResourceNotFound: false } label ? label : name);

    /// <summary>Codes that have a text of their own are told by it.</summary>
    private static string Value(JsonNode? node, IStringLocalizer texts)
    {
        var text = node is null or JsonArray ? "—" : node.ToString();
        foreach (var kind in Kinds)
        {
            if (texts[kind + text] is { ResourceNotFound: false } told)
                return Encoded(told);
        }

        return Encoded(text);
    }

    private static string Encoded(string text) => Encoder.Encode(text);
}

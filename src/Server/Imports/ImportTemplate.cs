using System.Text;
using Ochag.Documents.Tables;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Imports;

/// <summary>A table with the columns of a kind and one example row, to be filled in.</summary>
internal static class ImportTemplate
{
    private const int LeastWidth = 12;

    public static void Write(IImportKind kind, Stream stream, bool workbook)
    {
        string[] head = [.. kind.Columns.Select(c => c.Name)];
        string[] example = [.. kind.Columns.Select(c => c.Example)];
        if (workbook)
        {
            using var sheet = new XlsxSheet(
                stream, kind.Name, [.. kind.Columns.Select(c => Math.Max(LeastWidth, Math.Max(c.Name.Length, c.Example.Length) + 2))]);
            sheet.Row(head);
            sheet.Row(example);
            return;
        }

        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        writer.Write(DelimitedText.Row(head) + "\r\n" + DelimitedText.Row(example) + "\r\n");
    }
}

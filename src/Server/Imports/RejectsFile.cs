using System.Text;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Imports;

/// <summary>
/// Refused rows as they were written, under the columns of their file, each with its line and its reason: mended, the table
/// is loaded again as it is.
/// </summary>
internal static class RejectsFile
{
    private const int AtOnce = 1000;

    public static async Task Write(
        IImports imports, ImportId import, Stream stream, Func<Refusal, string> sentence, CancellationToken cancel)
    {
        var columns = await imports.ColumnsOf(import, cancel);
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(DelimitedText.Row([.. columns, "ochag: line", "ochag: reason"]) + "\r\n");
        var after = 0L;
        while (await imports.ListRemarks(import, RowFate.Refused, after, AtOnce, cancel) is { Count: > 0 } remarks)
        {
            foreach (var remark in remarks)
            {
                // A row that was cut short is filled up, one that was too long keeps what the head has names for.
                var fields = remark.Fields.Concat(Enumerable.Repeat("", columns.Count)).Take(columns.Count);
                await writer.WriteAsync(DelimitedText.Row([.. fields, $"{remark.Line}", sentence(remark.Reason)]) + "\r\n");
            }

            after = remarks[^1].Line;
        }
    }
}

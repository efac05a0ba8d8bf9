using System.Text;
using Ochag.Documents.Tables;
using Ochag.Foundation;

namespace Ochag.Server.Exports;

/// <summary>
/// A table on its way out, in a file that is nowhere to be found and dies with its handle: written whole before the first
/// byte goes out, however long it is, so that nobody gets half a table.
/// </summary>
internal sealed class TableFile : IDisposable
{
    public const string Csv = "csv";
    public const string Xlsx = "xlsx";
    private const int Buffer = 64 * 1024;

    private readonly FileStream _file;
    private readonly StreamWriter? _text;
    private readonly XlsxSheet? _sheet;

    /// <param name="widths">Of the columns, in characters.</param>
    public TableFile(string format, string name, IReadOnlyList<int> widths)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ochag-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = Buffer,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = new(path, options);
        // Even a process that is killed leaves nothing behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        if (format == Xlsx)
            _sheet = new(_file, name, widths);
        else
            _text = new(_file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), Buffer, leaveOpen: true);
    }

    /// <summary>Whether a table of so many rows below its head can be written in this form. Pure.</summary>
    public static Refusal? Decide(string format, long rows) => format == Xlsx && rows >= XlsxSheet.MostRows
        ? new("tables.too-many-rows", ("rows", $"{rows}"), ("most", $"{XlsxSheet.MostRows - 1}"))
        : null;

    /// <summary>Rows below the head.</summary>
    public int Rows { get; private set; } = -1;

    public void Row(params ReadOnlySpan<TableCell> cells)
    {
        Rows++;
        _sheet?.Row(cells);
        _text?.Write(DelimitedText.Row(cells) + "\r\n");
    }

    /// <summary>Ends the table; the stream is the caller's.</summary>
    public Stream Finish()
    {
        _sheet?.Dispose();
        _text?.Dispose();
        _file.Position = 0;
        return _file;
    }

    /// <summary>Of a table that was not finished.</summary>
    public void Dispose() => _file.Dispose();

    public static string TypeOf(string format) => format == Xlsx
        ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        : "text/csv; charset=utf-8";
}

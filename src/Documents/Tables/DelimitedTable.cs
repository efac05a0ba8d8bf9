using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;

namespace Ochag.Documents.Tables;

/// <summary>
/// A delimited text table: plain or gzip, in UTF-8 (with or without a byte order mark), UTF-16 with one, Windows-1251,
/// KOI8-R or 866, parted by comma, semicolon, tab or bar, all found from the bytes. Line breaks inside quotes are read as
/// part of the field.
/// </summary>
public sealed class DelimitedTable : Table
{
    private const int SampleBytes = 64 * 1024;
    private const int LimitRecordBytes = 1024 * 1024;

    private readonly Stream _file;
    private readonly Stream _text;
    private readonly Encoding _encoding;
    private readonly CsvReader _reader;

    /// <summary>A quote that nobody closes would swallow every row to the end of the file.</summary>
    private bool _isUnclosed;

    private DelimitedTable(Stream file, Stream text, char separator, Encoding encoding, char? comment)
    {
        (_file, _text, _encoding, Separator) = (file, text, encoding, separator);
        _reader = CsvReader.Create(
            new StreamReader(text, encoding),
            new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrackLineNumbers = true,
                AllowLineBreaksInQuotes = true,
                SkipEmptyLines = true,
                CommentPrefix = comment,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                MaxRecordSize = LimitRecordBytes,
                OnMalformedRecord = malformed => _isUnclosed |= malformed.Reason == CsvMalformedReason.UnterminatedQuote,
            },
            leaveOpen: false);
    }

    public char Separator { get; }

    public override string Layout => $"CSV, {_encoding.WebName}, {(Separator == '\t' ? "tab" : Separator.ToString())}";

    public override int ReadPermille => _file.Length == 0 ? 1000 : (int)(_file.Position * 1000 / _file.Length);

    /// <summary>A table of ours: commas, the first row is the head, rows that begin with # are remarks.</summary>
    /// <exception cref="TableException">The file is empty or has no head.</exception>
    public static DelimitedTable Open(string path)
    {
        var table = Begin(path, ',', '#');
        try
        {
            table.FindHead(_ => 0);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Somebody's table: its letters and its separator are found out, its head is still to be found.</summary>
    internal static DelimitedTable OpenText(string path) => Begin(path, separator: null, comment: null);

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _reader.Dispose();
        _text.Dispose();
        _file.Dispose();
    }

    private protected override RawRow? Next()
    {
        try
        {
            if (!_reader.Read())
                return null;
            if (_isUnclosed)
                throw new TableException(new("tables.row-broken", ("line", Line)));
            if (_reader.FieldCount > MostColumns)
                throw new TableException(new("tables.row-wide", ("line", Line), ("most", $"{MostColumns}")));
            var fields = new string[_reader.FieldCount];
            for (var i = 0; i < fields.Length; i++)
                fields[i] = _reader.GetString(i);
            return new(_reader.LineNumber, fields);
        }
        catch (CsvFormatException broken)
        {
            throw new TableException(new("tables.row-broken", ("line", Line)), broken);
        }
        catch (DecoderFallbackException broken)
        {
            // Taken as it is, it would leave a wrong sign in somebody's name.
            throw new TableException(new("tables.letters-mixed", ("line", Line), ("encoding", _encoding.WebName)), broken);
        }
        catch (InvalidDataException broken)
        {
            throw new TableException(new("tables.archive-damaged"), broken);
        }
    }

    private string Line => _reader.LineNumber.ToString(CultureInfo.InvariantCulture);

    private static DelimitedTable Begin(string path, char? separator, char? comment)
    {
        var file = File.OpenRead(path);
        try
        {
            var bytes = new BufferedStream(Unpacked(file), SampleBytes);
            var sample = new byte[SampleBytes];
            var length = bytes.ReadAtLeast(sample, SampleBytes, throwOnEndOfStream: false);
            var head = sample.AsSpan(0, length);
            var isWhole = length < SampleBytes;
            var encoding = Marked(head) ?? (Foreign(head) is { } code
                ? throw new TableException(new(code))
                : TextSample.EncodingOf(head, isWhole));
            separator ??= TextSample.SeparatorOf(Lenient(encoding).GetString(head), isWhole);
            return new(file, new Rejoined(sample.AsMemory(0, length), bytes), separator.Value, encoding, comment);
        }
        catch (InvalidDataException broken)
        {
            file.Dispose();
            throw new TableException(new("tables.archive-damaged"), broken);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The sample may end in the middle of a character.</summary>
    private static Encoding Lenient(Encoding encoding) =>
        Encoding.GetEncoding(encoding.CodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback);

    /// <summary>What people bring instead of a text, told apart by its first bytes; null: it is a text.</summary>
    private static string? Foreign(ReadOnlySpan<byte> head) => head switch
    {
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "tables.old-workbook",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "tables.pdf",
        _ => head.Contains((byte)0) ? "tables.not-a-text" : null,
    };

    private static UnicodeEncoding? Marked(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => new(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] => new(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => null,
    };

    private static Stream Unpacked(FileStream stream)
    {
        var first = stream.ReadByte();
        var second = stream.ReadByte();
        stream.Seek(0, SeekOrigin.Begin);
        return first == 0x1F && second == 0x8B ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>The sample again, then the rest of the stream.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> head, Stream rest) : OneWayStream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override int Read(Span<byte> buffer)
        {
            if (_head.IsEmpty)
                return rest.Read(buffer);
            var length = Math.Min(buffer.Length, _head.Length);
            _head.Span[..length].CopyTo(buffer);
            _head = _head[length..];
            return length;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}

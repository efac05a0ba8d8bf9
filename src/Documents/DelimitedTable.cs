using System.IO.Compression;
using System.Text;
using CsvHelper;

namespace Ochag.Documents;

/// <summary>A row of a delimited table: its line in the file and its fields by column name.</summary>
public sealed class DelimitedRow
{
    private readonly IReadOnlyDictionary<string, int> _columns;
    private readonly string[] _fields;

    internal DelimitedRow(long line, IReadOnlyDictionary<string, int> columns, string[] fields) =>
        (Line, _columns, _fields) = (line, columns, fields);

    /// <summary>Line of the file on which the row begins, counted from 1.</summary>
    public long Line { get; }

    public int Count => _fields.Length;

    /// <summary>True when the row has as many fields as the head.</summary>
    public bool IsWhole => _fields.Length == _columns.Count;

    /// <summary>The field, trimmed; empty when the row has no such column.</summary>
    public string this[string column] =>
        _columns.TryGetValue(column, out var index) && index < _fields.Length ? _fields[index].Trim() : "";
}

/// <summary>
/// A delimited text table with a head: plain or gzip, in UTF-8 (with or without a byte order mark) or Windows-1251, all
/// found from the bytes. Line breaks inside quotes are read as part of the field.
/// </summary>
public sealed class DelimitedTable : IDisposable
{
    private const int SampleBytes = 64 * 1024;
    private const int LimitRecordBytes = 1024 * 1024;

    private readonly Stream _stream;
    private readonly CsvReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);

    private DelimitedTable(Stream stream, char separator, Encoding encoding)
    {
        _stream = stream;
        Encoding = encoding;
        _reader = CsvReader.Create(
            new StreamReader(stream, encoding),
            new CsvReaderOptions
            {
                Separator = separator,
                HasHeader = false,
                TrackLineNumbers = true,
                AllowLineBreaksInQuotes = true,
                SkipEmptyLines = true,
                CommentPrefix = '#',
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                MaxRecordSize = LimitRecordBytes,
            },
            leaveOpen: false);
    }

    public Encoding Encoding { get; }

    public IReadOnlyCollection<string> Columns => _columns.Keys;

    /// <exception cref="InvalidDataException">The file is empty or has no head.</exception>
    public static DelimitedTable Open(string path, char separator = ',')
    {
        var file = File.OpenRead(path);
        try
        {
            return Open(file, separator);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Takes the stream over and closes it.</summary>
    public static DelimitedTable Open(Stream stream, char separator = ',')
    {
        var buffered = new BufferedStream(Unpacked(stream), SampleBytes);
        var sample = new byte[SampleBytes];
        var length = buffered.ReadAtLeast(sample, SampleBytes, throwOnEndOfStream: false);
        if (sample.AsSpan(0, length).Contains((byte)0))
            throw new InvalidDataException("It is neither UTF-8 nor Windows-1251 text (UTF-16, or no text at all). Save it as UTF-8");
        var whole = new Rejoined(sample.AsMemory(0, length), buffered);
        var table = new DelimitedTable(whole, separator, EncodingOf(sample.AsSpan(0, length)));
        table.ReadHead();
        return table;
    }

    /// <summary>The rows after the head, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">A row is longer than a mebibyte or cannot be read at all.</exception>
    public IEnumerable<DelimitedRow> Rows()
    {
        while (Next())
            yield return new(_reader.LineNumber, _columns, Fields());
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
    }

    private void ReadHead()
    {
        if (!Next())
            throw new InvalidDataException("The table is empty: it has no head");
        foreach (var (index, name) in Fields().Index())
            _columns.TryAdd(name.Trim().TrimStart('\uFEFF'), index);
    }

    private bool Next()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException broken)
        {
            throw new InvalidDataException($"Line {_reader.LineNumber}: {broken.Message}", broken);
        }
        catch (DecoderFallbackException broken)
        {
            // Taken as it is, it would leave a wrong sign in somebody's name.
            throw new InvalidDataException(
                $"Near line {_reader.LineNumber}: bytes that are not {Encoding.WebName}, as the file begins. Save it in one encoding, UTF-8 best", broken);
        }
    }

    private string[] Fields()
    {
        var fields = new string[_reader.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = _reader.GetString(i);
        return fields;
    }

    private static Stream Unpacked(Stream stream)
    {
        var first = stream.ReadByte();
        var second = stream.ReadByte();
        stream.Seek(0, SeekOrigin.Begin);
        return first == 0x1F && second == 0x8B ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>UTF-8 when the sample is valid UTF-8 up to a character cut at its end; else Windows-1251.</summary>
    private static Encoding EncodingOf(ReadOnlySpan<byte> sample)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        for (var cut = 0; cut < 4 && cut <= sample.Length; cut++)
        {
            try
            {
                strict.GetCharCount(sample[..^cut]);
                return strict;
            }
            catch (DecoderFallbackException) when (sample.Length == SampleBytes)
            {
                // The sample may end in the middle of a character: try without its last bytes.
            }
            catch (DecoderFallbackException)
            {
                break;
            }
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(1251);
    }

    /// <summary>The sample again, then the rest of the stream.</summary>
    private sealed class Rejoined(ReadOnlyMemory<byte> head, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _head = head;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_head.IsEmpty)
                return rest.Read(buffer);
            var length = Math.Min(buffer.Length, _head.Length);
            _head.Span[..length].CopyTo(buffer);
            _head = _head[length..];
            return length;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                rest.Dispose();
            base.Dispose(disposing);
        }
    }
}

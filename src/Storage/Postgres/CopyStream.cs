using System.Buffers.Binary;
using System.Text;
using Ochag.Storage.Bulk;

namespace Ochag.Storage.Postgres;

/// <summary>
/// Encodes rows for COPY ... (FORMAT BINARY) by hand: for each value its length and its bytes, highest first. Npgsql's own
/// importer asks anew for each value how its type is written, which costs more than the writing.
/// </summary>
/// <remarks>
/// Writes are synchronous on purpose: they fill a buffer, and only every few hundred rows one of them reaches the
/// socket. An await for each value would cost more than the value.
/// </remarks>
internal sealed class CopyStream(Stream stream, IReadOnlyList<BulkColumn> columns) : RowSink
{
    private const int Capacity = 1 << 17;
    private const long TicksPerMicrosecond = 10;

    private static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateOnly FirstDay = new(2000, 1, 1);

    private readonly byte[] _buffer = new byte[Capacity];
    private int _used;
    private int _column;

    /// <summary>Signature, no flags, no extension.</summary>
    public void Begin()
    {
        ReadOnlySpan<byte> signature = [.. "PGCOPY"u8, (byte)'\n', 0xff, (byte)'\r', (byte)'\n', 0];
        signature.CopyTo(Room(signature.Length));
        Room(2 * sizeof(int)).Clear();
    }

    public void StartRow()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), (short)columns.Count);
        _column = 0;
    }

    public void End()
    {
        BinaryPrimitives.WriteInt16BigEndian(Room(sizeof(short)), -1);
        Flush();
    }

    public override void Null()
    {
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), -1);
        _column++;
    }

    public override void Put(bool value) => Value("boolean", 1)[0] = value ? (byte)1 : (byte)0;
    public override void Put(short value) => BinaryPrimitives.WriteInt16BigEndian(Value("smallint", sizeof(short)), value);
    public override void Put(int value) => BinaryPrimitives.WriteInt32BigEndian(Value("integer", sizeof(int)), value);
    public override void Put(long value) => BinaryPrimitives.WriteInt64BigEndian(Value("bigint", sizeof(long)), value);
    public override void Put(double value) => BinaryPrimitives.WriteDoubleBigEndian(Value("double precision", sizeof(double)), value);
    public override void Put(Guid value) => value.TryWriteBytes(Value("uuid", 16), bigEndian: true, out _);

    public override void Put(DateOnly value) =>
        BinaryPrimitives.WriteInt32BigEndian(Value("date", sizeof(int)), value.DayNumber - FirstDay.DayNumber);

    public override void Put(DateTime value) => BinaryPrimitives.WriteInt64BigEndian(
        Value("timestamp with time zone", sizeof(long)), (value - Epoch).Ticks / TicksPerMicrosecond);

    public override void Put(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Expect("text", "character varying");
        var length = Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), length);
        if (length <= Capacity)
            Encoding.UTF8.GetBytes(value, Room(length));
        else
            Past(Encoding.UTF8.GetBytes(value));
    }

    public override void Put(byte[]? value)
    {
        if (value is null)
        {
            Null();
            return;
        }

        Expect("bytea");
        BinaryPrimitives.WriteInt32BigEndian(Room(sizeof(int)), value.Length);
        if (value.Length <= Capacity)
            value.CopyTo(Room(value.Length));
        else
            Past(value);
    }

    private Span<byte> Value(string type, int length)
    {
        Expect(type);
        var room = Room(sizeof(int) + length);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        return room[sizeof(int)..];
    }

    /// <summary>The server takes bytes for what its column is: a value of another type would be read as nonsense.</summary>
    private void Expect(string type, string? or = null)
    {
        var column = columns[_column++];
        if (column.StoreType != type && column.StoreType != or)
            throw new NotSupportedException($"The column {column.Name} is {column.StoreType}, not {type}.");
    }

    private Span<byte> Room(int length)
    {
        if (_used + length > Capacity)
            Flush();
        _used += length;
        return _buffer.AsSpan(_used - length, length);
    }

    /// <summary>What is larger than the buffer goes past it.</summary>
    private void Past(byte[] bytes)
    {
        Flush();
        stream.Write(bytes);
    }

    private void Flush()
    {
        stream.Write(_buffer, 0, _used);
        _used = 0;
    }
}

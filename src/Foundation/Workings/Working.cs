using System.Buffers.Binary;
using System.Numerics;

namespace Ochag.Foundation.Workings;

public enum StepKind
{
    Number,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Min,
    Max,
    Round,
    Quantity,
    Name,
    Discard,
}

/// <summary>One step of a stored working, decoded.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Symbol">The symbol of a number or name; 0 otherwise.</param>
/// <param name="Value">The number put in; zero otherwise.</param>
/// <param name="SourceKind">The kind of fact the number comes from; 0: none given.</param>
/// <param name="SourceId">The id of that fact.</param>
/// <param name="FirstDay">First day of the month the number is about; 0: the whole month.</param>
/// <param name="LastDay">Last day, inclusive.</param>
public readonly record struct Step(
    StepKind Kind, int Symbol, Exact Value, int SourceKind, long SourceId, int FirstDay, int LastDay);

/// <summary>A stored working, decoded: the formula and its steps.</summary>
public sealed record Working(int Formula, IReadOnlyList<Step> Steps)
{
    /// <exception cref="FormatException">Not a working of a known version, or altered since it was written.</exception>
    public static Working Read(ReadOnlySpan<byte> bytes)
    {
        var reader = Body(bytes);
        var formula = (int)reader.Varint();
        var steps = new List<Step>();
        var (sourceKind, sourceId, firstDay, lastDay) = (0, 0L, 0, 0);
        while (!reader.AtEnd)
        {
            var code = reader.Byte();
            switch (code)
            {
                case WorkingCode.Source:
                    (sourceKind, sourceId) = (reader.Byte(), reader.Signed());
                    continue;
                case WorkingCode.During:
                    (firstDay, lastDay) = (reader.Byte(), reader.Byte());
                    continue;
                case WorkingCode.Decimal:
                    var symbol = (int)reader.Varint();
                    var mantissa = reader.Signed();
                    var value = Exact.Fraction(mantissa, BigInteger.Pow(10, reader.Byte()));
                    steps.Add(new(StepKind.Number, symbol, value, sourceKind, sourceId, firstDay, lastDay));
                    break;
                case WorkingCode.Fraction:
                    symbol = (int)reader.Varint();
                    value = Exact.Fraction(reader.Big(), reader.Big());
                    steps.Add(new(StepKind.Number, symbol, value, sourceKind, sourceId, firstDay, lastDay));
                    break;
                case WorkingCode.Name:
                    steps.Add(new(StepKind.Name, (int)reader.Varint(), default, 0, 0, firstDay, lastDay));
                    break;
                default:
                    steps.Add(new(KindOf(code), 0, default, 0, 0, 0, 0));
                    break;
            }

            (sourceKind, sourceId) = (0, 0);
        }

        return new(formula, steps);
    }

    /// <summary>
    /// The numbers that were put in under a symbol, as they come, rounded to six places: without computing anything, for whoever
    /// looks through millions of workings.
    /// </summary>
    /// <exception cref="FormatException">Not a working of a known version, or altered since it was written.</exception>
    public static void Numbers(ReadOnlySpan<byte> bytes, int symbol, ICollection<Fixed> found)
    {
        var reader = Body(bytes);
        reader.Varint();
        while (!reader.AtEnd)
        {
            var code = reader.Byte();
            switch (code)
            {
                case WorkingCode.Source:
                    reader.Byte();
                    reader.Varint();
                    break;
                case WorkingCode.During:
                    reader.Byte();
                    reader.Byte();
                    break;
                case WorkingCode.Decimal:
                    var (wanted, mantissa, places) = ((int)reader.Varint() == symbol, reader.Signed(), reader.Byte());
                    if (wanted)
                        found.Add(new(Exact.Fraction(mantissa, BigInteger.Pow(10, places)).Round(Fixed.Places)));
                    break;
                case WorkingCode.Fraction:
                    wanted = (int)reader.Varint() == symbol;
                    var (numerator, denominator) = (reader.Big(), reader.Big());
                    if (wanted)
                        found.Add(new(Exact.Fraction(numerator, denominator).Round(Fixed.Places)));
                    break;
                case WorkingCode.Name:
                    reader.Varint();
                    break;
                default:
                    KindOf(code);
                    break;
            }
        }
    }

    private static Reader Body(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 2 + WorkingCode.CheckSumLength || bytes[0] != WorkingCode.Version)
            throw new FormatException("Not a stored working of a known version.");
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) == WorkingCode.CheckSum(bytes[..^4])
            ? new Reader(bytes[1..^4])
            : throw new FormatException("The stored working was altered: its check sum differs.");
    }

    private static StepKind KindOf(byte code) => code switch
    {
        WorkingCode.Add => StepKind.Add,
        WorkingCode.Subtract => StepKind.Subtract,
        WorkingCode.Multiply => StepKind.Multiply,
        WorkingCode.Divide => StepKind.Divide,
        WorkingCode.Negate => StepKind.Negate,
        WorkingCode.Min => StepKind.Min,
        WorkingCode.Max => StepKind.Max,
        WorkingCode.Round => StepKind.Round,
        WorkingCode.Quantity => StepKind.Quantity,
        WorkingCode.Discard => StepKind.Discard,
        _ => throw new FormatException($"The stored working has an unknown step 0x{code:x2}."),
    };

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public readonly bool AtEnd => _rest.IsEmpty;

        public byte Byte()
        {
            if (_rest.IsEmpty)
                throw new FormatException("The stored working breaks off.");
            var value = _rest[0];
            _rest = _rest[1..];
            return value;
        }

        public ulong Varint()
        {
            var value = 0ul;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var part = Byte();
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                    return value;
            }

            throw new FormatException("The stored working has a number that is too long.");
        }

        public long Signed()
        {
            var value = Varint();
            return unchecked((long)(value >> 1) ^ -(long)(value & 1));
        }

        public BigInteger Big()
        {
            var length = Varint();
            if (length > (ulong)_rest.Length)
                throw new FormatException("The stored working breaks off.");
            var value = new BigInteger(_rest[..(int)length]);
            _rest = _rest[(int)length..];
            return value;
        }
    }
}

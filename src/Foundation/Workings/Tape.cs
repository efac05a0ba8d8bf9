using System.Buffers.Binary;
using System.Numerics;

namespace Ochag.Foundation.Workings;

/// <summary>
/// A calculator that keeps its tape: every number put in and every step is computed exactly and recorded at once, so
/// the stored working of a line <em>is</em> the program that made its amount. Reverse Polish: operands first.
/// </summary>
/// <remarks>Reused from line to line: <see cref="Finish"/> hands out the bytes and clears the tape.</remarks>
public sealed class Tape
{
    private byte[] _code = new byte[256];
    private int _length;
    private Exact[] _stack = new Exact[16];
    private int _depth;

    /// <summary>The sum of all values marked by <see cref="Quantity"/>.</summary>
    public Exact QuantitySum { get; private set; }

    public Exact Top => _depth > 0 ? _stack[_depth - 1] : throw new InvalidOperationException("The tape is empty.");

    public int Depth => _depth;

    /// <summary>Puts in a stored decimal under its symbol.</summary>
    public Tape In(int symbol, Fixed value)
    {
        var (mantissa, places) = (value.Millionths, Fixed.Places);
        for (; places > 0 && mantissa % 10 == 0; places--)
            mantissa /= 10;
        Op(WorkingCode.Decimal).Varint((ulong)symbol).Signed(mantissa).Byte((byte)places);
        return Push(value.ToExact());
    }

    /// <summary>Puts in a whole number.</summary>
    public Tape In(int symbol, long value)
    {
        Op(WorkingCode.Decimal).Varint((ulong)symbol).Signed(value).Byte(0);
        return Push(Exact.Of(value));
    }

    /// <summary>Puts in a number that was computed elsewhere, as a fraction.</summary>
    public Tape In(int symbol, Exact value)
    {
        var (numerator, denominator) = (value.Numerator, value.Denominator);
        if (denominator.IsOne && numerator >= long.MinValue && numerator <= long.MaxValue)
            return In(symbol, (long)numerator);
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator);
        Op(WorkingCode.Fraction).Varint((ulong)symbol).Big(numerator / common).Big(denominator / common);
        return Push(value);
    }

    /// <summary>Says which stored fact the next number comes from.</summary>
    public Tape From(int kind, long id)
    {
        Op(WorkingCode.Source).Byte((byte)kind).Signed(id);
        return this;
    }

    /// <summary>Says which days of the month the following numbers are about, both inclusive, 1 to 31.</summary>
    public Tape During(int firstDay, int lastDay)
    {
        Op(WorkingCode.During).Byte((byte)firstDay).Byte((byte)lastDay);
        return this;
    }

    /// <summary>Gives the value on top a name, so that it can be shown and found.</summary>
    public Tape Name(int symbol)
    {
        Op(WorkingCode.Name).Varint((ulong)symbol);
        return this;
    }

    public Tape Add() => Binary(WorkingCode.Add, static (a, b) => a + b);
    public Tape Subtract() => Binary(WorkingCode.Subtract, static (a, b) => a - b);
    public Tape Multiply() => Binary(WorkingCode.Multiply, static (a, b) => a * b);
    public Tape Divide() => Binary(WorkingCode.Divide, static (a, b) => a / b);
    public Tape Min() => Binary(WorkingCode.Min, Exact.Min);
    public Tape Max() => Binary(WorkingCode.Max, Exact.Max);

    public Tape Negate()
    {
        Op(WorkingCode.Negate);
        return Push(-Pop());
    }

    /// <summary>Rounds the value on top to two places, half away from zero: the one rounding of a line.</summary>
    public Tape Round()
    {
        Op(WorkingCode.Round);
        return Push(Exact.Fraction(Pop().Round(2), 100));
    }

    /// <summary>The value on top is (a part of) the line's quantity; it stays on the stack.</summary>
    public Tape Quantity()
    {
        Op(WorkingCode.Quantity);
        QuantitySum += Top;
        return this;
    }

    /// <summary>Takes the value on top off: it was only there to be named or counted.</summary>
    public Tape Discard()
    {
        Op(WorkingCode.Discard);
        Pop();
        return this;
    }

    /// <summary>Repeats a recorded part of a calculation and its result.</summary>
    public Tape Append(Fragment part)
    {
        Reserve(part.Code.Length);
        part.Code.CopyTo(_code.AsSpan(_length));
        _length += part.Code.Length;
        return Push(part.Value);
    }

    /// <summary>Takes off what was recorded, as a part to be appended elsewhere; the tape must hold one value.</summary>
    public Fragment Cut()
    {
        var part = new Fragment(_code.AsSpan(0, _length).ToArray(), Single());
        Clear();
        return part;
    }

    /// <summary>The finished working: version, formula, steps, check sum. The tape must hold one value, the amount.</summary>
    public byte[] Finish(int formula)
    {
        _ = Single();
        Span<byte> head = stackalloc byte[12];
        head[0] = WorkingCode.Version;
        var headLength = 1 + WorkingCode.WriteVarint(head[1..], (ulong)formula);
        var bytes = new byte[headLength + _length + WorkingCode.CheckSumLength];
        head[..headLength].CopyTo(bytes);
        _code.AsSpan(0, _length).CopyTo(bytes.AsSpan(headLength));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(^4..), WorkingCode.CheckSum(bytes.AsSpan(..^4)));
        Clear();
        return bytes;
    }

    public void Clear()
    {
        _length = 0;
        _depth = 0;
        QuantitySum = Exact.Zero;
    }

    private Exact Single() => _depth == 1
        ? Top
        : throw new InvalidOperationException($"A working leaves one value, not {_depth}.");

    private Tape Binary(byte op, Func<Exact, Exact, Exact> compute)
    {
        Op(op);
        var b = Pop();
        return Push(compute(Pop(), b));
    }

    private Tape Push(Exact value)
    {
        if (_depth == _stack.Length)
            Array.Resize(ref _stack, _depth * 2);
        _stack[_depth++] = value;
        return this;
    }

    private Exact Pop() => _depth > 0 ? _stack[--_depth] : throw new InvalidOperationException("The tape is empty.");

    private Tape Op(byte code) => Byte(code);

    private Tape Byte(byte value)
    {
        Reserve(1);
        _code[_length++] = value;
        return this;
    }

    private Tape Varint(ulong value)
    {
        Reserve(10);
        _length += WorkingCode.WriteVarint(_code.AsSpan(_length), value);
        return this;
    }

    private Tape Signed(long value) => Varint(unchecked((ulong)((value << 1) ^ (value >> 63))));

    private Tape Big(BigInteger value)
    {
        var bytes = value.ToByteArray();
        Varint((ulong)bytes.Length).Reserve(bytes.Length);
        bytes.CopyTo(_code, _length);
        _length += bytes.Length;
        return this;
    }

    private void Reserve(int more)
    {
        if (_length + more > _code.Length)
            Array.Resize(ref _code, Math.Max(_code.Length * 2, _length + more));
    }
}

/// <summary>A recorded part of a calculation with its result.</summary>
public sealed record Fragment(byte[] Code, Exact Value);

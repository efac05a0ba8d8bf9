using System.Globalization;
using System.Numerics;

namespace Ochag.Foundation;

/// <summary>
/// An exact rational number: the only number in which charges are computed. It is never rounded on the way;
/// the one rounding of a line is <see cref="Round"/> (rules.md section 14).
/// </summary>
/// <remarks>
/// Fast path: a checked 128-bit numerator over a 64-bit denominator, not reduced until it must be. When either
/// would overflow, the fraction is reduced; if it still does not fit, it goes on as a pair of big integers
/// (docs/adr/0003-exact-numbers.md).
/// </remarks>
public readonly struct Exact : IEquatable<Exact>, IComparable<Exact>
{
    private readonly Int128 _numerator;
    private readonly long _denominator; // 0 stands for 1, so that default(Exact) is zero
    private readonly Wide? _wide;

    private sealed record Wide(BigInteger Numerator, BigInteger Denominator);

    private Exact(Int128 numerator, long denominator)
    {
        _numerator = numerator;
        _denominator = denominator;
    }

    private Exact(Wide wide) => _wide = wide;

    public static Exact Zero => default;
    public static Exact One => new(1, 1);

    public static Exact Of(long whole) => new(whole, 1);

    /// <summary>A fraction; the denominator must not be zero.</summary>
    public static Exact Fraction(long numerator, long denominator) => denominator switch
    {
        0 => throw new DivideByZeroException("A fraction needs a denominator other than zero."),
        > 0 => new(numerator, denominator),
        _ => Narrow(-(BigInteger)numerator, -(BigInteger)denominator),
    };

    public static Exact Fraction(BigInteger numerator, BigInteger denominator) => denominator.Sign switch
    {
        0 => throw new DivideByZeroException("A fraction needs a denominator other than zero."),
        > 0 => Narrow(numerator, denominator),
        _ => Narrow(-numerator, -denominator),
    };

    /// <summary>Reads a decimal ("2512.47") or a fraction ("2/3").</summary>
    /// <exception cref="FormatException">The text is neither.</exception>
    public static Exact Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return Fraction(
                BigInteger.Parse(text.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
                BigInteger.Parse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
        }

        var point = text.IndexOf('.', StringComparison.Ordinal);
        if (point < 0)
            return Fraction(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), BigInteger.One);
        var places = text.Length - point - 1;
        var digits = string.Concat(text.AsSpan(0, point), text.AsSpan(point + 1));
        return Fraction(
            BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture),
            BigInteger.Pow(10, places));
    }

    public bool IsZero => _wide is null && _numerator == 0;
    public int Sign => _wide is null ? Int128.Sign(_numerator) : _wide.Numerator.Sign;
    public bool IsWide => _wide is not null;
    public BigInteger Numerator => _wide?.Numerator ?? _numerator;
    public BigInteger Denominator => _wide?.Denominator ?? Den;

    private long Den => _denominator == 0 ? 1 : _denominator;

    public static Exact operator +(Exact a, Exact b)
    {
        if (a._wide is null && b._wide is null)
        {
            try
            {
                if (a.Den == b.Den)
                    return new(checked(a._numerator + b._numerator), a.Den);
                if (a.Den % b.Den == 0)
                    return new(checked(a._numerator + b._numerator * (a.Den / b.Den)), a.Den);
                if (b.Den % a.Den == 0)
                    return new(checked(a._numerator * (b.Den / a.Den) + b._numerator), b.Den);
                return new(checked(a._numerator * b.Den + b._numerator * a.Den), checked(a.Den * b.Den));
            }
            catch (OverflowException)
            {
                // Falls through to the slow exact path.
            }
        }

        return Narrow(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);
    }

    public static Exact operator -(Exact a) => a._wide is null && a._numerator != Int128.MinValue
        ? new(-a._numerator, a.Den)
        : Narrow(-a.Numerator, a.Denominator);

    public static Exact operator -(Exact a, Exact b) => a + -b;

    public static Exact operator *(Exact a, Exact b)
    {
        if (a._wide is null && b._wide is null && FitsProduct(a._numerator, b._numerator)
            && !Math.BigMul((ulong)a.Den, (ulong)b.Den, out var den).IsOver(den))
        {
            return new(a._numerator * b._numerator, (long)den);
        }

        return Narrow(a.Numerator * b.Numerator, a.Denominator * b.Denominator);
    }

    public static Exact operator /(Exact a, Exact b)
    {
        if (b.IsZero)
            throw new DivideByZeroException("An exact number was divided by zero.");
        if (a._wide is null && b._wide is null && b._numerator > 0 && b._numerator <= long.MaxValue
            && FitsProduct(a._numerator, b.Den)
            && !Math.BigMul((ulong)a.Den, (ulong)b._numerator, out var den).IsOver(den))
        {
            return new(a._numerator * b.Den, (long)den);
        }

        var numerator = a.Numerator * b.Denominator;
        var denominator = a.Denominator * b.Numerator;
        return denominator.Sign < 0 ? Narrow(-numerator, -denominator) : Narrow(numerator, denominator);
    }

    public static bool operator ==(Exact a, Exact b) => a.CompareTo(b) == 0;
    public static bool operator !=(Exact a, Exact b) => a.CompareTo(b) != 0;
    public static bool operator <(Exact a, Exact b) => a.CompareTo(b) < 0;
    public static bool operator >(Exact a, Exact b) => a.CompareTo(b) > 0;
    public static bool operator <=(Exact a, Exact b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Exact a, Exact b) => a.CompareTo(b) >= 0;

    public static Exact Max(Exact a, Exact b) => a >= b ? a : b;
    public static Exact Min(Exact a, Exact b) => a <= b ? a : b;

    /// <summary>The greatest whole number that is not above it.</summary>
    public long Floor() => (long)(BigInteger.DivRem(Numerator, Denominator, out var left) - (left.Sign < 0 ? 1 : 0));

    /// <summary>
    /// The number in units of 10^-<paramref name="places"/>, half away from zero: 2.345 with two places is 235.
    /// </summary>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public long Round(int places)
    {
        var scale = PowerOfTen(places);
        if (_wide is null && FitsProduct(_numerator, scale))
        {
            var scaled = _numerator * scale;
            var size = (UInt128)(scaled < 0 ? -scaled : scaled);
            var (quotient, rest) = size <= ulong.MaxValue
                ? Split((ulong)size, (ulong)Den)
                : Split(size, (ulong)Den);
            if (rest >= (ulong)Den - rest)
                quotient++;

            // Through 128 bits: the least long has no positive twin.
            return checked((long)(scaled < 0 ? -(Int128)quotient : (Int128)quotient));
        }

        var (whole, left) = BigInteger.DivRem(BigInteger.Abs(Numerator) * scale, Denominator);
        if (left * 2 >= Denominator)
            whole += 1;
        return (long)(Numerator.Sign < 0 ? -whole : whole);

        static (UInt128 Quotient, ulong Left) Split(UInt128 size, ulong by)
        {
            var q = size / by;
            return (q, (ulong)(size - q * by));
        }
    }

    /// <summary>The rounded decimal as text with exactly <paramref name="places"/> digits after the point.</summary>
    public string ToDecimal(int places)
    {
        var (whole, left) = BigInteger.DivRem(BigInteger.Abs(Numerator) * PowerOfTen(places), Denominator);
        if (left * 2 >= Denominator)
            whole += 1;
        var digits = whole.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
        var text = places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}";
        return Sign < 0 && !whole.IsZero ? "-" + text : text;
    }

    public int CompareTo(Exact other)
    {
        if (_wide is null && other._wide is null)
        {
            if (Den == other.Den)
                return _numerator.CompareTo(other._numerator);
            if (FitsProduct(_numerator, other.Den) && FitsProduct(other._numerator, Den))
                return (_numerator * other.Den).CompareTo(other._numerator * Den);
        }

        return (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);
    }

    public bool Equals(Exact other) => CompareTo(other) == 0;
    public override bool Equals(object? obj) => obj is Exact other && Equals(other);

    public override int GetHashCode()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return HashCode.Combine(Numerator / divisor, Denominator / divisor);
    }

    /// <summary>The reduced fraction "a/b", as the worked buildings write it.</summary>
    public override string ToString()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return $"{Numerator / divisor}/{Denominator / divisor}";
    }

    private static Exact Narrow(BigInteger numerator, BigInteger denominator)
    {
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (!divisor.IsOne)
        {
            numerator /= divisor;
            denominator /= divisor;
        }

        return denominator <= long.MaxValue && numerator >= Int128.MinValue && numerator <= Int128.MaxValue
            ? new((Int128)numerator, (long)denominator)
            : new(new Wide(numerator, denominator));
    }

    private static bool FitsProduct(Int128 a, Int128 b) =>
        BitsOf(a) + BitsOf(b) <= 126;

    private static int BitsOf(Int128 value)
    {
        var size = (UInt128)(value < 0 ? -(value + 1) : value);
        var high = (ulong)(size >> 64);
        return high != 0
            ? 128 - BitOperations.LeadingZeroCount(high)
            : 64 - BitOperations.LeadingZeroCount((ulong)size);
    }

    private static long PowerOfTen(int places) => places is >= 0 and <= 18
        ? Powers[places]
        : throw new ArgumentOutOfRangeException(nameof(places), places, "0 to 18 places.");

    private static readonly long[] Powers =
        [.. Enumerable.Range(0, 19).Select(p => (long)BigInteger.Pow(10, p))];
}

internal static class Product
{
    /// <summary>True when the 128-bit product (high, low) does not fit a positive <see cref="long"/>.</summary>
    public static bool IsOver(this ulong high, ulong low) => high != 0 || low > long.MaxValue;
}

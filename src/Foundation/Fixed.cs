using System.Globalization;

namespace Ochag.Foundation;

/// <summary>
/// A stored decimal fact with six digits after the point, as a scaled integer: an index, an area, a norm, a tariff.
/// Its unit is said by what carries it. Six digits hold Gcal of a meter, q of 0.0649 and a tariff of 6.73112 alike.
/// </summary>
public readonly record struct Fixed(long Millionths) : IComparable<Fixed>
{
    public const int Places = 6;
    private const long Scale = 1_000_000;

    public static Fixed Zero => default;
    public static Fixed Of(long whole) => new(checked(whole * Scale));

    /// <summary>A decimal with at most six digits after the point: "512.25".</summary>
    public static bool TryParse(string? text, out Fixed value)
    {
        value = default;
        if (!decimal.TryParse(
                text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            || Math.Abs(number) > long.MaxValue / Scale
            || DigitsAfterPoint(text) > Places)
        {
            return false;
        }

        value = new((long)(number * Scale));
        return true;
    }

    /// <exception cref="FormatException">Not a decimal with at most six digits after the point.</exception>
    public static Fixed Parse(string text) => TryParse(text, out var value)
        ? value
        : throw new FormatException($"'{text}' is not a decimal with at most {Places} digits after the point.");

    // Looked at as text: past its 28th digit decimal itself rounds, and would take 0.00000000000000000000000000001 for 0.
    private static int DigitsAfterPoint(string text) =>
        text.IndexOf('.', StringComparison.Ordinal) is var point and >= 0 ? text.AsSpan(point + 1).TrimEnd('0').Length : 0;

    public Exact ToExact() => Exact.Fraction(Millionths, Scale);

    public static Fixed operator +(Fixed a, Fixed b) => new(checked(a.Millionths + b.Millionths));
    public static Fixed operator -(Fixed a, Fixed b) => new(checked(a.Millionths - b.Millionths));
    public static bool operator <(Fixed a, Fixed b) => a.Millionths < b.Millionths;
    public static bool operator >(Fixed a, Fixed b) => a.Millionths > b.Millionths;
    public static bool operator <=(Fixed a, Fixed b) => a.Millionths <= b.Millionths;
    public static bool operator >=(Fixed a, Fixed b) => a.Millionths >= b.Millionths;

    public int CompareTo(Fixed other) => Millionths.CompareTo(other.Millionths);

    /// <summary>The decimal without trailing zeros: "54.3".</summary>
    public override string ToString()
    {
        var size = Math.Abs((decimal)Millionths) / Scale;
        return (Millionths < 0 ? "-" : "") + size.ToString("0.######", CultureInfo.InvariantCulture);
    }
}

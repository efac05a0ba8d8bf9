using System.Globalization;

namespace Ochag.Foundation;

/// <summary>ISO 4217 numeric code.</summary>
public enum Currency : short
{
    None = 0,
    Rub = 643,
    Uah = 980,
}

/// <summary>
/// A sum in minor units (kopecks). May be negative; two currencies never add. Made from an exact amount only by the
/// named rule <see cref="Round"/>, once per line.
/// </summary>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    /// <summary>Half a kopeck goes away from zero (rules.md section 14, RN-01 to RN-05).</summary>
    public static Money Round(Exact amount, Currency currency) => new(amount.Round(2), currency);

    public static Money Zero(Currency currency) => new(0, currency);

    public bool IsZero => Minor == 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Minor), Same(a, b));
    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Minor), Same(a, b));
    public static Money operator -(Money a) => new(checked(-a.Minor), a.Currency);
    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public static Money Min(Money a, Money b) => a <= b ? a : b;

    public int CompareTo(Money other)
    {
        Same(this, other);
        return Minor.CompareTo(other.Minor);
    }

    public Exact ToExact() => Exact.Fraction(Minor, 100);

    /// <summary>
    /// Splits the sum by weights so that the parts add up to it: floor of each share, the rest one kopeck each to the
    /// largest remainders, ties to the first (rules.md sections 14 and 18.25).
    /// </summary>
    public Money[] Split(ReadOnlySpan<Exact> weights)
    {
        var total = Exact.Zero;
        foreach (var weight in weights)
            total += weight;
        if (total.Sign <= 0)
            throw new ArgumentException("The weights of a split must add up to more than zero.", nameof(weights));

        var size = Math.Abs(Minor);
        var parts = new long[weights.Length];
        var remainders = new (Exact Left, int Index)[weights.Length];
        var given = 0L;
        for (var i = 0; i < weights.Length; i++)
        {
            var share = Exact.Of(size) * weights[i] / total;
            parts[i] = (long)(share.Numerator / share.Denominator);
            remainders[i] = (share - Exact.Of(parts[i]), i);
            given += parts[i];
        }

        Array.Sort(remainders, (a, b) => b.Left.CompareTo(a.Left) is var c && c != 0 ? c : a.Index.CompareTo(b.Index));
        for (var i = 0; given < size; i++, given++)
            parts[remainders[i].Index]++;

        var currency = Currency;
        var sign = Minor < 0 ? -1 : 1;
        return Array.ConvertAll(parts, p => new Money(sign * p, currency));
    }

    /// <summary>Invariant text with two digits: "4706.56". Screens format by culture instead.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Minor < 0 ? "-" : "")}{Math.Abs(Minor) / 100}.{Math.Abs(Minor) % 100:00}");

    private static Currency Same(Money a, Money b) => a.Currency == b.Currency
        ? a.Currency
        : throw new InvalidOperationException($"Sums of two currencies do not mix: {a.Currency} and {b.Currency}.");
}

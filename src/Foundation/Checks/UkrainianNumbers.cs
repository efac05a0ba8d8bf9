using System.Globalization;
using System.Numerics;

namespace Ochag.Foundation.Checks;

/// <summary>Whether a Ukrainian number is written right: its form and its check digits.</summary>
public static class UkrainianNumbers
{
    /// <summary>
    /// A company's code in the state register: 8 digits. Codes from 30,000,000 to 60,000,000 begin their weights with 7;
    /// a remainder of 10 is taken again with weights greater by 2.
    /// </summary>
    public static bool IsEdrpou(string text)
    {
        if (!Digits.Are(text, 8))
            return false;
        var own = text.AsSpan(0, 7);
        var inside = int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) is >= 30_000_000 and <= 60_000_000;
        var remainder = (inside ? Digits.Sum(own, 7, 1, 2, 3, 4, 5, 6) : Digits.Sum(own, 1, 2, 3, 4, 5, 6, 7)) % 11;
        if (remainder == 10)
            remainder = (inside ? Digits.Sum(own, 9, 3, 4, 5, 6, 7, 8) : Digits.Sum(own, 3, 4, 5, 6, 7, 8, 9)) % 11;
        return remainder % 10 == Digits.Of(text[7]);
    }

    /// <summary>A taxpayer's number: 10 digits (the first weighs -1, which is 10 where only the remainder by 11 counts).</summary>
    public static bool IsRnokpp(string text) =>
        Digits.Are(text, 10) && Digits.Sum(text.AsSpan(0, 9), 10, 5, 7, 9, 4, 6, 10, 5, 7) % 11 % 10 == Digits.Of(text[9]);

    /// <summary>
    /// A Ukrainian account: UA and 27 digits, whole or in groups of four as printed (ISO 13616, ISO 7064 mod 97-10).
    /// </summary>
    public static bool IsIban(string text)
    {
        const string UaAsNumber = "3010";
        var whole = text.Replace(" ", "", StringComparison.Ordinal);
        return whole.StartsWith("UA", StringComparison.Ordinal) && Digits.Are(whole.AsSpan(2), 27)
            && BigInteger.Parse(whole[4..] + UaAsNumber + whole[2..4], NumberStyles.None, CultureInfo.InvariantCulture) % 97 == 1;
    }
}

using System.Globalization;

namespace Ochag.Registry.Desk;

/// <summary>Telephones as they are compared: the national number, without the ways in which a country is told. Pure.</summary>
internal static class Phones
{
    /// <summary>Fewer digits at the end of a number are told by too many people.</summary>
    private const int ShortestEnd = 5;

    /// <summary>From so many digits on it is a telephone from its beginning.</summary>
    public const int Whole = 9;
    private const int Longest = 15;

    /// <summary>"+7 924 000-00-00", "8924..." and "924..." are one, "+380..." and "0..." too. 0: no telephone.</summary>
    public static ulong National(string? phone)
    {
        var digits = phone is null ? "" : string.Concat(phone.Where(char.IsAsciiDigit));
        digits = digits switch
        {
            { Length: 11 } when digits[0] is '7' or '8' => digits[1..],
            { Length: 12 } when digits.StartsWith("38", StringComparison.Ordinal) => digits[2..],
            _ => digits,
        };
        return digits.Length is >= ShortestEnd and <= Longest ? ulong.Parse(digits, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>The places of the telephones that are, or end with, what was typed.</summary>
    public static IEnumerable<int> Find(ulong[] phones, string digits)
    {
        if (digits.Length < ShortestEnd)
            return [];
        var asked = National(digits);
        var end = digits.Length < Whole ? ulong.Parse("1" + new string('0', digits.Length), CultureInfo.InvariantCulture) : ulong.MaxValue;
        return Places(phones, p => p % end == asked);
    }

    /// <summary>The places of the telephones that are one slip of a finger away.</summary>
    public static IEnumerable<int> FindNear(ulong[] phones, string digits)
    {
        var near = Typing.OneSlipFrom(digits).Where(d => d.Length >= Whole).Select(National).ToHashSet();
        near.Remove(0);
        return near.Count == 0 ? [] : Places(phones, near.Contains);
    }

    private static IEnumerable<int> Places(ulong[] phones, Predicate<ulong> isMeant)
    {
        for (var i = 0; i < phones.Length; i++)
        {
            if (phones[i] != 0 && isMeant(phones[i]))
                yield return i;
        }
    }
}

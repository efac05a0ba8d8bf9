namespace Ochag.Foundation.Checks;

/// <summary>What check digits are computed from.</summary>
internal static class Digits
{
    /// <summary>0 to 9 only: digits of other scripts would pass a check by category and spoil a payment.</summary>
    public static bool Are(ReadOnlySpan<char> text, int count) => text.Length == count && !text.ContainsAnyExceptInRange('0', '9');

    /// <summary>The sum of digit by weight; the weights begin anew when they end before the digits.</summary>
    public static int Sum(ReadOnlySpan<char> digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += Of(digits[i]) * weights[i % weights.Length];
        return sum;
    }

    public static int Of(char digit) => digit - '0';
}

using System.Text;

namespace Ochag.Registry.Desk;

/// <summary>What fingers do to a text: another layout of the keyboard, letters lost, exchanged, swapped. Pure.</summary>
internal static class Typing
{
    private const string Shifted = "~{}:\"<>|";
    private const string Unshifted = "`[];',.\\";
    private const string LatinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.\\/?";
    private const string RussianKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю\\.,";
    private const string UkrainianKeys = "'йцукенгшщзхїфівапролджєячсмитьбюґ.,";

    /// <summary>Longer words are not compared letter by letter.</summary>
    private const int LongestWord = 40;

    /// <summary>The same keys pressed on the other layouts: "rjvcjvjkmcrfz" is "комсомольская". Never the text itself.</summary>
    public static IReadOnlyList<string> OtherLayouts(string text)
    {
        var lower = text.ToLowerInvariant();
        List<string> readings = [];
        if (lower.Any(char.IsAsciiLetter) || !lower.Any(char.IsLetter))
            readings.AddRange([Turn(lower, LatinKeys, RussianKeys), Turn(lower, LatinKeys, UkrainianKeys)]);
        if (lower.Any(c => c is >= 'а' and <= 'я' or 'ё' or 'і' or 'ї' or 'є' or 'ґ'))
            readings.Add(Turn(Turn(lower, RussianKeys[..^2], LatinKeys[..^2]), UkrainianKeys[..^2], LatinKeys[..^2]));
        return [.. readings.Distinct(StringComparer.Ordinal).Where(r => r != lower)];
    }

    /// <summary>The letters of a word as bits: what cannot be near is seen without comparing.</summary>
    public static ulong Letters(string word)
    {
        var letters = 0UL;
        foreach (var c in word)
            letters |= 1UL << (c & 63);
        return letters;
    }

    /// <summary>Errors that are forgiven in a word of this length.</summary>
    public static int Forgiven(int length) => length switch { < 3 => 0, < 5 => 1, < 11 => 2, _ => 3 };

    /// <summary>
    /// Letters to add, leave out, exchange or swap with the next one (optimal string alignment) between what was typed and
    /// the word, and the beginning of the word that is nearest. More than <paramref name="most"/> is told as more.
    /// </summary>
    public static (int Whole, int Begun) Distance(string typed, string word, int most)
    {
        var (n, m) = (typed.Length, Math.Min(word.Length, typed.Length + most));
        if (n > LongestWord || word.Length < n - most)
            return (most + 1, most + 1);
        Span<int> before = stackalloc int[m + 1];
        Span<int> last = stackalloc int[m + 1];
        Span<int> row = stackalloc int[m + 1];
        for (var j = 0; j <= m; j++)
            last[j] = j;
        for (var i = 1; i <= n; i++)
        {
            row[0] = i;
            var least = i;
            for (var j = 1; j <= m; j++)
            {
                var same = typed[i - 1] == word[j - 1];
                row[j] = Math.Min(last[j - 1] + (same ? 0 : 1), Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }

            if (least > most)
                return (most + 1, most + 1);
            var free = before;
            before = last;
            last = row;
            row = free;
        }

        var begun = most + 1;
        for (var j = Math.Max(0, n - 1); j <= m; j++)
            begun = Math.Min(begun, last[j]);
        return (m == word.Length ? last[m] : most + 1, begun);
    }

    /// <summary>
    /// Everything that is one slip away from a number: a digit lost, too many, exchanged or swapped with its neighbour.
    /// Letters may be lost or swapped only.
    /// </summary>
    public static IReadOnlyCollection<string> OneSlipFrom(string number)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i <= number.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
            {
                all.Add(number.Insert(i, digit.ToString()));
                if (i < number.Length && char.IsAsciiDigit(number[i]))
                    all.Add(number[..i] + digit + number[(i + 1)..]);
            }

            if (i < number.Length)
                all.Add(number.Remove(i, 1));
            if (i + 1 < number.Length)
                all.Add(number[..i] + number[i + 1] + number[i] + number[(i + 2)..]);
        }

        all.Remove(number);
        return all;
    }

    private static string Turn(string lower, string from, string to)
    {
        var turned = new StringBuilder(lower.Length);
        foreach (var c in lower)
        {
            var key = Shifted.IndexOf(c, StringComparison.Ordinal) is >= 0 and var s && from == LatinKeys ? Unshifted[s] : c;
            turned.Append(from.IndexOf(key, StringComparison.Ordinal) is >= 0 and var i ? to[i] : c);
        }

        return turned.ToString();
    }
}

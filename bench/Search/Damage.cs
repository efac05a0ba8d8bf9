using Ochag.Foundation;

namespace Ochag.Bench.Search;

internal enum Harm
{
    Dropped,
    Replaced,
    Swapped,
    Layout,
    Reordered,
}

/// <summary>What happens to a question on its way into the box. The same for the same seed.</summary>
internal static class Damage
{
    private const string LatinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./?";
    private const string CyrillicKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю.,";
    private const string Letters = "абвгдежзийклмнопрстуфхцчшщыьэюя";

    /// <summary>A question of one word cannot be put in another order, digits are the same on every layout.</summary>
    public static bool Touches(Harm harm, string text) => harm switch
    {
        Harm.Layout => text.Any(char.IsLetter),
        Harm.Reordered => Parts(text).Length > 1 && text.Any(char.IsLetter),
        _ => true,
    };

    public static string Do(Harm harm, string text, Seeded random) => harm switch
    {
        Harm.Layout => string.Concat(text.Select(OnLatinKeys)),
        Harm.Reordered => Reorder(text, random),
        // Every fourth is mistyped twice, where there is another word to mistype.
        _ => Mistype(harm, text, random, random.Chance(25) && text.Any(char.IsLetter) ? 2 : 1),
    };

    private static string Mistype(Harm harm, string text, Seeded random, int times)
    {
        var words = Spans(text, char.IsLetter).Where(w => w.Length >= 4).ToList();
        if (words.Count == 0)
            words = Spans(text, char.IsLetterOrDigit).Where(w => w.Length >= 2).ToList();
        var digits = !text.Any(char.IsLetter) || words.All(w => text.AsSpan(w.Start, w.Length).ContainsAnyInRange('0', '9'));
        if (digits && text.Any(char.IsAsciiDigit))
            return InDigits(harm, text, random);
        foreach (var word in Chosen(words, random, times).OrderByDescending(w => w.Start))
        {
            var end = word.Start + word.Length;
            text = text[..word.Start] + Hurt(harm, text[word.Start..end], Letters, random) + text[end..];
        }

        return text;
    }

    /// <summary>A number is mistyped in its digits; what stands between them stays where it is.</summary>
    private static string InDigits(Harm harm, string text, Seeded random)
    {
        var places = Enumerable.Range(0, text.Length).Where(i => char.IsAsciiDigit(text[i])).ToArray();
        var at = random.Next(1, places.Length - 2);
        var (here, next) = (places[at], places[at + 1]);
        var chars = text.ToCharArray();
        if (harm == Harm.Dropped)
            return text.Remove(here, 1);
        if (harm == Harm.Replaced)
            chars[here] = (char)('0' + (chars[here] - '0' + random.Next(1, 9)) % 10);
        else
            (chars[here], chars[next]) = (chars[next], chars[here]);
        return new(chars);
    }

    private static string Hurt(Harm harm, string word, string letters, Seeded random)
    {
        var at = random.Next(0, word.Length - 2);
        return harm switch
        {
            Harm.Dropped => word.Remove(at, 1),
            Harm.Replaced => word[..at] + random.Pick(letters.Where(l => l != word[at]).ToList()) + word[(at + 1)..],
            _ => word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
        };
    }

    private static IEnumerable<(int Start, int Length)> Chosen(List<(int Start, int Length)> words, Seeded random, int times)
    {
        var left = words.ToList();
        for (; times > 0 && left.Count > 0; times--)
        {
            var one = random.Pick(left);
            left.Remove(one);
            yield return one;
        }
    }

    private static string Reorder(string text, Seeded random)
    {
        var parts = Parts(text);
        var before = string.Join(' ', parts);
        do
        {
            for (var i = parts.Length - 1; i > 0; i--)
            {
                var j = random.Next(0, i);
                (parts[i], parts[j]) = (parts[j], parts[i]);
            }
        }
        while (string.Join(' ', parts) == before);
        return string.Join(text.Contains(',', StringComparison.Ordinal) ? ", " : " ", parts);
    }

    /// <summary>Where there are commas, what stands between them keeps together: "кв. 12".</summary>
    private static string[] Parts(string text) => text.Split(
        text.Contains(',', StringComparison.Ordinal) ? ',' : ' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<(int Start, int Length)> Spans(string text, Func<char, bool> belongs)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && belongs(text[i]))
                i++;
            if (i > start)
                yield return (start, i - start);
        }
    }

    private static char OnLatinKeys(char c)
    {
        var at = CyrillicKeys.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
        return at < 0 ? c : char.IsUpper(c) ? char.ToUpperInvariant(LatinKeys[at]) : LatinKeys[at];
    }
}

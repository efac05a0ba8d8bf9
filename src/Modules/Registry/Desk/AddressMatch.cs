namespace Ochag.Registry.Desk;

/// <summary>How well a folded address answers a question. Pure.</summary>
internal static class AddressMatch
{
    /// <summary>
    /// The flat that the question names beyond the address ("" where none), or null where the address does not answer.
    /// Words begin words of the address; numbers are whole words of it, and one number more is the flat.
    /// </summary>
    public static string? Flat(Question question, string[] words)
    {
        foreach (var name in question.Names)
        {
            if (!Array.Exists(words, w => w.StartsWith(name, StringComparison.Ordinal)))
                return null;
        }

        return Rest(question.Numbers, words);
    }

    /// <summary>
    /// The same with words misheard; also how far off they are. Null: too far. <paramref name="known"/> keeps what was
    /// compared already: a city's addresses are made of a few thousand words.
    /// </summary>
    public static (string Flat, int Distance)? Nearest(Question question, string[] words, Dictionary<(string, string), int> known)
    {
        if (Rest(question.Numbers, words) is not { } flat)
            return null;
        var distance = 0;
        foreach (var name in question.Names)
        {
            var best = int.MaxValue;
            foreach (var word in words)
            {
                if (char.IsAsciiDigit(word[0]))
                    continue;
                if (!known.TryGetValue((name, word), out var off))
                    known[(name, word)] = off = Distance(name, word);
                best = Math.Min(best, off);
            }

            if (best > Allowed(name))
                return null;
            distance += best;
        }

        return (flat, distance);
    }

    /// <summary>A letter off in a short word, two or three in a long one.</summary>
    private static int Allowed(string word) => word.Length switch { < 4 => 0, < 7 => 1, < 11 => 2, _ => 3 };

    private static string? Rest(IReadOnlyList<string> numbers, string[] words)
    {
        var left = numbers.ToList();
        foreach (var word in words)
            left.Remove(word);
        return left.Count switch
        {
            0 => "",
            1 when left.Count < numbers.Count => left[0],
            _ => null,
        };
    }

    /// <summary>Letters to change so that <paramref name="typed"/> begins <paramref name="word"/> (Levenshtein on its start).</summary>
    internal static int Distance(string typed, string word)
    {
        var row = Enumerable.Range(0, word.Length + 1).ToArray();
        for (var i = 1; i <= typed.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= word.Length; j++)
            {
                var change = corner + (typed[i - 1] == word[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[Math.Max(0, Math.Min(word.Length, typed.Length) - 1)..].Min();
    }
}

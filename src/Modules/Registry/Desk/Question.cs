using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Desk;

/// <summary>A number of a question with the letter that stands behind it: "36б".</summary>
internal sealed record AskedNumber(string Digits, string Letter);

/// <summary>What was typed into the search, taken apart: folded words without those that every address has.</summary>
/// <param name="Flat">The flat where "кв" says so; null: any of the numbers may be it.</param>
internal sealed record Question(string Text, IReadOnlyList<string> Names, IReadOnlyList<AskedNumber> Numbers, AskedNumber? Flat)
{
    private static readonly HashSet<string> Common = Set(
        "ул улица вул вулиця д дом буд будинок г город м місто пр кт проспект пер переулок провулок обл область р н рн район п пос поселок "
        + "с село рп пгт корп корпус к лит литера литер лит літ стр строение счет лс тел телефон");

    private static readonly HashSet<string> FlatWords = Set("кв квартира кварт");

    /// <summary>A word of these that was mistyped is no name either.</summary>
    private static readonly string[] LongCommon = [.. Common.Concat(FlatWords).Where(w => w.Length >= 5)];

    public bool IsEmpty => Names.Count == 0 && Numbers.Count == 0 && Flat is null;

    /// <summary>All digits of a text that is one number; null: there is something else, or too few digits for a number.</summary>
    public string? Digits { get; } = Text.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')')
        && Text.Count(char.IsAsciiDigit) is >= 3 and <= 20
        ? string.Concat(Text.Where(char.IsAsciiDigit))
        : null;

    public static Question Of(string text)
    {
        text = (text.Length > DeskLimits.TextLength ? text[..DeskLimits.TextLength] : text).Trim();
        var words = SearchKey.Fold(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Split).ToArray();
        var (names, numbers, flat, flatIsNext) = (new List<string>(), new List<AskedNumber>(), (AskedNumber?)null, false);
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (char.IsAsciiDigit(word[0]))
            {
                var letter = HouseLetter(words, i + 1);
                var number = new AskedNumber(word, letter);
                i += letter.Length;
                if (flatIsNext && flat is null)
                    flat = number;
                else
                    numbers.Add(number);
                flatIsNext = false;
            }
            else if (FlatWords.Contains(word))
            {
                flatIsNext = true;
            }
            else if (!Common.Contains(word))
            {
                names.Add(word);
            }
        }

        // "12 кв" at the end: the number before it.
        if (flatIsNext && flat is null && numbers.Count > 1)
        {
            flat = numbers[^1];
            numbers.RemoveAt(numbers.Count - 1);
        }

        if (names.Count == 0 && numbers.Count == 0 && flat is null)
            names = [.. words];
        return new(text, [.. names.Take(DeskLimits.Words)], [.. numbers.Take(DeskLimits.Words)], flat);
    }

    /// <summary>"36б", "36 б"; but "7 п. Лесной" is no house 7п, and "7 к 2" has a block.</summary>
    private static string HouseLetter(string[] words, int at) =>
        at < words.Length && IsHouseLetter(words[at])
            && (at + 1 == words.Length || !char.IsAsciiDigit(words[at + 1][0]))
            ? words[at]
            : "";

    public static bool IsHouseLetter(string word) => word is [var letter] && char.IsLetter(letter) && !Common.Contains(word);

    /// <summary>A word that names something, rather than tell its kind.</summary>
    public static bool IsName(string word) =>
        word.Length >= 3 && !char.IsAsciiDigit(word[0]) && !Common.Contains(word) && !FlatWords.Contains(word);

    /// <summary>A word that tells the kind of a thing, with a letter wrong.</summary>
    public static bool IsNearlyCommon(string word) =>
        word.Length >= 4 && Array.Exists(LongCommon, c => Typing.Distance(word, c, 1).Whole <= 1);

    /// <summary>"36б" and "кв5" are two words each.</summary>
    public static IEnumerable<string> Split(string word)
    {
        for (var (i, start) = (1, 0); i <= word.Length; i++)
        {
            if (i < word.Length && char.IsAsciiDigit(word[i]) == char.IsAsciiDigit(word[i - 1]))
                continue;
            yield return word[start..i];
            start = i;
        }
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}

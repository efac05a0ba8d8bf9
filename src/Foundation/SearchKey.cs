using System.Text;

namespace Ochag.Foundation;

/// <summary>
/// Folds a text for search, the same when it is stored and when it is asked: SQLite does not fold Cyrillic, so both
/// databases compare what is computed here.
/// </summary>
public static class SearchKey
{
    private const string LookAlikeLatin = "abcehkmoptxy";
    private const string LookAlikeCyrillic = "авсенкмортху";

    /// <summary>
    /// Lower case, ё as е, punctuation as one space, and in words that mix alphabets the Latin look-alikes as Cyrillic.
    /// </summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            var lower = char.ToLowerInvariant(c);
            if (lower == 'ё')
                folded.Append('е');
            else if (char.IsLetterOrDigit(lower))
                folded.Append(lower);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return string.Join(' ', folded.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(OneAlphabet));
    }

    /// <summary>Sorts 2 before 10 and 12а after 12: numbers padded to six digits.</summary>
    public static string SortNumber(string number)
    {
        var key = new StringBuilder();
        for (var i = 0; i < number.Length;)
        {
            var end = i;
            while (end < number.Length && char.IsAsciiDigit(number[end]))
                end++;
            if (end > i)
            {
                key.Append(number.AsSpan(i, end - i).ToString().PadLeft(6, '0'));
                i = end;
            }
            else
            {
                key.Append(char.ToLowerInvariant(number[i++]));
            }
        }

        return key.ToString();
    }

    /// <summary>Latin letters that look like Cyrillic ones as those: the letter of a house is typed on any keyboard.</summary>
    public static string AsCyrillic(string folded) => string.Concat(folded.Select(c =>
        LookAlikeLatin.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? LookAlikeCyrillic[i] : c));

    private static string OneAlphabet(string word)
    {
        var hasCyrillic = word.Any(c => c is >= 'а' and <= 'я' or 'і' or 'ї' or 'є' or 'ґ');
        return hasCyrillic ? AsCyrillic(word) : word;
    }
}

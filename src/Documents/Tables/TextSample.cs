using System.Text;

namespace Ochag.Documents.Tables;

/// <summary>Finds out in what letters a text is written and what parts its fields, from its first bytes.</summary>
internal static class TextSample
{
    private const string Separators = ",;\t|";

    /// <summary>The letters of Russian and Ukrainian from the most frequent one down.</summary>
    private const string ByFrequency = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъёіїєґ";

    /// <summary>
    /// UTF-8 when the sample is valid UTF-8 up to a character cut at its end; else the one-byte alphabet in which it
    /// reads most like Russian: Windows-1251, KOI8-R or the old 866.
    /// </summary>
    /// <param name="isWhole">False: more follows, so that the sample may end in the middle of a character.</param>
    public static Encoding EncodingOf(ReadOnlySpan<byte> sample, bool isWhole)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        for (var cut = 0; cut < (isWhole ? 1 : 4) && cut <= sample.Length; cut++)
        {
            try
            {
                strict.GetCharCount(sample[..^cut]);
                return strict;
            }
            catch (DecoderFallbackException)
            {
                // Perhaps a character that is cut at the end: once more without its last bytes.
            }
        }

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var best = Encoding.GetEncoding(1251);
        var highest = int.MinValue;
        foreach (var page in (int[])[1251, 20866, 866])
        {
            var encoding = Encoding.GetEncoding(page);
            if (Likeness(encoding.GetString(sample)) is var points && points > highest)
                (best, highest) = (encoding, points);
        }

        return best;
    }

    /// <summary>
    /// The separator that parts every line of the sample into the same number of fields, the most if several do; a comma
    /// where none does.
    /// </summary>
    public static char SeparatorOf(string sample, bool isWhole)
    {
        var best = ',';
        var highest = 0;
        foreach (var separator in Separators)
        {
            var counts = Counts(sample, separator, isWhole);
            if (counts.Count == 0)
                continue;
            // Titles above the head and a sentence with commas do not decide: the count that most lines have does.
            var (count, lines) = counts.CountBy(c => c).Where(c => c.Key > 0).Select(c => (c.Key, c.Value))
                .OrderByDescending(c => c.Value).ThenByDescending(c => c.Key).FirstOrDefault();
            var points = lines * 1000 / counts.Count * 100 + Math.Min(count, 99);
            if (lines > 0 && points > highest)
                (best, highest) = (separator, points);
        }

        return best;
    }

    /// <summary>How often a separator stands outside quotes, line by line.</summary>
    private static List<int> Counts(string sample, char separator, bool isWhole)
    {
        var counts = new List<int>();
        var (count, quoted, empty) = (0, false, true);
        foreach (var c in sample)
        {
            if (c == '"')
                quoted = !quoted;
            if (c == '\n' && !quoted)
            {
                if (!empty)
                    counts.Add(count);
                (count, empty) = (0, true);
            }
            else
            {
                empty &= char.IsWhiteSpace(c);
                count += c == separator && !quoted ? 1 : 0;
            }
        }

        if (!empty && (isWhole || counts.Count == 0))
            counts.Add(count);
        return counts;
    }

    private static int Likeness(string text)
    {
        var points = 0;
        var before = ' ';
        foreach (var c in text)
        {
            var lower = char.ToLowerInvariant(c);
            var place = ByFrequency.IndexOf(lower, StringComparison.Ordinal);
            if (place >= 0)
                points += ByFrequency.Length - place - 12;
            else if (c > 127 && !char.IsLetter(c) && c is not '№' and not '«' and not '»' and not '\u00A0' and not '–' and not '—')
                points -= 20;
            // A capital after a small letter: the alphabet in which case is turned round.
            if (place >= 0 && lower != c && char.IsLower(before))
                points -= 20;
            before = c;
        }

        return points;
    }
}

using Ochag.Foundation;

namespace Ochag.Registry.Addresses;

/// <summary>
/// Reads the free spellings of registers and people: "обл. Омская, г. Омск, ул. Ленина, д. 7, корп. 2, кв. 5",
/// "Ленина ул 7-5", "Омск Ленина 7 к2". Pure.
/// </summary>
internal static class AddressReader
{
    public static AddressParts Read(string address)
    {
        var parts = AddressParts.Nothing;
        foreach (var segment in address.Split([',', ';', '\n']).SelectMany(Pieces))
            parts = Take(parts, segment);
        return parts;
    }

    /// <summary>A run of words with at most one word of a kind, at its beginning or at its end.</summary>
    private sealed record Piece(AddressRank? Rank, string Kind, IReadOnlyList<string> Words)
    {
        public string Name => string.Join(' ', Words);
    }

    private static IEnumerable<Piece> Pieces(string text)
    {
        var words = Words(text);
        var pieces = new List<Piece>();
        var run = new List<string>();
        (AddressRank Rank, string Kind)? open = null;
        foreach (var (i, word) in words.Index())
        {
            var next = i + 1 < words.Count ? words[i + 1] : null;
            if (KindOf(word, next, run) is not { } kind)
            {
                run.Add(word);
                continue;
            }

            // "Ленина ул": a name without a kind before it, and nothing that this kind could begin.
            if (open is null && run.Count > 0 && IsNamed(kind.Rank)
                && (next is null || IsNumber(next) || AddressWords.Of(next) is not null))
            {
                pieces.Add(new(kind.Rank, kind.Kind, [.. run]));
                run.Clear();
                continue;
            }

            // "ул. 11 Линия", "ул. Иртышская Набережная": the name of a street of another kind.
            if (open?.Rank == AddressRank.Street && kind.Rank == AddressRank.Street && run.Count > 0)
            {
                run.Add(word);
                continue;
            }

            Close();
            open = kind;
        }

        Close();
        return pieces;

        void Close()
        {
            if (run.Count > 0 || open is not null)
                pieces.Add(new(open?.Rank, open?.Kind ?? "", [.. run]));
            run.Clear();
            open = null;
        }
    }

    /// <summary>"д." before a number is a house, before a name a village; "к." and "м." alike.</summary>
    private static (AddressRank Rank, string Kind)? KindOf(string word, string? next, List<string> run)
    {
        var known = AddressWords.Of(word);
        var beginsNumber = next is not null && (char.IsAsciiDigit(next[0]) || next.Length == 1);
        return word switch
        {
            "д" or "дом" or "буд" when !beginsNumber && next is not null => (AddressRank.Settlement, "деревня"),
            "к" or "корп" when run.Count == 0 && next is null => null,
            "с" or "п" or "х" or "м" or "г" when beginsNumber || next is null && run.Count == 0 => null,
            "км" when run.Count > 0 => null,
            _ => known,
        };
    }

    private static AddressParts Take(AddressParts parts, Piece piece)
    {
        var name = piece.Name;
        switch (piece.Rank)
        {
            case AddressRank.Region:
                return parts with { Region = name };
            case AddressRank.District:
                return parts with { District = name };
            case AddressRank.Settlement:
                var (town, rest) = Cut(piece.Words);
                return House(Settle(parts, piece.Kind, town), rest);
            case AddressRank.Street:
                (town, rest) = Cut(piece.Words);
                return House(parts with { StreetKind = piece.Kind, Street = Ordered(town) }, rest);
            case AddressRank.House:
                return House(parts, piece.Words);
            case AddressRank.Block:
                return parts with { Block = name };
            case AddressRank.Building:
                return parts with { Building = name };
            case AddressRank.Letter:
                return parts with { Letter = name };
            case AddressRank.Flat:
                return parts with { Flat = name };
            case AddressRank.Ignored:
                return parts;
            default:
                return Untold(parts, piece);
        }
    }

    /// <summary>A quarter or a garden inside a town takes the street's place; a village of a town is told with it.</summary>
    private static AddressParts Settle(AddressParts parts, string kind, string town)
    {
        if (parts.Settlement.Length == 0 || parts.Settlement == town)
            return parts with { Settlement = town };
        return kind is "микрорайон" or "квартал" or "снт" or "территория" or "городок"
            ? parts with { StreetKind = kind, Street = town }
            : parts with { Settlement = $"{parts.Settlement} {town}" };
    }

    private static AddressParts Untold(AddressParts parts, Piece piece)
    {
        if (piece.Words.Count == 0)
            return parts;
        if (IsNumber(piece.Words[0]))
            return parts.House.Length == 0 ? House(parts, piece.Words) : parts.Flat.Length == 0 ? parts with { Flat = piece.Name } : parts;
        if (parts.House.Length > 0)
            return parts.Letter.Length == 0 && piece.Name.Length == 1 ? parts with { Letter = piece.Name } : parts;
        var (name, rest) = Cut(piece.Words);
        return parts.Street.Length == 0 && (rest.Count > 0 || parts.Settlement.Length > 0)
            ? House(parts with { Street = Ordered(name) }, rest)
            : parts.Settlement.Length == 0 ? House(parts with { Settlement = name }, rest) : parts;
    }

    /// <summary>"36б" is house 36 letter б; "5-12" is house 5 flat 12; "7 к 2" was cut before.</summary>
    private static AddressParts House(AddressParts parts, IReadOnlyList<string> words)
    {
        if (words.Count == 0)
            return parts;
        var first = words[0];
        if (first.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash && first.Length > dash + 1
            && first[(dash + 1)..].All(char.IsAsciiDigit))
        {
            parts = parts with { Flat = first[(dash + 1)..] };
            first = first[..dash];
        }

        var digits = first.TakeWhile(c => char.IsAsciiDigit(c) || c == '/').Count();
        var letter = first[digits..].Trim('-', '/');
        if (digits == 0)
            return parts with { Letter = parts.Letter.Length == 0 ? first : parts.Letter };
        parts = parts with { House = first[..digits].Trim('/'), Letter = letter.Length > 0 ? letter : parts.Letter };
        if (words.Count > 1 && words[1] is [var only] && char.IsLetter(only))
            return parts with { Letter = words[1] };
        return words.Count > 1 && IsNumber(words[1]) && parts.Flat.Length == 0 ? parts with { Flat = words[1] } : parts;
    }

    /// <summary>A name, and the house that stands behind it: "ленина 7" but not "10 лет октября" nor "заозерная 4-я".</summary>
    private static (string Name, IReadOnlyList<string> Behind) Cut(IReadOnlyList<string> words)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (IsNumber(words[i]) && !IsOrdinal(words[i]) && words.Skip(i + 1).All(w => IsNumber(w) || w.Length == 1))
                return (string.Join(' ', words.Take(i)), [.. words.Skip(i)]);
        }

        return (string.Join(' ', words), []);
    }

    /// <summary>"4-я Заозерная" and "Заозерная 4-я" are one street: what is counted stands last.</summary>
    private static string Ordered(string name)
    {
        var words = name.Split(' ');
        return words.Length > 1 && IsOrdinal(words[0]) ? string.Join(' ', [.. words.Skip(1), words[0]]) : name;
    }

    private static bool IsNamed(AddressRank rank) =>
        rank is AddressRank.Region or AddressRank.District or AddressRank.Settlement or AddressRank.Street;

    private static bool IsNumber(string word) => char.IsAsciiDigit(word[0]);

    private static bool IsOrdinal(string word) =>
        IsNumber(word) && word.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
        && dash + 1 < word.Length && char.IsLetter(word[dash + 1]);

    /// <summary>
    /// Lower case, ё as е, look-alike letters as Cyrillic; unlike in the key of the search a hyphen and a slash stay in a
    /// word: "р-н", "4-я", "22/1". "д.5" and "к2" are two words each.
    /// </summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var raw in text.Replace('.', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = raw.Trim('-', '"', '«', '»', '(', ')', '№', '\'', ':');
            if (word.Length == 0)
                continue;
            var folded = string.Join('-', word.Split('-').Select(p => string.Join('/', p.Split('/').Select(SearchKey.Fold))));
            if (folded.Trim('-', '/', ' ').Length == 0)
                continue;
            var letters = folded.TakeWhile(char.IsLetter).Count();
            if (letters > 0 && letters < folded.Length && char.IsAsciiDigit(folded[letters])
                && AddressWords.Of(folded[..letters]) is not null)
                words.AddRange([folded[..letters], folded[letters..]]);
            else
                words.Add(folded);
        }

        return words;
    }
}

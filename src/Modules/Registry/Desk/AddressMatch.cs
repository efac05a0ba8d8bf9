namespace Ochag.Registry.Desk;

/// <summary>A building that answers, the flat that the question names in it ("" where none), and how far off it is.</summary>
internal readonly record struct AddressHit(int Building, string Flat, int Cost);

/// <summary>
/// How well the addresses of a territory answer a question. Names are words of the address, begun or mistyped; numbers are
/// whole words of it, in any order, and one number more is the flat. Pure.
/// </summary>
internal sealed class AddressMatch
{
    private const int FlatNotLast = 1;
    private const int MoreInAddress = 2;
    private const int LetterNotThere = 3;
    private const int NameNotThere = 3 * WordIndex.ErrorWeight;

    private readonly WordIndex _index;
    private readonly Question _question;
    private readonly byte[][] _costs;
    private readonly int[] _absent;
    private readonly (int Digits, int Letter)[] _numbers;
    private readonly bool[] _isNumber;
    private readonly bool[] _isLetter;
    private readonly int _mayLack;

    public AddressMatch(WordIndex index, Question question, bool forgiving)
    {
        (_index, _question) = (index, question);
        _costs = [.. question.Names.Select(n => index.Costs(n, forgiving))];
        _absent = [.. question.Names.Select(n =>
            forgiving && Question.IsNearlyCommon(n) ? WordIndex.ErrorWeight : WordIndex.Unlike)];
        _numbers = [.. question.Numbers.Select(n => (index.IdOf(n.Digits), n.Letter.Length > 0 ? index.IdOf(n.Letter) : -1))];
        // A word too much (a name beside the address, a district that the address does not tell) leaves the rest to be told.
        _mayLack = forgiving && question.Names.Count >= 2 && question.Numbers.Count > 0 ? 1 : 0;
        (_isNumber, _isLetter) = (index.Flags(w => char.IsAsciiDigit(w[0])), index.Flags(w => w.Length == 1 && char.IsLetter(w[0])));
    }

    /// <summary>From the nearest to the farthest that is still worth showing.</summary>
    public IEnumerable<AddressHit> Find()
    {
        if (_question.Names.Count == 0)
            return [];
        var hits = new List<AddressHit>();
        for (var i = 0; i < _index.Count; i++)
        {
            if (Of(i) is { } hit)
                hits.Add(hit);
        }

        return hits.OrderBy(h => h.Cost);
    }

    public AddressHit? Of(int address)
    {
        var words = _index.WordsOf(address);
        if (Names(words) is not { } cost)
            return null;
        return Numbers(words) is { } numbers ? new(address, numbers.Flat, cost + numbers.Cost) : null;
    }

    private int? Names(ReadOnlySpan<int> words)
    {
        var (cost, lacking) = (0, _mayLack);
        for (var i = 0; i < _costs.Length; i++)
        {
            var best = _absent[i];
            foreach (var word in words)
                best = Math.Min(best, _costs[i][word]);
            if (best == WordIndex.Unlike)
            {
                if (--lacking < 0)
                    return null;
                best = NameNotThere;
            }

            cost += best;
        }

        return cost;
    }

    private (string Flat, int Cost)? Numbers(ReadOnlySpan<int> words)
    {
        var (used, left, cost) = (0UL, -1, 0);
        for (var i = 0; i < _numbers.Length; i++)
        {
            var at = Unused(words, _numbers[i].Digits, used);
            if (at >= 0)
            {
                used |= 1UL << at;
                if (_question.Numbers[i].Letter.Length == 0)
                    continue;
                if (Unused(words, _numbers[i].Letter, used) is >= 0 and var letter)
                    used |= 1UL << letter;
                else
                    cost += LetterNotThere;
            }
            else if (left >= 0 || _question.Flat is not null)
            {
                return null;
            }
            else
            {
                left = i;
            }
        }

        if (left >= 0 && _numbers.Length == 1)
            return null;
        if (_numbers.Length > 0)
            cost += Untold(words, used);
        if (left >= 0 && left < _numbers.Length - 1)
            cost += FlatNotLast;
        var flat = _question.Flat ?? (left >= 0 ? _question.Numbers[left] : null);
        return (flat is null ? "" : flat.Digits + flat.Letter, cost);
    }

    /// <summary>"7" is rather the house 7 than 7 block 2 or 7б.</summary>
    private int Untold(ReadOnlySpan<int> words, ulong used)
    {
        var cost = 0;
        for (var i = 0; i < words.Length && i < 64; i++)
        {
            var told = (used & (1UL << i)) != 0;
            if (!told && (_isNumber[words[i]] || i > 0 && _isLetter[words[i]] && _isNumber[words[i - 1]]))
                cost += MoreInAddress;
        }

        return cost;
    }

    private static int Unused(ReadOnlySpan<int> words, int word, ulong used)
    {
        for (var i = 0; word >= 0 && i < words.Length && i < 64; i++)
        {
            if (words[i] == word && (used & (1UL << i)) == 0)
                return i;
        }

        return -1;
    }
}

namespace Ochag.Registry.Desk;

/// <summary>A building that answers, the flat that the question names in it ("" where none), and how far off it is.</summary>
internal readonly record struct AddressHit(int Building, string Flat, int Cost);

/// <summary>
/// How well the addresses of a territory answer a question. Names are words of the address, begun or mistyped; numbers are
/// whole words of it, in any order, and one number more is the flat. Pure.
/// </summary>
internal sealed class AddressMatch
{
    private const int FlatUntold = 1;
    private const int FlatNotLast = 1;
    private const int MoreInAddress = 2;
    private const int NameUntold = 1;
    private const int LetterNotThere = 3;
    private const int NameNotThere = 3 * WordIndex.ErrorWeight;

    private readonly WordIndex _index;
    private readonly Question _question;
    private readonly byte[]?[] _costs;
    private readonly int[] _absent;
    private readonly (int Digits, int Letter)[] _numbers;
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
    }

    /// <summary>From the nearest to the farthest that is still worth showing.</summary>
    public IEnumerable<AddressHit> Find()
    {
        if (_question.Names.Count == 0 || _absent.Index().Count(a => a.Item == WordIndex.Unlike && _costs[a.Index] is null) > _mayLack)
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
        var told = 0UL;
        if (Names(words, ref told) is not { } cost || Numbers(words, ref told) is not { } numbers)
            return null;
        var untold = _numbers.Length > 0 ? Untold(words, told) : 0;
        return new(address, numbers.Flat, cost + numbers.Cost + untold);
    }

    private int? Names(ReadOnlySpan<int> words, ref ulong told)
    {
        var (cost, lacking) = (0, _mayLack);
        for (var i = 0; i < _costs.Length; i++)
        {
            var best = _absent[i];
            if (_costs[i] is { } costs)
            {
                foreach (var word in words)
                    best = Math.Min(best, costs[word]);
                for (var j = 0; j < words.Length && j < 64; j++)
                    told |= costs[words[j]] == best ? 1UL << j : 0;
            }

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

    private (string Flat, int Cost)? Numbers(ReadOnlySpan<int> words, ref ulong told)
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
        told |= used;
        if (left >= 0)
            cost += FlatUntold + (left < _numbers.Length - 1 ? FlatNotLast : 0);
        var flat = _question.Flat ?? (left >= 0 ? _question.Numbers[left] : null);
        return (flat is null ? "" : flat.Digits + flat.Letter, cost);
    }

    /// <summary>
    /// "7" is rather the house 7 than 7 block 2 or 7б, and "Омская 7" rather in that street than anywhere in the region.
    /// </summary>
    private int Untold(ReadOnlySpan<int> words, ulong told)
    {
        var cost = 0;
        for (var i = 0; i < words.Length && i < 64; i++)
        {
            if ((told & (1UL << i)) != 0)
                continue;
            if (_index.IsNumber[words[i]] || i > 0 && _index.IsHouseLetter[words[i]] && _index.IsNumber[words[i - 1]])
                cost += MoreInAddress;
            else if (_index.IsName[words[i]])
                cost += NameUntold;
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

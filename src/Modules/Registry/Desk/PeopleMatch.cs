namespace Ochag.Registry.Desk;

/// <summary>
/// How well names answer a question: every word that was asked is a word of the name, begun or mistyped, in any order. The
/// surname, which stands first in the register, is the likeliest to be asked. Pure.
/// </summary>
internal static class PeopleMatch
{
    private const int OtherOrder = 1;
    private const int Levels = 64;

    /// <summary>
    /// Places of names from the nearest on, each with how far off it is; not more than <paramref name="most"/> that are
    /// equally far.
    /// </summary>
    public static IEnumerable<(int Place, int Cost)> Find(WordIndex names, IReadOnlyList<string> asked, bool forgiving, int most)
    {
        var costs = new byte[asked.Count][];
        for (var i = 0; i < costs.Length; i++)
        {
            if (names.Costs(asked[i], forgiving) is not { } likeness)
                return [];
            costs[i] = likeness;
        }

        var levels = new List<int>?[Levels];
        for (var i = 0; i < names.Count; i++)
        {
            if (Cost(names.WordsOf(i), costs) is { } cost && cost < Levels && (levels[cost] ??= []).Count < most)
                levels[cost]!.Add(i);
        }

        return levels.Index().SelectMany(l => (l.Item ?? []).Select(place => (place, l.Index)));
    }

    private static int? Cost(ReadOnlySpan<int> words, byte[][] costs)
    {
        var (cost, used) = (0, 0UL);
        for (var i = 0; i < costs.Length; i++)
        {
            var (best, at) = ((int)WordIndex.Unlike, -1);
            for (var j = 0; j < words.Length && j < 64; j++)
            {
                if ((used & (1UL << j)) == 0 && costs[i][words[j]] < best)
                    (best, at) = (costs[i][words[j]], j);
            }

            if (at < 0)
                return null;
            used |= 1UL << at;
            cost += best + (i == 0 && at > 0 ? OtherOrder : 0);
        }

        return cost;
    }
}

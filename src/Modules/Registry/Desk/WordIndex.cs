using System.Collections.Frozen;
using System.Numerics;

namespace Ochag.Registry.Desk;

/// <summary>
/// Folded texts as runs of words of one vocabulary. A word that was typed is compared with each word of the vocabulary once,
/// and all texts then look the likeness up: half a million names are made of some tens of thousands of words. Immutable.
/// </summary>
internal sealed class WordIndex
{
    /// <summary>The word is not meant.</summary>
    public const byte Unlike = byte.MaxValue;

    /// <summary>What an error weighs beside a word that is only begun, which weighs one.</summary>
    public const int ErrorWeight = 4;

    private readonly string[] _vocabulary;
    private readonly FrozenDictionary<string, int> _ids;
    private readonly int[] _starts;
    private readonly int[] _words;
    private readonly ulong[] _letters;

    private WordIndex(string[] vocabulary, FrozenDictionary<string, int> ids, int[] starts, int[] words)
    {
        (_vocabulary, _ids, _starts, _words) = (vocabulary, ids, starts, words);
        _letters = Array.ConvertAll(vocabulary, Typing.Letters);
        IsNumber = Array.ConvertAll(vocabulary, w => char.IsAsciiDigit(w[0]));
        IsHouseLetter = Array.ConvertAll(vocabulary, Question.IsHouseLetter);
        IsName = Array.ConvertAll(vocabulary, Question.IsName);
    }

    /// <summary>What each word of the vocabulary is in an address.</summary>
    public bool[] IsNumber { get; }

    public bool[] IsHouseLetter { get; }

    public bool[] IsName { get; }

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<int> WordsOf(int text) => _words.AsSpan(_starts[text].._starts[text + 1]);

    /// <summary>-1: no text has this word.</summary>
    public int IdOf(string word) => _ids.TryGetValue(word, out var id) ? id : -1;

    /// <summary>
    /// How unlike each word of the vocabulary is to what was typed: 0 the word, 1 begun, more with errors, or
    /// <see cref="Unlike"/>. Null: all are unlike.
    /// </summary>
    public byte[]? Costs(string typed, bool forgiving)
    {
        var costs = new byte[_vocabulary.Length];
        var most = forgiving && char.IsLetter(typed[0]) ? Typing.Forgiven(typed.Length) : 0;
        var (letters, any) = (Typing.Letters(typed), false);
        for (var i = 0; i < costs.Length; i++)
        {
            // Each error brings in one letter that the word has not, at most.
            costs[i] = BitOperations.PopCount(letters & ~_letters[i]) > most ? Unlike : Cost(typed, _vocabulary[i], most);
            any |= costs[i] != Unlike;
        }

        return any ? costs : null;
    }

    private static byte Cost(string typed, string word, int most)
    {
        if (word.StartsWith(typed, StringComparison.Ordinal))
            return (byte)(word.Length == typed.Length ? 0 : 1);
        if (most == 0 || char.IsAsciiDigit(word[0]))
            return Unlike;
        var (whole, begun) = Typing.Distance(typed, word, most);
        return whole <= most && whole <= begun ? (byte)(whole * ErrorWeight) : begun <= most ? (byte)(begun * ErrorWeight + 1) : Unlike;
    }

    /// <summary>Takes texts one by one, so that a whole city is never there as strings at once.</summary>
    public sealed class Builder
    {
        private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
        private readonly List<int> _starts = [0];
        private readonly List<int> _words = [];

        public void Add(IEnumerable<string> text)
        {
            foreach (var word in text)
            {
                if (!_ids.TryGetValue(word, out var id))
                    _ids[word] = id = _ids.Count;
                _words.Add(id);
            }

            _starts.Add(_words.Count);
        }

        public WordIndex Build() => new(
            [.. _ids.OrderBy(p => p.Value).Select(p => p.Key)], _ids.ToFrozenDictionary(StringComparer.Ordinal), [.. _starts], [.. _words]);
    }
}

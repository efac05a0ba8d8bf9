using System.Text;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Registry.Desk;

/// <summary>What was typed into the search, taken apart: folded words without those that every address has.</summary>
internal sealed record Question(IReadOnlyList<string> Words)
{
    private const string LatinKeys = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
    private const string CyrillicKeys = "ёйцукенгшщзхъфывапролджэячсмитьбю";

    private static readonly HashSet<string> Common = new(
        [
            "ул", "улица", "вул", "вулиця", "д", "дом", "буд", "кв", "квартира", "г", "город", "м", "пр", "кт", "проспект", "пер",
            "счет", "лс",
        ],
        StringComparer.Ordinal);

    public string[] Names { get; } = [.. Words.Where(w => !char.IsAsciiDigit(w[0]))];
    public string[] Numbers { get; } = [.. Words.Where(w => char.IsAsciiDigit(w[0]))];

    /// <summary>The one number that could begin an account's number; null: something else was asked.</summary>
    public string? AccountNumber => Words is [{ Length: >= 3 and <= 20 } word] && word.All(char.IsAsciiDigit) ? word : null;

    public static Question Of(string text)
    {
        var words = SearchKey.Fold(text.Length > DeskLimits.TextLength ? text[..DeskLimits.TextLength] : text)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var telling = words.Where(w => !Common.Contains(w)).ToList();
        return new([.. (telling.Count > 0 ? telling : [.. words]).Take(DeskLimits.Words)]);
    }

    /// <summary>The same keys pressed with the Russian layout: "rjvcjvjkmcrfz" is "комсомольская". Null: no Latin in it.</summary>
    public static string? OnOtherLayout(string text)
    {
        if (!text.Any(char.IsAsciiLetter))
            return null;
        var turned = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
            turned.Append(LatinKeys.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? CyrillicKeys[i] : c);
        return turned.ToString();
    }
}

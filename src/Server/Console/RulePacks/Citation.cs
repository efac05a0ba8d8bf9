using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace Ochag.Server.Console.RulePacks;

/// <summary>
/// A paragraph as rule packs write it ("354 p.42(1); Annex 2 F.3", "Decree 1314 of 10.08.2023") with its words in the reader's
/// language; what is not such a word stays as it was written.
/// </summary>
internal static partial class Citation
{
    private static readonly Dictionary<string, string> Letters = new(StringComparer.Ordinal)
    {
        ["a"] = "а", ["b"] = "б", ["v"] = "в", ["g"] = "г", ["d"] = "д", ["e"] = "е", ["zh"] = "ж", ["z"] = "з", ["i"] = "и",
        ["k"] = "к", ["l"] = "л", ["m"] = "м", ["n"] = "н", ["o"] = "о", ["p"] = "п", ["r"] = "р", ["s"] = "с", ["t"] = "т",
    };

    public static string Of(IStringLocalizer<Texts> texts, string paragraph) => Word().Replace(paragraph, m =>
        m.Groups["letter"] is { Success: true, Value: var letter }
            ? texts["citation.letter", Languages.Current == "en" ? letter : Letters.GetValueOrDefault(letter, letter)].Value
            : texts["citation." + m.Value.Trim('.', ' ').Replace(' ', '-').ToLowerInvariant()].Value);

    [GeneratedRegex(
        "\\bp\\.|\\bart\\.|\\bF\\.|\\bch\\.|\\bitems? |\\bAnnex |\\bDecree |\\bLaw |\\bPP |\\bSanPiN | of (?=\\d)|\\b354 (?=p\\.|Annex)"
        + "|\\bNK\\b|\\bTK RF\\b|\\bZhK\\b|\\bTax Code\\b|\\bCode of GDS\\b|^not of gas$|\"(?<letter>[a-z]{1,2})\"",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}

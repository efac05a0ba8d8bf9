using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;

namespace Ochag.Server.Console.Journal;

/// <summary>What a line of the journal is about, in the reader's language: it is kept as it was written down, for searching.</summary>
internal static partial class JournalWords
{
    public static string Of(IStringLocalizer<Texts> texts, string about)
    {
        if (Person().Match(about) is { Success: true } person)
            return OfPerson(texts, person.Groups);
        return Numbered().Match(about) is { Success: true } numbered
            ? texts["audit." + numbered.Groups["what"].Value, numbered.Groups["number"].Value]
            : about;
    }

    private static string OfPerson(IStringLocalizer<Texts> texts, GroupCollection groups) => string.Join(", ", new[]
    {
        groups["account"].Value,
        texts["audit.holder", groups["holder"].Value].Value,
        groups["appeal"].Success ? texts["audit.appeal", groups["appeal"].Value].Value : "",
        groups["open"].Success ? texts["audit.despiteOpen"].Value : "",
    }.Where(w => w.Length > 0));

    [GeneratedRegex(
        "^((?<account>.+) )?holder (?<holder>[0-9]+)(, appeal (?<appeal>.*?))?(?<open>, despite open account)?$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Person();

    [GeneratedRegex("^(?<what>import|merge) (?<number>[0-9]+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Numbered();
}

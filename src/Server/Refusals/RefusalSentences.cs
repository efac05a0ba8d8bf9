using System.Globalization;
using System.Resources;
using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Server.Console;

namespace Ochag.Server.Refusals;

/// <summary>
/// What a refusal says to people: what happened, where, and what to do. One catalogue for pages and the command line:
/// the texts "refusal.CODE", in which {name} is a fact of the refusal.
/// </summary>
internal static class RefusalSentences
{
    private static readonly ResourceManager Catalogue = new(typeof(Texts));

    /// <summary>In the reader's language, months by their names.</summary>
    public static string Of(Refusal refusal, IStringLocalizer<Texts> texts)
    {
        var named = refusal with
        {
            Facts = [.. refusal.Facts.Select(f => BillingPeriod.TryParse(f.Value, out var month) ? (f.Name, Formats.Of(month)) : f)],
        };
        return Sentence(refusal.Code) is { } sentence ? Fill(sentence, named, Sentence) : refusal.ToString();

        string? Sentence(string code) => texts["refusal." + code] is { ResourceNotFound: false } found ? found.Value : null;
    }

    /// <summary>At the command line: English, with the code that scripts look for.</summary>
    public static string AtCommandLine(Refusal refusal) =>
        English(refusal.Code) is { } sentence ? $"{Fill(sentence, refusal, English)} [{refusal.Code}]" : refusal.ToString();

    /// <summary>Reads back what <see cref="Refusal.ToString"/> wrote: reasons are stored in that form.</summary>
    public static Refusal Parse(string text)
    {
        var open = text.IndexOf(" (", StringComparison.Ordinal);
        if (open < 0)
            return new(text);
        var facts = text[(open + 2)..].TrimEnd(')').Split(", ").Select(f => f.Split(": ", 2)).Where(f => f.Length == 2);
        return new(text[..open], [.. facts.Select(f => (f[0], f[1]))]);
    }

    private static string? English(string code) => Catalogue.GetString("refusal." + code, CultureInfo.GetCultureInfo("en"));

    /// <summary>A reason that is a code itself is told by its own sentence, of the same facts.</summary>
    private static string Fill(string sentence, Refusal refusal, Func<string, string?> sentenceOf)
    {
        if (refusal.Facts.FirstOrDefault(f => f.Name == "reason").Value is { } reason && sentenceOf(reason) is { } because)
            sentence = sentence.Replace("{reason}", because, StringComparison.Ordinal);
        foreach (var (name, value) in refusal.Facts)
            sentence = sentence.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return sentence;
    }
}

using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Server.Refusals;

namespace Ochag.Server.Console.Imports;

/// <summary>Why a row is refused or marked, its columns by the names that people read.</summary>
internal static class RemarkText
{
    public static string Of(Refusal reason, IStringLocalizer<Texts> texts) => RefusalSentences.Of(
        reason with
        {
            Facts = [.. reason.Facts.Select(f =>
                f.Name == "column" && texts["imports.column." + f.Value] is { ResourceNotFound: false } name
                    ? (f.Name, $"«{name.Value}»")
                    : f)],
        },
        texts);
}

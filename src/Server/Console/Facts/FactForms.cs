using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Facts;

/// <summary>What all forms of facts do alike: open with what is known, come back whole, show two versions side by side.</summary>
internal static class FactForms
{
    public const string VersionField = "version";
    public const string SeenField = "seen";

    public static IResult Open(FactFormView view)
    {
        view.Form = new(new FormCollection(view.Fields.Where(f => f.Value.Length > 0)
            .ToDictionary(f => f.Name, f => new StringValues(f.Value), StringComparer.Ordinal)));
        return Page.Of<FactFormPage>(new { View = view });
    }

    /// <summary>
    /// What was typed is what was shown a moment ago; anything else is shown first. The state of the facts belongs to it: what
    /// somebody else has written meanwhile shows other things.
    /// </summary>
    /// <param name="doubts">Codes of what is doubtful in it: another doubt than the ones that were shown is shown first.</param>
    public static bool IsSeen(FactFormView view, FormState form, IEnumerable<string>? doubts = null) =>
        form[SeenField].Length > 0 && form[SeenField] == SeenOf(view, form, doubts ?? []);

    /// <summary>The form with what saving it would do.</summary>
    public static IResult Show(
        FactFormView view, FormState form, IReadOnlyList<string> lines, IReadOnlyList<(string Code, string Text)>? doubts = null,
        ReadingEffect? effect = null, Currency currency = default)
    {
        view.Form = form;
        doubts ??= [];
        view.Preview = new(lines, [.. doubts.Select(d => d.Text)], effect, currency, SeenOf(view, form, doubts.Select(d => d.Code)));
        return Page.Of<FactFormPage>(new { View = view });
    }

    /// <summary>Short, and nothing of what was typed can be read from it.</summary>
    private static string SeenOf(FactFormView view, FormState form, IEnumerable<string> doubts)
    {
        var typed = view.Fields.Select(f => form[f.Name].Trim()).Append(form[VersionField]).Concat(doubts);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', typed))));
    }

    /// <summary>The form as it was refused; nothing that was typed is lost.</summary>
    /// <param name="view">Made anew: what it says is recorded holds now.</param>
    /// <param name="fieldOf">The field of a refusal that no field names by its code.</param>
    public static IResult Refuse(
        FactFormView view, FormState form, IReadOnlyList<Refusal> refusals, IStringLocalizer<Texts> texts,
        Func<Refusal, string>? fieldOf = null)
    {
        view.Form = form;
        view.IsConflict = refusals.Any(r => r.Code == Versions.ChangedMeanwhile);
        // Two versions are compared first; what else is wrong is said when one is saved on top.
        foreach (var refusal in view.IsConflict ? [] : refusals)
        {
            var field = view.Fields.FirstOrDefault(f => f.Codes.Contains(refusal.Code, StringComparer.Ordinal))?.Name
                ?? fieldOf?.Invoke(refusal) ?? "";
            var sentence = ReadingWords.Of(texts, new Finding(Verdict.Block, refusal));
            if (form.ErrorOf(field) is null || field.Length == 0)
                form.Refuse(field, sentence);
        }

        return Page.Of<FactFormPage>(
            new { View = view }, view.IsConflict ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The state that the form was opened on; a form that lost it is compared with nothing and so refused.</summary>
    public static string VersionOf(FormState form) => form[VersionField];
}

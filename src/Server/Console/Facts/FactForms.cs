using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Primitives;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Facts;

/// <summary>What all forms of facts do alike: open with what is known, come back whole, show two versions side by side.</summary>
internal static class FactForms
{
    public const string VersionField = "version";

    public static IResult Open(FactFormView view)
    {
        view.Form = new(new FormCollection(view.Fields.Where(f => f.Value.Length > 0)
            .ToDictionary(f => f.Name, f => new StringValues(f.Value), StringComparer.Ordinal)));
        return Page.Of<FactFormPage>(new { View = view });
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

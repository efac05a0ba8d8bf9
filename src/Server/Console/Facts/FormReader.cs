using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Facts;

/// <summary>Reads what was typed; what cannot be read is said at its field.</summary>
internal sealed class FormReader(FormState form, IStringLocalizer<Texts> texts)
{
    public bool IsRefused => form.IsRefused;

    public string Text(string field) => form[field].Trim();

    public bool Ticked(string field) => form[field].Length > 0;

    public LocalDate Day(string field)
    {
        if (SheetInput.Day(form[field]) is { } day)
            return day;
        form.Refuse(field, texts["form.day.wrong"]);
        return default;
    }

    public LocalDate? DayOrNone(string field) => Text(field).Length == 0 ? null : Day(field);

    public int Whole(string field)
    {
        if (int.TryParse(Text(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        form.Refuse(field, texts["form.whole.wrong"]);
        return 0;
    }

    /// <summary>A number as people type it, with a comma or a point; null: it is none.</summary>
    public static Fixed? NumberOf(string typed) =>
        Fixed.TryParse(string.Concat(typed.Replace(',', '.').Replace('\u2212', '-').Where(c => !char.IsWhiteSpace(c))), out var number)
            ? number
            : null;

    public Fixed Number(string field)
    {
        if (NumberOf(Text(field)) is { } number)
            return number;
        form.Refuse(field, texts["form.number.wrong"]);
        return Fixed.Zero;
    }

    public Fixed? NumberOrNone(string field) => Text(field).Length == 0 ? null : Number(field);

    public T Term<T>(string field)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(form[field], out var term) && Enum.IsDefined(term) && char.IsAsciiLetter(form[field][0]))
            return term;
        form.Refuse(field, texts["form.choice.wrong"]);
        return default;
    }
}

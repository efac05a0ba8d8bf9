using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Refusals;

namespace Ochag.Server.Console.Quality;

/// <summary>Reads the form of quality hours, and says at its fields what was refused.</summary>
internal static partial class QualityInput
{
    private static readonly LocalDateTimePattern[] Moments =
    [
        .. new[] { "uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd HH:mm", "dd.MM.uuuu HH:mm", "d.M.uuuu H:mm" }
            .Select(LocalDateTimePattern.CreateWithInvariantCulture),
    ];

    /// <summary>As the fields stand in the form.</summary>
    private static readonly string[] Order =
        ["", "service", "kind", "from", "to", "accounts", "planned", "deadEnd", "norm", "series", "evidence"];

    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["billing.quality-service-unknown"] = "service",
        ["billing.quality-kind-unknown"] = "kind",
        ["billing.quality-accounts-missing"] = "accounts",
        ["billing.quality-account-foreign"] = "accounts",
        ["billing.quality-day-unlikely"] = "from",
        ["billing.quality-end-before-start"] = "to",
        ["billing.quality-too-long"] = "to",
        ["billing.quality-planned-not-break"] = "planned",
        ["billing.quality-dead-end-not-break"] = "deadEnd",
        ["billing.quality-norm-not-heating"] = "norm",
        ["billing.quality-norm-out-of-range"] = "norm",
        ["billing.quality-evidence-missing"] = "evidence",
        ["billing.quality-form-used"] = "",
    };

    /// <summary>The entry; null: something cannot be read, and the form says what.</summary>
    public static QualityEntry? Read(FormState form, IStringLocalizer<Texts> texts)
    {
        var service = Term<Service>("service");
        var kind = Term<QualityKind>("kind");
        var (from, to) = (At("from"), At("to"));
        var norm = Number();
        var series = Series(form, texts);
        return form.IsRefused
            ? null
            : new(
                service, kind, form["scope"] == "some" ? Accounts(form["accounts"]) : null, from, to, form["planned"].Length > 0,
                form["deadEnd"].Length > 0, norm, series, form["evidence"].Trim());

        T Term<T>(string field)
            where T : struct, Enum
        {
            if (Enum.TryParse<T>(form[field], out var term) && Enum.IsDefined(term) && char.IsAsciiLetter(form[field][0]))
                return term;
            form.Refuse(field, texts[$"quality.{field}.wrong"]);
            return default;
        }

        LocalDateTime At(string field)
        {
            if (Moment(form[field].Trim()) is { } moment)
                return moment;
            form.Refuse(field, texts["quality.moment.wrong"]);
            return default;
        }

        Exact? Number()
        {
            if (form["norm"].Trim().Length == 0)
                return null;
            if (Fixed.TryParse(Dotted(form["norm"].Trim()), out var number))
                return number.ToExact();
            form.Refuse("norm", texts["quality.number.wrong"]);
            return null;
        }
    }

    /// <summary>Says the refusals of the decision at the fields that they are about.</summary>
    public static void Refuse(FormState form, IReadOnlyList<Refusal> refusals, IStringLocalizer<Texts> texts)
    {
        foreach (var (field, refusal) in refusals.Select(r => (FieldOf(form, r), r)).OrderBy(r => Array.IndexOf(Order, r.Item1)))
            form.Refuse(field, RefusalSentences.Of(refusal, texts));
    }

    private static string FieldOf(FormState form, Refusal refusal)
    {
        if (Fields.TryGetValue(refusal.Code, out var field))
            return field;
        var at = refusal.Facts.FirstOrDefault(f => f.Name == "at").Value;
        return refusal.Code != "billing.quality-hour-skipped" ? "series"
            : Array.Find(["from", "to"], f => Moment(form[f].Trim())?.ToString("dd.MM.uuuu HH:mm", CultureInfo.InvariantCulture) == at)
                ?? "series";
    }

    private static LocalDateTime? Moment(string text)
    {
        foreach (var pattern in Moments)
        {
            if (pattern.Parse(text).TryGetValue(default, out var moment))
                return moment;
        }

        return null;
    }

    private static List<AccountId> Accounts(string ticked) =>
    [
        .. ticked.Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => new AccountId(long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)),
    ];

    private static List<QualityEntryLevel> Series(FormState form, IStringLocalizer<Texts> texts)
    {
        var series = new List<QualityEntryLevel>();
        foreach (var (i, line) in form["series"].ReplaceLineEndings("\n").Split('\n').Index())
        {
            if (line.Trim().Length == 0)
                continue;
            if (Row().Match(line) is { Success: true } row && Moment($"{row.Groups["day"]} {row.Groups["time"]}") is { } at
                && Fixed.TryParse(Dotted(row.Groups["value"].Value), out var value))
            {
                series.Add(new(at, value.ToExact()));
                continue;
            }

            // One is enough to see what is meant: a table of another layout has hundreds.
            var shown = line.Trim() is { Length: > 40 } whole ? whole[..40] + "…" : line.Trim();
            form.Refuse("series", texts["quality.series.wrong", i + 1, shown]);
            break;
        }

        return series;
    }

    private static string Dotted(string number) => number.Replace(',', '.').Replace('\u2212', '-');

    /// <summary>"03.10.2026 08:00 48,5", as it stands in a table or a logger's file.</summary>
    [GeneratedRegex(
        @"^\s*(?<day>\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})[T\s;,]+(?<time>\d{1,2}:\d{2})(:00)?[\s;]+(?<value>[-\u2212]?\d{1,6}([.,]\d{1,6})?)\s*$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}

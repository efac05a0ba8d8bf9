using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Server.Console.Facts;
using Ochag.Server.Refusals;

namespace Ochag.Server.Console.Tariffs;

/// <summary>A draft as its form says it, and what is wrong with the form.</summary>
internal static class TariffForm
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        ["billing.parameter-unknown"] = "key",
        ["billing.parameter-impossible"] = "value",
        ["billing.parameter-not-whole"] = "value",
        ["billing.parameter-day-wrong"] = "from",
        ["billing.parameter-overlap"] = "to",
        ["billing.parameter-days-turned"] = "to",
        ["billing.parameter-evidence-missing"] = "evidence",
    };

    /// <summary>Null: something cannot be read, and the form says what.</summary>
    public static ParameterDraft? Read(FormState form, IStringLocalizer<Texts> texts)
    {
        var reader = new FormReader(form, texts);
        var table = reader.Term<ParameterTable>("table");
        var key = reader.Text("key");
        if (key.Length is 0 or > 60)
            form.Refuse("key", texts["tariffs.key.wrong"]);
        var draft = new ParameterDraft(
            table, key, reader.Number("value"), reader.Day("from"), reader.DayOrNone("to"), reader.Text("evidence"));
        return form.IsRefused ? null : draft;
    }

    public static void Refuse(FormState form, Refusal refusal, IStringLocalizer<Texts> texts) =>
        form.Refuse(Fields.GetValueOrDefault(refusal.Code, ""), RefusalSentences.Of(refusal, texts));

    public static FormState Of(ParameterDraft draft) => FormState.Of(
        ("table", draft.Table.ToString()), ("key", draft.Key), ("value", Formats.Of(draft.Value)), ("from", Iso(draft.From)),
        ("to", draft.To is { } to ? Iso(to) : ""), ("evidence", draft.Evidence));

    private static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

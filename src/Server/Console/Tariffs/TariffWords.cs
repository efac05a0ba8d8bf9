using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.RulePacks;
using Look = Ochag.Server.Console.Parts.Service;

namespace Ochag.Server.Console.Tariffs;

/// <summary>A territory's numbers in plain words, in the order of services.</summary>
internal static class TariffWords
{
    public static string Name(IStringLocalizer<Texts> texts, ParameterDraft draft) =>
        $"{texts["rules.table." + draft.Table]}: {RuleWords.Name(texts, draft.Table, draft.Key)}";

    public static string Value(IStringLocalizer<Texts> texts, ParameterDraft draft, Currency currency) =>
        RuleWords.Value(texts, Row(draft), currency);

    public static string Value(IStringLocalizer<Texts> texts, RecordedParameter p, Currency currency) =>
        RuleWords.Value(texts, Row(new(p.Table, p.Key, p.Value, p.From, p.To, p.Evidence)), currency);

    /// <summary>Services first, in their order; then what belongs to none, and the weather as a table of its own.</summary>
    public static IEnumerable<IGrouping<string, RuleRow>> ByService(IStringLocalizer<Texts> texts, IReadOnlyList<RuleRow> rows) =>
        rows.Select(r => (Row: r, Subject: SubjectOf(r)))
            .OrderBy(r => r.Row.Table == ParameterTable.Outdoor ? 2 : r.Subject is null ? 1 : 0)
            .ThenBy(r => r.Subject is { } service ? Accounts.AccountView.OrderOf(service) : 0)
            .GroupBy(r => r.Row.Table == ParameterTable.Outdoor ? texts["rules.table.Outdoor"].Value
                : r.Subject is { } service ? texts["service." + Look.Of(service).Key].Value : texts["tariffs.other"].Value,
                r => r.Row, StringComparer.Ordinal);

    private static Service? SubjectOf(RuleRow row) => row.Table switch
    {
        ParameterTable.Outdoor => null,
        ParameterTable.HeatPerCubicMetre => Service.HotWater,
        ParameterTable.GasProfile => Service.Gas,
        _ => RuleWords.SubjectOf(row.Key),
    };

    private static RuleRow Row(ParameterDraft draft) => new(
        draft.Table, draft.Key, draft.From, draft.To, draft.Value.ToExact(), Backing.Territory, draft.Evidence, "", Replaced: false);
}

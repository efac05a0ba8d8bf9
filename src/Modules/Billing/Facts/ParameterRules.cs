using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.RulePacks;
using Ochag.Foundation;
using Ochag.Storage;

namespace Ochag.Billing.Facts;

/// <summary>What a territory may decide, and what is left of its earlier numbers then.</summary>
internal static class ParameterRules
{
    /// <summary>A year mistyped by a century is no decision.</summary>
    private static readonly LocalDate Earliest = new(1990, 1, 1);

    private static readonly LocalDate Latest = new(2100, 1, 1);

    /// <summary>Null: it can be recorded over what is there.</summary>
    public static Refusal? Refuse(ParameterDraft draft, IEnumerable<RecordedParameter> own)
    {
        if (RulePackFile.Refuse(draft.Table, draft.Key, draft.Value) is { } impossible)
            return Plain(impossible);
        if (draft.From < Earliest || draft.From > Latest || draft.To > Latest)
            return new("billing.parameter-day-wrong", ("from", Iso(Earliest)), ("to", Iso(Latest)));
        if (draft.To < draft.From)
            return new("billing.parameter-days-turned", ("from", Iso(draft.From)), ("to", Iso(draft.To!.Value)));
        if (draft.Evidence.Trim().Length is 0 or > FactModel.TextLength || draft.Evidence.Any(char.IsControl))
        {
            return new("billing.parameter-evidence-missing",
                ("most", FactModel.TextLength.ToString(CultureInfo.InvariantCulture)));
        }

        // What begins later was decided knowingly: a number without an end must not swallow it.
        var later = Series(draft, own).Where(p => p.From > draft.From && (draft.To is null || p.From <= draft.To)).MinBy(p => p.From);
        return later is null
            ? null
            : new("billing.parameter-overlap", ("key", draft.Key), ("from", Iso(later.From)), ("value", $"{later.Value}"),
                ("last", Iso(later.From.PlusDays(-1))));
    }

    public static IEnumerable<RecordedParameter> Series(ParameterDraft draft, IEnumerable<RecordedParameter> own) =>
        own.Where(p => p.Table == draft.Table && p.Key == draft.Key);

    /// <summary>Recorded numbers on whose days it lies.</summary>
    public static IEnumerable<RecordedParameter> Under(ParameterDraft draft, IEnumerable<RecordedParameter> own) =>
        Series(draft, own).Where(p => (draft.To is null || p.From <= draft.To) && (p.To is null || draft.From <= p.To));

    /// <summary>The territory's numbers with the draft among them, as recording it would leave them.</summary>
    public static IReadOnlyList<Parameter> Among(ParameterDraft draft, IReadOnlyList<RecordedParameter> own)
    {
        var under = Under(draft, own).ToHashSet();
        return [.. own.SelectMany(p => under.Contains(p) ? Rest(p, draft) : [Of(p, p.From, p.To)]),
            new(draft.Table, draft.Key, draft.From, draft.To, draft.Value.ToExact(), draft.Evidence)];
    }

    private static IEnumerable<Parameter> Rest(RecordedParameter old, ParameterDraft over)
    {
        if (old.From < over.From)
            yield return Of(old, old.From, over.From.PlusDays(-1));
        if (over.To is { } to && (old.To is null || to < old.To))
            yield return Of(old, to.PlusDays(1), old.To);
    }

    private static Parameter Of(RecordedParameter p, LocalDate from, LocalDate? to) =>
        new(p.Table, p.Key, from, to, p.Value.ToExact(), p.Evidence, p.Id);

    /// <summary>The refusals of a pack speak of its file and line; a form has neither.</summary>
    private static Refusal Plain(Refusal refusal) => refusal.Code switch
    {
        "billing.rule-pack-value-impossible" => new("billing.parameter-impossible", refusal.Facts),
        "billing.rule-pack-value-not-whole" => new("billing.parameter-not-whole", refusal.Facts),
        _ => refusal,
    };

    private static string Iso(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

using Ochag.Billing.RulePacks;
using Ochag.Foundation;
using Ochag.Foundation.Calendars;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <param name="Confidence">confirmed, memory, or interpretation (a reading of an open text).</param>
public sealed record PackParameter(Parameter Parameter, string Confidence, string Note);

/// <param name="Paragraph">Law and paragraph, as the bill names it.</param>
public sealed record PackFormula(string Code, string Paragraph, string Text);

/// <summary>Why a line went the way it went, where the law has a paragraph for that beside the formula's.</summary>
public enum Clause
{
    /// <summary>A company's volumes have a paragraph of their own, in place of the formula's.</summary>
    Company,

    /// <summary>The reading was not sent.</summary>
    NotSent,

    /// <summary>The meter is out of order.</summary>
    Failed,

    /// <summary>The meter was taken off, and no other stands.</summary>
    Away,

    /// <summary>The meter's verification has run out.</summary>
    Expired,

    /// <summary>Nobody was let in to the meter.</summary>
    Refused,

    /// <summary>The months by average are over, or there is nothing to take one of: the norm, with its factor where that is due.</summary>
    AfterAverage,

    /// <summary>The building's heat meter is silent.</summary>
    HeatMeterSilent,

    /// <summary>The rooms showed more heat than the building.</summary>
    HeatSurplus,
}

/// <summary>The paragraphs of clauses, as the bill names them; a service may have its own.</summary>
public sealed record PackClauses(IReadOnlyDictionary<(Service?, Clause), string> Rows)
{
    public string Paragraph(Service service, Clause clause) =>
        Rows.TryGetValue((service, clause), out var own) ? own : Rows[(null, clause)];
}

/// <summary>Numbers that a territory may decide, to be offered in a form.</summary>
public static class ParameterKeys
{
    /// <summary>Tariffs, what the pack has and what the territory has decided already; norms may have other keys too.</summary>
    public static IReadOnlyList<(ParameterTable Table, string Key)> Of(RuleSources sources) =>
    [
        .. RulePackFile.Tariffs.Select(k => (ParameterTable.Tariff, k))
            .Concat(sources.Own.Select(p => (p.Table, p.Key)))
            .Concat(sources.Pack.Parameters.Select(p => (p.Parameter.Table, p.Parameter.Key)))
            .DistinctBy(k => k.Item2, StringComparer.Ordinal),
    ];
}

/// <summary>The federal numbers, formulas and working days of a country's rules, as dated data (rulepacks/).</summary>
public sealed record RulePack(
    string Name,
    IReadOnlyList<PackParameter> Parameters,
    IReadOnlyDictionary<int, PackFormula> Formulas,
    PackClauses Clauses,
    BusinessCalendar Calendar)
{
    /// <summary>
    /// Reads a folder such as rulepacks/ru-354. A gap, an overlap, an unknown name or a broken value refuses the whole
    /// pack, with file and line.
    /// </summary>
    public static Outcome<RulePack> Read(string folder) => RulePackFile.Read(folder);
}

using Ochag.Billing.RulePacks;
using Ochag.Foundation;
using Ochag.Foundation.Calendars;

namespace Ochag.Billing.Contracts;

/// <param name="Confidence">confirmed, memory, or interpretation (a reading of an open text).</param>
public sealed record PackParameter(Parameter Parameter, string Confidence, string Note);

/// <param name="Paragraph">Law and paragraph, as the bill names it.</param>
public sealed record PackFormula(string Code, string Paragraph, string Text);

/// <summary>The federal numbers, formulas and working days of a country's rules, as dated data (rulepacks/).</summary>
public sealed record RulePack(
    string Name,
    IReadOnlyList<PackParameter> Parameters,
    IReadOnlyDictionary<int, PackFormula> Formulas,
    BusinessCalendar Calendar)
{
    /// <summary>
    /// Reads a folder such as rulepacks/ru-354. A gap, an overlap, an unknown name or a broken value refuses the whole
    /// pack, with file and line.
    /// </summary>
    public static Outcome<RulePack> Read(string folder) => RulePackFile.Read(folder);
}

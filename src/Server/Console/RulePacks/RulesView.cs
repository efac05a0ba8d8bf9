using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.RulePacks;

/// <summary>The parts of the page; their names are in its address.</summary>
public enum RulesPart
{
    Parameters,
    Changes,
    Formulas,
    Calendar,
}

/// <summary>The rules of a territory as the page shows them.</summary>
/// <param name="Others">Territories that the person may see, this one among them.</param>
/// <param name="Refusal">Why the pack cannot be read; then there is nothing else to show.</param>
public sealed record RulesView(
    TerritoryRecord Territory, IReadOnlyList<TerritoryRecord> Others, RulePack? Pack, Refusal? Refusal, IReadOnlyList<RuleRow> Rows,
    LocalDate Today)
{
    public RulesPart Part { get; init; }

    /// <summary>Only numbers with this behind them; null: all.</summary>
    public Backing? Only { get; init; }

    /// <summary>The year of the calendar.</summary>
    public int Year { get; init; }

    public IEnumerable<IGrouping<ParameterTable, RuleRow>> Shown =>
        Rows.Where(r => Only is null || r.Backing == Only).GroupBy(r => r.Table);

    public int Count(Backing backing) => Rows.Count(r => r.Backing == backing);

    public string Address => $"/console/rules/{Territory.Id.Value}";
}

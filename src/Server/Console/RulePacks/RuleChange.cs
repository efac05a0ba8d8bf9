using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Console.RulePacks;

/// <summary>What became of a series on a day: from a number to another, from nothing to a number, or to nothing.</summary>
public sealed record RuleChange(LocalDate Day, RuleRow? Before, RuleRow? After)
{
    public RuleRow Row => After ?? Before!;

    /// <summary>A number took the place of another; else a series only began or ended.</summary>
    public bool IsTurn => Before is not null && After is not null;

    /// <summary>
    /// Shown at once. Series that only began or ended are many on the first day of a pack, and nothing became different by
    /// them; a heating season is all beginning and end.
    /// </summary>
    public bool IsTold => IsTurn || Row.Table == ParameterTable.HeatingSeason;

    /// <summary>By how much a tariff grew, in percent; of other numbers that says little.</summary>
    public Exact? Growth => IsTurn && Row.Table is ParameterTable.Tariff or ParameterTable.NetTariff && !Before!.Value.IsZero
        ? (After!.Value - Before.Value) * Exact.Of(100) / Before.Value
        : null;

    /// <summary>
    /// The changes of numbers that hold, newest day first. The weather of months is no rule and stays out.
    /// </summary>
    internal static IReadOnlyList<RuleChange> Of(IEnumerable<RuleRow> rows) =>
    [
        .. rows.Where(r => !r.Replaced && r.Table != ParameterTable.Outdoor).GroupBy(r => r.Series)
            .SelectMany(g => OfSeries([.. g.OrderBy(r => r.From)]))
            .OrderByDescending(c => c.Day).ThenBy(c => c.Row.Table),
    ];

    private static IEnumerable<RuleChange> OfSeries(RuleRow[] rows)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var before = i > 0 && rows[i - 1].Last?.PlusDays(1) == rows[i].From ? rows[i - 1] : null;
            if (before is null || before.Value != rows[i].Value)
                yield return new(rows[i].From, before, rows[i]);
            if (rows[i].Last is { } last && (i + 1 == rows.Length || rows[i + 1].From > last.PlusDays(1)))
                yield return new(last.PlusDays(1), rows[i], null);
        }
    }
}

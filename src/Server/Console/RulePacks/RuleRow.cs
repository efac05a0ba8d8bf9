using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Console.RulePacks;

/// <summary>What stands behind a number of the rules.</summary>
public enum Backing
{
    /// <summary>Seen in a source.</summary>
    Confirmed,
    Memory,

    /// <summary>The text is open: a reading of it was chosen.</summary>
    Interpretation,

    /// <summary>The territory decided it itself.</summary>
    Territory,
}

/// <summary>A number of the rules with its days and what stands behind it.</summary>
/// <param name="Last">The last day; null: no end is known.</param>
/// <param name="Source">The paragraph of a pack's number, the evidence of a territory's own.</param>
/// <param name="Replaced">A pack's number in whose place the territory's own series stands.</param>
public sealed record RuleRow(
    ParameterTable Table,
    string Key,
    LocalDate From,
    LocalDate? Last,
    Exact Value,
    Backing Backing,
    string Source,
    string Note,
    bool Replaced)
{
    public bool Holds(LocalDate day) => From <= day && (Last is null || day <= Last);

    public (ParameterTable, string) Series => (Table, Key);

    /// <summary>
    /// All numbers of a territory: by table, series in the order in which they were written down, the newest number first.
    /// </summary>
    internal static IReadOnlyList<RuleRow> Of(RuleSources sources)
    {
        var decided = sources.Own.Select(p => (p.Table, p.Key)).ToHashSet();
        var pack = sources.Pack.Parameters.Select(p => new RuleRow(
            p.Parameter.Table,
            p.Parameter.Key,
            p.Parameter.From,
            p.Parameter.To,
            p.Parameter.Value,
            Enum.Parse<Backing>(p.Confidence, ignoreCase: true),
            p.Parameter.Source,
            p.Note,
            decided.Contains((p.Parameter.Table, p.Parameter.Key))));
        var own = sources.Own.Select(p => new RuleRow(
            p.Table, p.Key, p.From, p.To, p.Value.ToExact(), Backing.Territory, p.Evidence, "", Replaced: false));
        return
        [
            .. pack.Concat(own).GroupBy(r => r.Series).OrderBy(g => g.Key.Item1)
                .SelectMany(g => Ended(g.Where(r => r.Replaced)).Concat(Ended(g.Where(r => !r.Replaced))).Reverse()),
        ];
    }

    /// <summary>A series in order of days; a number without an end ends where the next begins.</summary>
    private static IEnumerable<RuleRow> Ended(IEnumerable<RuleRow> series)
    {
        RuleRow[] rows = [.. series.OrderBy(r => r.From)];
        for (var i = 0; i < rows.Length; i++)
        {
            yield return i + 1 < rows.Length && (rows[i].Last is null || rows[i].Last >= rows[i + 1].From)
                ? rows[i] with { Last = rows[i + 1].From.PlusDays(-1) }
                : rows[i];
        }
    }
}

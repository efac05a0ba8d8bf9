using Ochag.Billing.Contracts;
using Ochag.Billing.Evaluation;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.RulePacks;

/// <summary>
/// The paragraphs of clauses: <c>code,paragraph</c>, where the code of one service's own begins with the service:
/// <c>gas.not_sent</c>. Every clause has a general row.
/// </summary>
internal static class ClauseFile
{
    private static readonly Dictionary<string, (Service?, Clause)> Codes = Enum.GetValues<Clause>()
        .SelectMany(c => Enum.GetValues<Service>().Select(s => (Service?)s).Append(null).Select(s => (Service: s, Clause: c)))
        .ToDictionary(k => CodeOf(k.Service, k.Clause), k => (k.Service, k.Clause), StringComparer.Ordinal);

    public static Outcome<PackClauses> Read(string file)
    {
        if (!File.Exists(file))
            return new Refusal("billing.clauses-not-found", ("file", file));
        var rows = new Dictionary<(Service?, Clause), string>();
        using var table = DelimitedTable.Open(file);
        foreach (var row in table.Rows())
        {
            if (!row.IsWhole)
                return RulePackFile.At(new("billing.rule-pack-row-broken", ("fields", $"{row.Count}")), file, row.Line);
            if (!Codes.TryGetValue(row["code"], out var key) || rows.ContainsKey(key))
                return RulePackFile.At(new("billing.rule-pack-unknown-name", ("column", "code"), ("value", row["code"])), file, row.Line);
            if (row["paragraph"].Length == 0)
                return RulePackFile.At(new("billing.rule-pack-value-broken", ("column", "paragraph"), ("value", "")), file, row.Line);
            rows[key] = row["paragraph"];
        }

        foreach (var clause in Enum.GetValues<Clause>())
        {
            if (!rows.ContainsKey((null, clause)))
                return RulePackFile.At(new("billing.rule-pack-clause-missing", ("code", CodeOf(null, clause))), file, 0);
        }

        return new PackClauses(rows);
    }

    private static string CodeOf(Service? service, Clause clause)
    {
        var code = clause switch
        {
            Clause.NotSent => "not_sent",
            Clause.AfterAverage => "after_average",
            Clause.HeatMeterSilent => "heat_meter_silent",
            Clause.HeatSurplus => "heat_surplus",
            _ => clause.ToString().ToLowerInvariant(),
        };
        return service is { } own ? $"{BuildingVolumes.NormKey(own)}.{code}" : code;
    }
}

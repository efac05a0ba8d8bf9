using System.Text.Json;
using System.Text.Json.Nodes;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Cases;

/// <summary>What facts learnt later change in a worked building: every month evaluated again with them.</summary>
internal static class WorkedRecalculation
{
    /// <summary>The differences by account, service and month, as the files write them.</summary>
    public static Dictionary<string, string> Between(WorkedBuilding before, WorkedBuilding after)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var zero = Money.Zero(before.Facts.Currency);
        var (total, totalVat) = (zero, zero);
        foreach (var month in before.Months)
        {
            var was = Lines(before, month);
            var now = Lines(after, month);
            foreach (var group in was.Keys.Union(now.Keys).GroupBy(k => (k.Account, k.Service)))
            {
                var changes = group.Select(k => (k.Component, Was: was.GetValueOrDefault(k), Now: now.GetValueOrDefault(k)))
                    .Where(c => (c.Was?.Amount ?? zero) != (c.Now?.Amount ?? zero)).ToList();
                if (changes.Count == 0)
                    continue;
                var sum = changes.Aggregate(zero, (all, c) => all + (c.Now?.Amount ?? zero) - (c.Was?.Amount ?? zero));
                var vat = changes.Aggregate(zero, (all, c) => all + (c.Now?.Vat ?? zero) - (c.Was?.Vat ?? zero));
                (total, totalVat) = (total + sum, totalVat + vat);
                texts[$"{group.Key.Account} {group.Key.Service} {month}"] = Text(
                    sum.ToString(), vat.ToString(),
                    changes.Select(c => (c.Component, (c.Was?.Amount ?? zero).ToString(), (c.Now?.Amount ?? zero).ToString())));
            }
        }

        texts["total_difference"] = total.ToString();
        texts["total_vat_difference"] = totalVat.ToString();
        return texts;
    }

    public static string Text(string difference, string vat, IEnumerable<(string Component, string Was, string Now)> lines) =>
        $"{difference} {vat}: "
        + string.Join(", ", lines.OrderBy(l => l.Component, StringComparer.Ordinal).Select(l => $"{l.Component} {l.Was} -> {l.Now}"));

    /// <summary>Applies one operation of a later fact: a path walks objects by key and lists by id or serial.</summary>
    public static void Apply(JsonNode root, JsonElement op)
    {
        var path = op.Items("path").Select(p => p.GetString()!).ToList();
        var value = JsonNode.Parse(op.GetProperty("value").GetRawText());
        if (op.Text("op") == "add")
        {
            var list = Walk(root, path);
            (list as JsonArray ?? throw new FormatException($"{string.Join('.', path)} is no list.")).Add(value);
        }
        else
        {
            Walk(root, path.SkipLast(1)).AsObject()[path[^1]] = value;
        }
    }

    private static JsonNode Walk(JsonNode node, IEnumerable<string> path)
    {
        foreach (var step in path)
        {
            // A list that was absent comes to be with its first item.
            if (node is JsonObject parent && !parent.ContainsKey(step))
                parent[step] = new JsonArray();
            node = node switch
            {
                JsonArray list => list.FirstOrDefault(i => Named(i, "id", step) || Named(i, "serial", step)),
                JsonObject member => member[step],
                _ => null,
            } ?? throw new FormatException($"The path of a later fact leads nowhere at '{step}'.");
        }

        return node;
    }

    private static bool Named(JsonNode? item, string key, string name) => item?[key]?.GetValue<string>() == name;

    private static Dictionary<(string Account, string Service, string Component), ChargeLine> Lines(
        WorkedBuilding building, BillingPeriod month) =>
        building.Evaluate(month).Lines.ToDictionary(
            l => (building.AccountName(l.Account), WorkedTerms.NameOf(l.Service), l.Component.ToString()));
}

/// <summary>Evaluation refused a worked building.</summary>
#pragma warning disable CA1064, CA1032 // never leaves the assembly
internal sealed class WorkedRefusedException(Refusal refusal) : Exception(refusal.ToString());
#pragma warning restore CA1064, CA1032

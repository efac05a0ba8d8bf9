using System.Text.Json;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>Compares what a worked building comes to with what it must come to (tests/worked-bills/FORMAT.md).</summary>
internal static class WorkedComparison
{
    private static readonly string[] LineFields =
        ["basis", "quantity", "quantity_display", "unit", "amount", "vat_rate", "vat"];

    private static readonly string[] BalanceFields =
        ["building_volume", "individual", "common", "over_cap", "negative", "residual"];

    /// <summary>Every bill, balance and recalculation of the file, each a case of its own.</summary>
    public static IReadOnlyList<CaseResult> Run(JsonElement root, RulePack pack)
    {
        var building = WorkedBuilding.Read(root, pack);
        try
        {
            return [.. Bills(building), .. Balances(building), .. Recalculations(building)];
        }
        catch (WorkedRefusedException refused)
        {
            return [Result(building.Id, "evaluation", [], new(StringComparer.Ordinal) { ["refused"] = refused.Message })];
        }
    }

    private static IEnumerable<CaseResult> Bills(WorkedBuilding building)
    {
        foreach (var month in building.Months)
        {
            var lines = building.Evaluate(month).Lines.ToLookup(l => building.AccountName(l.Account), StringComparer.Ordinal);
            var expected = building.Expected.Items("bills").Where(b => b.Text("month") == month.ToString())
                .ToDictionary(b => b.Text("account"), StringComparer.Ordinal);
            foreach (var account in expected.Keys.Union(lines.Select(l => l.Key), StringComparer.Ordinal))
            {
                var bill = expected.TryGetValue(account, out var found) ? found : default;
                var known = bill.ValueKind == JsonValueKind.Object;
                var actual = Texts(building, account, [.. lines[account]], withHolders: known && bill.TryGetProperty("by_holder", out _));
                yield return Result($"{building.Id} {month} {account}", "bill", known ? Texts(bill) : [], actual);
            }
        }
    }

    private static IEnumerable<CaseResult> Balances(WorkedBuilding building)
    {
        foreach (var month in building.Months)
        {
            var expected = building.Expected.Items("balances").Where(b => b.Text("month") == month.ToString())
                .ToDictionary(b => b.Text("service"), StringComparer.Ordinal);
            var actual = building.Evaluate(month).Balances.ToDictionary(b => WorkedTerms.NameOf(b.Service), StringComparer.Ordinal);
            foreach (var service in expected.Keys.Union(actual.Keys, StringComparer.Ordinal))
            {
                yield return Result(
                    $"{building.Id} {month} {service}", "balance",
                    expected.TryGetValue(service, out var row) ? Texts(row, BalanceFields) : [],
                    actual.TryGetValue(service, out var balance) ? Texts(balance, whole: service == "heating") : []);
            }
        }
    }

    private static IEnumerable<CaseResult> Recalculations(WorkedBuilding building)
    {
        foreach (var expected in building.Expected.Items("recalculations"))
        {
            var after = expected.Items("after").Select(f => f.GetString()!).ToList();
            yield return Result(
                $"{building.Id} after {string.Join(", ", after)}", "recalculation", Differences(expected),
                WorkedRecalculation.Between(building, building.Learn(after)));
        }
    }

    private static Dictionary<string, string> Texts(JsonElement bill)
    {
        var texts = bill.Items("lines").ToDictionary(
            l => $"{l.Text("service")} {l.Text("component")}", l => string.Join(' ', LineFields.Select(name => l.Text(name))),
            StringComparer.Ordinal);
        foreach (var total in new[] { "total_lines", "total_vat", "total" })
            texts[total] = bill.Text(total);
        foreach (var part in bill.Items("by_holder"))
            texts["holder " + part.Text("holder")] = part.Text("amount");
        return texts;
    }

    private static Dictionary<string, string> Texts(WorkedBuilding building, string account, List<ChargeLine> lines, bool withHolders)
    {
        var texts = lines.ToDictionary(l => $"{WorkedTerms.NameOf(l.Service)} {l.Component}", Text, StringComparer.Ordinal);
        var record = building.Account(account);
        var (sum, vat, total) = (Total(lines, l => l.Amount), Total(lines, l => l.Vat), Total(lines, l => l.Total));
        (texts["total_lines"], texts["total_vat"], texts["total"]) = (sum.ToString(), vat.ToString(), total.ToString());
        if (withHolders)
        {
            foreach (var (holder, part) in HolderShares.Split(total, record.Holders))
                texts["holder " + building.HolderName(holder)] = part.ToString();
        }

        return texts;

        Money Total(List<ChargeLine> of, Func<ChargeLine, Money> what) =>
            of.Aggregate(Money.Zero(building.Facts.Currency), (all, l) => all + what(l));
    }

    private static string Text(ChargeLine line)
    {
        var (unit, places) = WorkedTerms.UnitOf(line.Unit);
        return $"{line.Basis} {line.Quantity} {line.Quantity.ToDecimal(places)} {unit} {line.Amount} {line.VatRate.ToDecimal(0)} {line.Vat}";
    }

    private static Dictionary<string, string> Texts(JsonElement balance, string[] fields)
    {
        var texts = fields.ToDictionary(f => f, f => Value(f), StringComparer.Ordinal);
        var billed = balance.TryGetProperty("billed", out _) ? "billed" : "common_billed";
        texts[billed] = Value(billed);
        return texts;

        string Value(string name) => balance.GetProperty(name) is { ValueKind: JsonValueKind.String } value
            ? Exact.Parse(value.GetString()!).ToString()
            : "-";
    }

    private static Dictionary<string, string> Texts(ServiceBalance balance, bool whole) => new(StringComparer.Ordinal)
    {
        ["building_volume"] = balance.BuildingVolume?.ToString() ?? "-",
        ["individual"] = balance.Individual.ToString(),
        ["common"] = balance.Common.ToString(),
        ["over_cap"] = balance.OverCap.ToString(),
        ["negative"] = balance.Negative.ToString(),
        ["residual"] = balance.Residual.ToString(),
        [whole ? "billed" : "common_billed"] = balance.Billed.ToString(),
    };

    private static Dictionary<string, string> Differences(JsonElement expected)
    {
        var texts = expected.Items("differences").ToDictionary(
            d => $"{d.Text("account")} {d.Text("service")} {d.Text("month")}",
            d => WorkedRecalculation.Text(
                d.Text("difference"), d.Text("vat_difference"),
                d.Items("lines").Select(l => (l.Text("component"), l.Text("was"), l.Text("now")))),
            StringComparer.Ordinal);
        texts["total_difference"] = expected.Text("total_difference");
        texts["total_vat_difference"] = expected.Text("total_vat_difference");
        return texts;
    }

    /// <summary>A pass shows all, a failure only what differs.</summary>
    private static CaseResult Result(string id, string kind, Dictionary<string, string> expected, Dictionary<string, string> actual)
    {
        var differ = expected.Keys.Union(actual.Keys, StringComparer.Ordinal)
            .Where(k => expected.GetValueOrDefault(k) != actual.GetValueOrDefault(k)).ToList();
        return differ.Count == 0
            ? new(id, kind, "pass", expected, actual)
            : new(id, kind, "fail", Only(expected), Only(actual));

        Dictionary<string, string> Only(Dictionary<string, string> of) =>
            differ.ToDictionary(k => k, k => of.GetValueOrDefault(k, "none"), StringComparer.Ordinal);
    }
}

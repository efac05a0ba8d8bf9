using System.Text.Json;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Cases;

/// <summary>Compares what a worked building comes to with what it must come to (tests/worked-bills/FORMAT.md).</summary>
internal static class WorkedComparison
{
    private static readonly string[] LineFields =
        ["basis", "quantity", "quantity_display", "unit", "amount", "vat_rate", "vat"];

    private static readonly string[] BalanceFields =
        ["building_volume", "individual", "common", "over_cap", "negative", "residual"];

    /// <summary>The bills: one sentence for each difference.</summary>
    public static IEnumerable<string> Bills(WorkedBuilding building)
    {
        foreach (var month in building.Months)
        {
            var evaluated = Evaluator.EvaluateBuilding(building.Facts, building.Rules, month);
            if (evaluated.Refusal is { } refusal)
            {
                yield return $"{building.Id} {month}: {refusal}";
                continue;
            }

            var actual = evaluated.Value.Lines.ToDictionary(
                l => $"{building.AccountName(l.Account)} {WorkedTerms.NameOf(l.Service)} {l.Component}", Text, StringComparer.Ordinal);
            var expected = building.Expected.Items("bills").Where(b => b.Text("month") == month.ToString())
                .SelectMany(b => b.Items("lines").Select(l => (Bill: b, Line: l)))
                .ToDictionary(
                    x => $"{x.Bill.Text("account")} {x.Line.Text("service")} {x.Line.Text("component")}",
                    x => Text(x.Line),
                    StringComparer.Ordinal);
            foreach (var key in expected.Keys.Union(actual.Keys, StringComparer.Ordinal))
            {
                var (want, got) = (expected.GetValueOrDefault(key), actual.GetValueOrDefault(key));
                if (want != got)
                    yield return $"{building.Id} {month} {key}: expected {want ?? "no line"}, was {got ?? "no line"}";
            }
        }
    }

    /// <summary>The balances of the services that evaluation knows by now.</summary>
    public static IEnumerable<string> Balances(WorkedBuilding building)
    {
        foreach (var expected in building.Expected.Items("balances"))
        {
            var month = BillingPeriod.Parse(expected.Text("month"));
            var service = WorkedTerms.ServiceOf(expected.Text("service"));
            var evaluated = Evaluator.EvaluateBuilding(building.Facts, building.Rules, month).Value;
            var actual = evaluated.Balances.FirstOrDefault(b => b.Service == service);
            var (want, got) = (TextOfBalance(expected), actual is null ? "no balance" : Text(actual));
            if (want != got)
                yield return $"{building.Id} {month} {expected.Text("service")}: expected {want}, was {got}";
        }
    }

    private static string Text(ChargeLine line)
    {
        var (unit, places) = WorkedTerms.UnitOf(line.Unit);
        return $"{line.Basis} {line.Quantity} {line.Quantity.ToDecimal(places)} {unit} {line.Amount} {line.VatRate.ToDecimal(0)} {line.Vat}";
    }

    private static string Text(JsonElement line) =>
        string.Join(' ', LineFields.Select(name => line.Text(name)));

    private static string TextOfBalance(JsonElement balance)
    {
        string Part(string name) => balance.GetProperty(name) is { ValueKind: JsonValueKind.String } value
            ? Exact.Parse(value.GetString()!).ToString()
            : "-";
        var billed = balance.TryGetProperty("billed", out _) ? "billed" : "common_billed";
        return string.Join(' ', [.. BalanceFields.Select(Part), Part(billed)]);
    }

    private static string Text(ServiceBalance balance) =>
        $"{balance.BuildingVolume?.ToString() ?? "-"} {balance.Individual} {balance.Common} {balance.OverCap} {balance.Negative} {balance.Residual} {balance.Billed}";
}

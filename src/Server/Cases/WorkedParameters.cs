using System.Text.Json;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Cases;

/// <summary>
/// The parameters of a worked building; laid over the rule pack, a series that the file gives replaces the pack's own.
/// </summary>
internal static class WorkedParameters
{
    private static readonly LocalDate Ever = new(1990, 1, 1);

    public static IEnumerable<Parameter> Read(JsonElement root)
    {
        var parameters = root.GetProperty("parameters");
        foreach (var row in parameters.Items("tariffs"))
        {
            if (row.TryGetProperty("value", out _))
                yield return Row(ParameterTable.Tariff, row.Text("key"), row, "value");
            foreach (var (i, value) in row.Items("values").Index())
                yield return InRange(ParameterTable.Tariff, row, i == 0 ? row.Text("key") : $"{row.Text("key")}.{i + 1}", value);
            if (row.TryGetProperty("net", out _))
                yield return Row(ParameterTable.NetTariff, row.Text("key"), row, "net");
        }

        foreach (var (name, table, key) in Tables)
        {
            foreach (var row in parameters.Items(name))
                yield return Row(table, key ?? row.Text("key"), row, "value");
        }

        foreach (var row in parameters.Items("ranges"))
        {
            foreach (var (i, value) in row.Items("thresholds").Index())
                yield return InRange(ParameterTable.RangeBound, row, $"{row.Text("key")}.{i + 1}", value);
        }

        if (parameters.TryGetProperty("heating", out var heating))
        {
            foreach (var parameter in Heating(heating))
                yield return parameter;
        }

        foreach (var month in root.GetProperty("building").Members("outdoor"))
        {
            var period = BillingPeriod.Parse(month.Name);
            var mean = Exact.Parse(month.Value.GetString()!);
            yield return new(ParameterTable.Outdoor, "mean", period.FirstDay, period.LastDay, mean);
        }

        foreach (var row in root.Items("supplier_vat"))
        {
            var key = row.TryGetProperty("service", out var service) ? "supplier." + service.GetString() : "supplier";
            yield return Row(ParameterTable.Vat, key, row, "rate");
        }

        foreach (var setting in root.Members("settings"))
        {
            if (!OfTheFormat.Contains(setting.Name))
                throw new FormatException($"Unknown setting '{setting.Name}'.");
            yield return Setting(setting.Name, setting.Value.ValueKind == JsonValueKind.True ? Exact.One
                : setting.Value.ValueKind == JsonValueKind.False ? Exact.Zero : Exact.Parse(setting.Value.ToString()));
        }
    }

    private static readonly HashSet<string> OfTheFormat = new(StringComparer.Ordinal)
    {
        "average_window", "average_least", "reverse_norm", "true_up_month", "indoor_base", "heat_average_periods", "planned_days",
        "electricity_ranges", "reading_day",
    };

    private static readonly (string Name, ParameterTable Table, string? Key)[] Tables =
    [
        ("norms", ParameterTable.Norm, null),
        ("q", ParameterTable.HeatPerCubicMetre, null),
        ("raising_factor", ParameterTable.RaisingFactor, "kp"),
        ("raising_factor_heating", ParameterTable.RaisingFactor, "heating"),
        ("vat", ParameterTable.Vat, "vat"),
        ("gas_profile", ParameterTable.GasProfile, null),
    ];

    private static IEnumerable<Parameter> Heating(JsonElement heating)
    {
        yield return Setting("heating_all_year", heating.Text("scheme") == "all_year" ? Exact.One : Exact.Zero);
        yield return Setting("heating_months", Exact.Parse(heating.Text("k", "1")) * Exact.Of(12));
        foreach (var season in heating.Items("seasons"))
        {
            yield return new(
                ParameterTable.HeatingSeason, "heating", WorkedBuilding.Day(season.Text("from")),
                    WorkedBuilding.Day(season.Text("to")), Exact.One);
        }
    }

    private static Parameter Setting(string key, Exact value) => new(ParameterTable.Setting, key, Ever, null, value);

    private static Parameter InRange(ParameterTable table, JsonElement row, string key, JsonElement value) =>
        new(table, key, WorkedBuilding.Day(row.Text("from")), null, Exact.Parse(value.GetString()!));

    private static Parameter Row(ParameterTable table, string key, JsonElement row, string value) =>
        new(table, key, WorkedBuilding.Day(row.Text("from")), null, Exact.Parse(row.Text(value)));
}

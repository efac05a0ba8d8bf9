using System.Text.Json;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>The words of the case files for our terms, and how their JSON is read.</summary>
internal static class WorkedTerms
{
    public static Service ServiceOf(string name) => name switch
    {
        "cold_water" => Service.ColdWater,
        "hot_water" => Service.HotWater,
        "drainage" => Service.Drainage,
        "heating" => Service.Heating,
        "electricity" => Service.Electricity,
        "gas" => Service.Gas,
        _ => throw new FormatException($"Unknown service '{name}'."),
    };

    public static string NameOf(Service service) => service switch
    {
        Service.ColdWater => "cold_water",
        Service.HotWater => "hot_water",
        Service.Drainage => "drainage",
        Service.Heating => "heating",
        Service.Electricity => "electricity",
        Service.Gas => "gas",
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "A service without a name."),
    };

    public static Zone ZoneOf(string name) => name switch
    {
        "volume" or "energy" => Zone.Single,
        "day" => Zone.Day,
        "night" => Zone.Night,
        "peak" => Zone.Peak,
        "half_peak" => Zone.HalfPeak,
        _ => throw new FormatException($"Unknown zone '{name}'."),
    };

    public static (string Name, int Places) UnitOf(Unit unit) => unit switch
    {
        Unit.CubicMetre => ("m3", 6),
        Unit.Gigacalorie => ("Gcal", 6),
        Unit.KilowattHour => ("kWh", 3),
        Unit.Hour => ("h", 4),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "A unit without a name."),
    };

    public static string Text(this JsonElement element, string name, string? fallback = null) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.GetString()!
            : fallback ?? throw new FormatException($"'{name}' is missing.");

    public static int Whole(this JsonElement element, string name, int fallback) =>
        element.TryGetProperty(name, out var value) ? value.GetInt32() : fallback;

    public static bool Flag(this JsonElement element, string name, bool fallback = false) =>
        element.TryGetProperty(name, out var value) ? value.GetBoolean() : fallback;

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];
}

using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Ochag.Foundation;

namespace Ochag.Server.Cases;

/// <summary>The input of a golden case; every key must be asked for, so that none is ignored.</summary>
internal sealed class CaseInput(JsonElement input)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    /// <summary>Keys that the kind did not ask for.</summary>
    public IEnumerable<string> Unknown => input.EnumerateObject().Select(p => p.Name).Where(name => !_asked.Contains(name));

    /// <summary>For a part of the input that holds keys of its own.</summary>
    public void RefuseUnknown()
    {
        if (Unknown.FirstOrDefault() is { } unknown)
            throw new FormatException($"input: unknown key '{unknown}'");
    }

    public bool Has(string key)
    {
        _asked.Add(key);
        return input.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    public Exact Number(string key) => Exact.Parse(Text(key));

    public Fixed Decimal(string key) => Fixed.Parse(Text(key));

    public int Whole(string key) => int.Parse(Text(key), System.Globalization.CultureInfo.InvariantCulture);

    public bool Flag(string key) => Get(key).GetBoolean();

    public bool FlagOr(string key, bool fallback) => Has(key) ? Flag(key) : fallback;

    public LocalDate Day(string key) => LocalDatePattern.Iso.Parse(Text(key)).Value;

    public IReadOnlyList<Exact> Numbers(string key) => [.. Get(key).EnumerateArray().Select(n => Exact.Parse(n.GetString()!))];

    public CaseInput Inner(string key) => new(Get(key));

    public IEnumerable<CaseInput> Items(string key) => Get(key).EnumerateArray().Select(item => new CaseInput(item));

    public string Text(string key) => Get(key) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : Get(key).GetRawText();

    private JsonElement Get(string key)
    {
        _asked.Add(key);
        return input.TryGetProperty(key, out var value) ? value : throw new FormatException($"input: '{key}' is missing");
    }
}

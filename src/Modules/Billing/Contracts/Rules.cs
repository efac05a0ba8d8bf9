using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Ochag.Billing.Evaluation;
using Ochag.Foundation;

namespace Ochag.Billing.Contracts;

/// <summary>The table a parameter belongs to. Stored: never renumber.</summary>
public enum ParameterTable : short
{
    /// <summary>With VAT, for people; per m3, Gcal or kWh.</summary>
    Tariff = 1,

    /// <summary>Without VAT, for companies.</summary>
    NetTariff = 2,

    /// <summary>Per person and month, or per m2 and month.</summary>
    Norm = 3,

    /// <summary>q: Gcal to heat one m3, by kind of the hot-water system.</summary>
    HeatPerCubicMetre = 4,

    RaisingFactor = 5,

    /// <summary>Percent.</summary>
    Vat = 6,

    /// <summary>Days on which heating runs; the value is 1.</summary>
    HeatingSeason = 7,

    /// <summary>A threshold or choice of the rules, by name.</summary>
    Setting = 8,

    /// <summary>Mean outdoor temperature of a month, degrees Celsius.</summary>
    Outdoor = 9,

    /// <summary>Share of the year that falls on a month, by "group:month" (Code of gas distribution systems, IX).</summary>
    GasProfile = 10,

    /// <summary>Upper bound of a price range, kWh in a month: "electricity.1", "electricity.2".</summary>
    RangeBound = 11,
}

/// <summary>A number of the rules with the days on which it holds and the paragraph or decision behind it.</summary>
/// <param name="To">Last day; null: until the next row of the same table and key.</param>
public sealed record Parameter(
    ParameterTable Table, string Key, LocalDate From, LocalDate? To, Exact Value, string Source = "", long Id = 0);

/// <summary>
/// The rules that hold for a territory: the parameters of its rule pack and its own tariffs, norms and seasons, by day.
/// Immutable; the same object serves any number of buildings and months.
/// </summary>
public sealed class Rules
{
    private readonly Dictionary<(ParameterTable, string), Parameter[]> _series;
    private readonly ConcurrentDictionary<BillingPeriod, MonthRules> _months = new();
    private string? _fingerprint;

    public Rules(IEnumerable<Parameter> parameters) => _series = parameters
        .GroupBy(p => (p.Table, p.Key))
        .ToDictionary(g => g.Key, g => g.OrderBy(p => p.From).ToArray());

    /// <summary>A pack with what somebody decided himself over it: a series of his own replaces the pack's.</summary>
    public static Rules Over(RulePack pack, IReadOnlyCollection<Parameter> own)
    {
        var given = own.Select(p => (p.Table, p.Key)).ToHashSet();
        return new([.. pack.Parameters.Select(p => p.Parameter).Where(p => !given.Contains((p.Table, p.Key))), .. own]);
    }

    /// <summary>The same for the same rules, whatever order they came in: 64 hexadecimal digits.</summary>
    public string Fingerprint => _fingerprint ??= Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
        '\n', _series.Values.SelectMany(rows => rows).Select(p => string.Create(
            CultureInfo.InvariantCulture, $"{p.Table} {p.Key} {p.From:uuuuMMdd} {p.To:uuuuMMdd} {p.Value}"))
            .Order(StringComparer.Ordinal)))));

    /// <summary>Keys of a table that have any value.</summary>
    public IEnumerable<string> Keys(ParameterTable table) =>
        _series.Keys.Where(k => k.Item1 == table).Select(k => k.Item2);

    internal IReadOnlyList<Parameter> Series(ParameterTable table, string key) =>
        _series.TryGetValue((table, key), out var rows) ? rows : [];

    internal MonthRules For(BillingPeriod month) => _months.GetOrAdd(month, m => new MonthRules(this, m));
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>A dated number of a rule. <paramref name="Service"/> null: of every service that has none of its own.</summary>
/// <param name="To">Last day, inclusive; null: open.</param>
internal sealed record Threshold(string Name, Service? Service, LocalDate From, LocalDate? To, Exact Value)
{
    public bool Holds(LocalDate day) => From <= day && (To is null || day <= To);
}

/// <summary>All thresholds; a territory's own rows go before the defaults.</summary>
internal sealed class ThresholdBook(IReadOnlyList<Threshold> rows)
{
    public IReadOnlyList<Threshold> Rows { get; } = rows;

    public ThresholdBook With(params IReadOnlyList<Threshold> own) => new([.. own, .. Rows]);

    public Thresholds At(Service service, LocalDate day)
    {
        var held = new Dictionary<string, Exact>(StringComparer.Ordinal);
        foreach (var row in Rows.Where(r => r.Holds(day) && (r.Service ?? service) == service).OrderBy(r => r.Service is null))
            held.TryAdd(row.Name, row.Value);
        return new(held);
    }
}

/// <summary>What holds for one service on one day.</summary>
internal sealed class Thresholds(IReadOnlyDictionary<string, Exact> held)
{
    /// <summary>Null: there is no such bound for this service.</summary>
    public Exact? Find(string name) => held.TryGetValue(name, out var value) ? value : null;

    public Exact this[string name] => Find(name)
        ?? throw new InvalidOperationException($"There is no threshold {name}.");
}

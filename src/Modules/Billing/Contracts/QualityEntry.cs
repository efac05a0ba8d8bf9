using NodaTime;
using NodaTime.Text;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>Hours of poor quality as a person enters them: by the clock on the wall, with the paper they rest on.</summary>
/// <param name="Accounts">Null: the whole building.</param>
/// <param name="To">Not included.</param>
/// <param name="NormTemperature">Degrees that the room must have, where it is not the usual norm.</param>
/// <param name="Series">Measured values, each until the next.</param>
/// <param name="Evidence">Number of the act.</param>
public sealed record QualityEntry(
    Service Service,
    QualityKind Kind,
    IReadOnlyCollection<AccountId>? Accounts,
    LocalDateTime From,
    LocalDateTime To,
    bool Planned,
    bool DeadEndMain,
    Exact? NormTemperature,
    IReadOnlyList<QualityEntryLevel> Series,
    string Evidence);

public readonly record struct QualityEntryLevel(LocalDateTime At, Exact Value);

/// <summary>The building of an entry: its clock, and the services of each of its accounts.</summary>
public sealed record QualityPlace(DateTimeZone Zone, IReadOnlyDictionary<AccountId, IReadOnlyCollection<Service>> Accounts)
{
    public static QualityPlace Of(TerritoryRecord territory, BuildingRecord building) => new(
        territory.TimeZone,
        building.Accounts.ToDictionary(
            a => a.Id, a => (IReadOnlyCollection<Service>)[.. a.Connections.Select(c => c.Service).Distinct()]));

    public IEnumerable<Service> Services => Accounts.Values.SelectMany(s => s).Distinct().Order();
}

/// <summary>The event that an entry comes to, or everything that is wrong with it.</summary>
public sealed record QualityDecision(QualityEvent? Event, IReadOnlyList<Refusal> Refusals);

/// <summary>What may be entered as hours of poor quality. Pure: the page and the store decide by the same.</summary>
public static class QualityEntries
{
    /// <summary>Longer than the column of a fact's evidence holds, nothing is a number of an act.</summary>
    public const int EvidenceLength = 200;

    /// <summary>More than a value for each quarter of an hour of a month.</summary>
    public const int SeriesLength = 3000;

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("dd.MM.uuuu HH:mm");

    private static readonly Dictionary<Service, QualityKind[]> Kinds = new()
    {
        [Service.ColdWater] = [QualityKind.Break, QualityKind.Composition, QualityKind.Pressure],
        [Service.HotWater] = [QualityKind.Break, QualityKind.Composition, QualityKind.Pressure, QualityKind.Temperature],
        [Service.Drainage] = [QualityKind.Break],
        [Service.Electricity] = [QualityKind.Break, QualityKind.Composition],
        [Service.Gas] = [QualityKind.Break, QualityKind.Composition, QualityKind.Pressure],
        [Service.Heating] = [QualityKind.Break, QualityKind.Pressure, QualityKind.Temperature],
    };

    /// <summary>What Annex 1 knows to go wrong with a service.</summary>
    public static IReadOnlyList<QualityKind> KindsOf(Service service) => Kinds.GetValueOrDefault(service) ?? [];

    /// <summary>
    /// Refused with <c>billing.quality-...</c>: end before start, longer than a year, a service or an account that the
    /// building has not, an hour that the clock skips, measured values that lie outside or are missing.
    /// </summary>
    public static QualityDecision Decide(QualityEntry entry, QualityPlace place)
    {
        var refusals = new List<Refusal>();
        refusals.AddRange(What(entry, place));
        var (from, to) = (At(entry.From, place.Zone, late: false, refusals), At(entry.To, place.Zone, late: true, refusals));
        refusals.AddRange(When(entry));
        var series = Series(entry, place.Zone, refusals);
        refusals.AddRange(Values(entry));
        if (from is { } start && to is { } end && refusals.Count == 0)
        {
            refusals.AddRange(series.Where(l => l.Instant < start || l.Instant >= end)
                .Select(l => new Refusal("billing.quality-series-outside", ("at", Pattern.Format(l.At)))).Take(1));
        }

        if (entry.Evidence.Trim().Length is 0 or > EvidenceLength)
            refusals.Add(new("billing.quality-evidence-missing", ("most", $"{EvidenceLength}")));
        return refusals.Count > 0
            ? new(null, refusals)
            : new(
                new(
                    0,
                    entry.Service,
                    entry.Accounts is null ? null : [.. entry.Accounts.Distinct().OrderBy(a => a.Value)],
                    from!.Value,
                    to!.Value,
                    entry.Kind,
                    entry.Planned,
                    entry.DeadEndMain,
                    entry.NormTemperature,
                    [.. series.OrderBy(l => l.Instant).Select(l => new QualityLevel(l.Instant, l.Value))]),
                []);
    }

    private static IEnumerable<Refusal> What(QualityEntry entry, QualityPlace place)
    {
        if (!place.Services.Contains(entry.Service))
            yield return new("billing.quality-service-unknown");
        else if (!KindsOf(entry.Service).Contains(entry.Kind))
            yield return new("billing.quality-kind-unknown");
        if (entry.Accounts is { Count: 0 })
            yield return new("billing.quality-accounts-missing");
        else if (entry.Accounts?.Any(a => !place.Accounts.ContainsKey(a)) == true)
            yield return new("billing.quality-account-foreign");
        if (entry is { Planned: true, Kind: not QualityKind.Break })
            yield return new("billing.quality-planned-not-break");
        if (entry.DeadEndMain && (entry.Kind != QualityKind.Break || entry.Service is not (Service.HotWater or Service.ColdWater)))
            yield return new("billing.quality-dead-end-not-break");
        if (entry.NormTemperature is not null && entry.Service != Service.Heating)
            yield return new("billing.quality-norm-not-heating");
    }

    private static IEnumerable<Refusal> When(QualityEntry entry)
    {
        if (entry.From.Year is < 2000 or > 2100)
            yield return new("billing.quality-day-unlikely");
        if (entry.To <= entry.From)
            yield return new("billing.quality-end-before-start");
        else if (entry.To > entry.From.PlusYears(1))
            yield return new("billing.quality-too-long");
    }

    /// <summary>
    /// The moment of a local time; null: the clock skips it. Of an hour that comes twice a start takes the first and an
    /// end the second, so that no hour of trouble is lost.
    /// </summary>
    private static Instant? At(LocalDateTime local, DateTimeZone zone, bool late, List<Refusal> refusals)
    {
        var mapped = zone.MapLocal(local);
        if (mapped.Count > 0)
            return (late ? mapped.Last() : mapped.First()).ToInstant();
        refusals.Add(new("billing.quality-hour-skipped", ("at", Pattern.Format(local))));
        return null;
    }

    /// <summary>Where the clock goes back, a time that is not later than the row before it is the second of the two.</summary>
    private static List<(LocalDateTime At, Instant Instant, Exact Value)> Series(
        QualityEntry entry, DateTimeZone zone, List<Refusal> refusals)
    {
        var series = new List<(LocalDateTime At, Instant Instant, Exact Value)>();
        foreach (var level in entry.Series)
        {
            var mapped = zone.MapLocal(level.At);
            var late = mapped.Count == 2 && series is [.., var last] && mapped.First().ToInstant() <= last.Instant;
            if (At(level.At, zone, late, refusals) is { } at)
                series.Add((level.At, at, level.Value));
        }

        if (series.GroupBy(l => l.Instant).FirstOrDefault(g => g.Count() > 1) is { } twice)
            refusals.Add(new("billing.quality-series-twice", ("at", Pattern.Format(twice.First().At))));
        return series;
    }

    private static IEnumerable<Refusal> Values(QualityEntry entry)
    {
        if (entry.Series.Count > SeriesLength)
            yield return new("billing.quality-series-too-long", ("most", $"{SeriesLength}"));
        if (entry is { Kind: QualityKind.Temperature or QualityKind.Pressure, Series.Count: 0 })
            yield return new("billing.quality-series-missing");
        if (entry.Series.Count > 0 && !IsMeasured(entry))
            yield return new("billing.quality-series-unneeded");
        var (low, high) = entry.Kind == QualityKind.Pressure ? (0, 100) : entry.Service == Service.HotWater ? (0, 100) : (-50, 60);
        foreach (var level in entry.Series.Where(l => l.Value < Exact.Of(low) || l.Value > Exact.Of(high)).Take(1))
        {
            yield return new("billing.quality-value-out-of-range",
                ("at", Pattern.Format(level.At)), ("low", $"{low}"), ("high", $"{high}"));
        }

        if (entry.NormTemperature is { } norm && (norm < Exact.Of(10) || norm > Exact.Of(30)))
            yield return new("billing.quality-norm-out-of-range", ("low", "10"), ("high", "30"));
    }

    /// <summary>The room's temperature counts during a break of heating too.</summary>
    private static bool IsMeasured(QualityEntry entry) => entry.Kind is QualityKind.Temperature or QualityKind.Pressure
        || entry is { Kind: QualityKind.Break, Service: Service.Heating };
}

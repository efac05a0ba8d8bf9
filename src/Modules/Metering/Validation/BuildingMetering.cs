using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>A building's meters with everything known of their registers: where readings of one are judged among the others.</summary>
internal sealed class BuildingMetering
{
    private readonly BuildingRecord _building;
    private readonly ILookup<(MeterId Meter, Zone Zone), KnownIndex> _known;
    private readonly ThresholdBook _thresholds;
    private readonly LocalDate _today;
    private readonly List<(MeterRecord Meter, PremisesId? Premises)> _meters;
    private readonly Dictionary<(Service Service, Zone Zone), Exact?> _peers = [];

    /// <param name="known">By register, oldest first.</param>
    public BuildingMetering(
        BuildingRecord building, ILookup<(MeterId Meter, Zone Zone), KnownIndex> known, ThresholdBook thresholds, LocalDate today)
    {
        (_building, _known, _thresholds, _today) = (building, known, thresholds, today);
        _meters =
        [
            .. building.Premises.SelectMany(p => p.Meters.Select(m => (m, (PremisesId?)p.Id))),
            .. building.Meters.Select(m => (m, (PremisesId?)null)),
        ];
    }

    /// <summary>The registers of the meters that stand on a day.</summary>
    public IEnumerable<SheetRegister> Registers(LocalDate day) =>
        from place in _meters
        where place.Meter.Installed <= day && (place.Meter.Removed is not { } removed || day < removed)
        from zone in place.Meter.Zones
        let known = _known[(place.Meter.Id, zone)]
        select new SheetRegister(place.Meter, place.Premises, zone, known.LastOrDefault(), LastYear(place.Meter, known, day));

    /// <summary>The meter with this number as it stands on the day, else as it stood last; null: not of this building.</summary>
    public (MeterRecord Meter, PremisesId? Premises)? Find(MeterId meter, LocalDate day)
    {
        var stood = _meters.Where(m => m.Meter.Id == meter).OrderBy(m => m.Meter.Installed).ToList();
        return stood.Count == 0 ? null
            : stood.FindLast(m => m.Meter.Installed <= day) is { Meter: not null } found ? found
            : stood[0];
    }

    /// <summary>Day of the latest known index of a register; null: none is known.</summary>
    public LocalDate? LastDayOf(MeterId meter, Zone zone) => _known[(meter, zone)].Select(k => (LocalDate?)k.Day).LastOrDefault();

    public ReadingCase Case(
        (MeterRecord Meter, PremisesId? Premises) place, Zone zone, Fixed index, LocalDate day, string? serial = null) => new()
    {
        Meter = place.Meter,
        OfBuilding = place.Premises is null,
        Zone = zone,
        Index = index,
        Day = day,
        Today = _today,
        Serial = serial,
        Known = [.. _known[(place.Meter.Id, zone)]],
        Connected = IsConnected(place, day),
        WithoutFinal = WithoutFinal(place),
        Peers = place.Premises is null ? null : Peers(place.Meter.Service, zone),
        Thresholds = _thresholds.At(place.Meter.Service, day),
    };

    public BuildingId Id => _building.Id;

    /// <summary>The indexes known of a register, oldest first.</summary>
    public IEnumerable<KnownIndex> KnownOf(MeterId meter, Zone zone) => _known[(meter, zone)];

    /// <summary>The same with other thresholds.</summary>
    public BuildingMetering With(ThresholdBook thresholds) => new(_building, _known, thresholds, _today);

    /// <summary>Readings of a service since a day, and whether the rules ask about each, as on the day when it came.</summary>
    public IEnumerable<(MeterId Meter, Zone Zone, LocalDate Day, bool IsDoubtful)> Judged(Service service, LocalDate since)
    {
        foreach (var place in _meters.Where(m => m.Meter.Service == service))
        {
            foreach (var zone in place.Meter.Zones)
            {
                var known = _known[(place.Meter.Id, zone)].ToList();
                for (var i = 1; i < known.Count; i++)
                {
                    if (known[i].Day >= since)
                        yield return (place.Meter.Id, zone, known[i].Day, Questions(place, zone, known[..(i + 1)]).Any());
                }
            }
        }
    }

    /// <summary>Meters of a service whose silence, and sums of the building whose difference, is asked about.</summary>
    public IEnumerable<(MeterId Meter, Zone Zone, LocalDate Day, bool IsDoubtful)> Standing(Service service)
    {
        var marked = Doubts().Where(d => !d.IsDecidable && d.Day is not null).Select(d => (d.Meter.Id, d.Zone)).ToHashSet();
        return from place in _meters
            where place.Meter.Service == service && place.Meter.Removed is null
            from zone in place.Meter.Zones
            let last = LastDayOf(place.Meter.Id, zone)
            where last is not null
            select (place.Meter.Id, zone, last.Value, marked.Contains((place.Meter.Id, zone)));
    }

    /// <summary>What the rules mark of the latest readings, of silent meters and of the building's sums.</summary>
    public IEnumerable<Doubt> Doubts()
    {
        foreach (var place in _meters.Where(m => m.Meter.Removed is null))
        {
            foreach (var zone in place.Meter.Zones)
            {
                var known = _known[(place.Meter.Id, zone)].ToList();
                foreach (var finding in known.Count == 0 ? [] : Findings(place, zone, known))
                    yield return new(_building.Id, place.Premises, place.Meter, zone, known[^1].Day, known[^1].Index, finding);
            }
        }

        foreach (var doubt in Balances())
            yield return doubt;
    }

    /// <summary>A reading that came before Ochag, or that somebody has confirmed with the same doubt, is not asked about again.</summary>
    private IEnumerable<Finding> Findings((MeterRecord Meter, PremisesId? Premises) place, Zone zone, List<KnownIndex> known)
    {
        var last = known[^1];
        var thresholds = _thresholds.At(place.Meter.Service, last.Day);
        return Questions(place, zone, known)
            .Concat(zone == place.Meter.Zones[0] && StandingRules.Silence(last.Day, _today, thresholds) is { } silent ? [silent] : []);
    }

    /// <summary>What the rules ask of the last of some readings.</summary>
    private IEnumerable<Finding> Questions((MeterRecord Meter, PremisesId? Premises) place, Zone zone, List<KnownIndex> known)
    {
        var last = known[^1];
        var judged = known.Count == 1 ? [] : Rules.Judge(Case(place, zone, last.Index, last.Day) with { Known = known[..^1] });
        return judged.Where(f => f.Verdict > Verdict.Fine && !Evidence.Confirms(last.Evidence, f.Code));
    }

    private IEnumerable<Doubt> Balances()
    {
        foreach (var meter in _building.Meters.Where(m => m.Removed is null))
        {
            foreach (var zone in meter.Zones)
            {
                var known = _known[(meter.Id, zone)].ToList();
                if (known.Count < 2)
                    continue;
                var (from, to) = (known[^2].Day, known[^1].Day);
                var thresholds = _thresholds.At(meter.Service, to);
                if (UseSeries.Of(meter, known, thresholds).Between(from, to) is not { } common)
                    continue;
                var shares = _building.Premises.Select(p => UseOf(p, meter.Service, zone, from, to)).ToList();
                var sum = shares.Aggregate(Exact.Zero, (a, b) => a + (b ?? Exact.Zero));
                if (StandingRules.Balance(common, sum, shares.TrueForAll(s => s is not null), thresholds) is { } finding)
                    yield return new(_building.Id, null, meter, zone, to, known[^1].Index, finding);
            }
        }
    }

    /// <summary>Null: it has no meter of the service, or one of them is not known on these days.</summary>
    private Exact? UseOf(PremisesRecord premises, Service service, Zone zone, LocalDate from, LocalDate to)
    {
        var meters = premises.Meters.Where(m => m.Service == service && m.Removed is null && m.Zones.Contains(zone)).ToList();
        var thresholds = _thresholds.At(service, to);
        return meters.Count == 0
            ? null
            : meters.Select(m => UseSeries.Of(m, _known[(m.Id, zone)], thresholds).Between(from, to))
                .Aggregate((Exact?)Exact.Zero, (a, b) => a + b);
    }

    private bool IsConnected((MeterRecord Meter, PremisesId? Premises) place, LocalDate day)
    {
        var accounts = _building.Accounts
            .Where(a => a.Premises == place.Premises && a.Opened <= day && (a.Closed is not { } closed || day < closed)).ToList();
        return place.Premises is null || accounts.Count == 0 || accounts.Exists(a => a.Connections.Any(c =>
            c.Service == place.Meter.Service && c.From <= day && (c.To is not { } to || day <= to)));
    }

    /// <summary>A meter of the same service that left when this one came, with no index of that day or marked as its last.</summary>
    private MeterRecord? WithoutFinal((MeterRecord Meter, PremisesId? Premises) place) => _meters
        .Where(m => m.Premises == place.Premises && m.Meter.Service == place.Meter.Service && m.Meter.Id != place.Meter.Id
            && m.Meter.Removed == place.Meter.Installed)
        .Where(m => m.Meter.Zones.Any(zone => !_known[(m.Meter.Id, zone)].Any(k =>
            k.Mark == ReadingMark.Final || k.Day >= m.Meter.Removed!.Value.PlusDays(-1))))
        .Select(m => m.Meter).FirstOrDefault();

    private Exact? Peers(Service service, Zone zone)
    {
        if (_peers.TryGetValue((service, zone), out var known))
            return known;
        var rates = _meters.Where(m => m.Premises is not null && m.Meter.Service == service && m.Meter.Zones.Contains(zone)).Select(m =>
        {
            var thresholds = _thresholds.At(service, _today);
            var series = UseSeries.Of(m.Meter, _known[(m.Meter.Id, zone)], thresholds);
            return series.LastDay is { } last
                ? Estimates.Own(series, last, (int)thresholds["recent_days"].Floor(), (int)thresholds["recent_least_days"].Floor())
                : null;
        });
        return _peers[(service, zone)] = Estimates.Middle(rates.OfType<Exact>());
    }

    private Exact? LastYear(MeterRecord meter, IEnumerable<KnownIndex> known, LocalDate day)
    {
        var month = BillingPeriod.Of(day).PlusMonths(-12);
        return UseSeries.Of(meter, known, _thresholds.At(meter.Service, day)).Between(month.FirstDay, month.PlusMonths(1).FirstDay);
    }
}

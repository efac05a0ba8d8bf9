using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>A small house of the tour while it is being told: flats, the house's own meters, breaks.</summary>
internal sealed class TourHouse(TerritoryRecord territory, BuildingId id)
{
    private readonly List<TourFlat> _flats = [];
    private readonly List<TourMeter> _meters = [];
    private int _serial;

    public TourMonths Months { get; } = TourMonths.Of(territory);
    public LocalDate Opened { get; } = territory.BilledSince.FirstDay.PlusYears(-5);

    /// <summary>The month before the first billed one: readings begin in it.</summary>
    public BillingPeriod Before { get; } = territory.BilledSince.PlusMonths(-1);

    public IReadOnlyList<TourFlat> Flats => _flats;
    public IReadOnlyList<TourMeter> Meters => _meters;
    public List<CommonNeeds> Needs { get; } = [];
    public List<QualityEvent> Quality { get; } = [];

    /// <summary>Common property of twenty square metres, a closed system of hot water, two sources of power.</summary>
    public BuildingDraft Draft => new(
        id,
        [new(Opened, null, Fixed.Of(20), "closed.insulated_risers.with_rails", 2, HeatMeterPossible: false)],
        Needs,
        [.. _flats.Select(f => f.Draft)],
        [.. _meters.Select(m => m.Draft)]);

    public TourFlat Flat(string holder, string area, int people, bool metersPossible = true) =>
        Add((_flats.Count + 1).ToString(CultureInfo.InvariantCulture), holder, area, people, metersPossible, HolderKind.Person);

    public TourFlat Room(string number, string company, string area) =>
        Add(number, company, area, 0, metersPossible: false, HolderKind.Company);

    /// <summary>A meter of the house itself.</summary>
    public TourMeter Meter(Service service)
    {
        var meter = NewMeter(service, Opened, null, [], Before.LastDay);
        _meters.Add(meter);
        return meter;
    }

    public TourMeter NewMeter(
        Service service, LocalDate installed, LocalDate? removed, IReadOnlyList<DayInterval> verified, LocalDate started)
    {
        var letter = service switch
        {
            Service.ColdWater => "В",
            Service.HotWater => "Г",
            Service.Heating => "Т",
            Service.Electricity => "Э",
            _ => throw new ArgumentOutOfRangeException(nameof(service), service, "The tour has no meter of this service."),
        };
        var serial = string.Create(CultureInfo.InvariantCulture, $"{letter}П{id.Value:00000}{++_serial:000}");
        return new(id, new(service, serial, 6, Fixed.Of(1), [Zone.Single], installed, removed, verified, []), started);
    }

    private TourFlat Add(string number, string holder, string area, int people, bool metersPossible, HolderKind kind)
    {
        var account = string.Create(CultureInfo.InvariantCulture, $"{territory.Id.Value % 10}{id.Value:00000}{_flats.Count + 1:0000}");
        var flat = new TourFlat(this, number, account, holder, area, people, metersPossible, kind);
        _flats.Add(flat);
        return flat;
    }
}

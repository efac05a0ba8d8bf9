using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo.Tour;

/// <summary>
/// A flat of a house of the tour with its one account, or a company's room. What is said of it here is drafted for the
/// registry at once; what hangs on ids waits in the lists until the registry has given them.
/// </summary>
internal sealed class TourFlat
{
    private readonly TourHouse _house;
    private readonly List<TourMeter> _meters = [];
    private readonly List<Residents> _residents = [];
    private readonly List<HolderDraft> _holders;

    /// <param name="metersPossible">Water meters could stand: without them the raising factor is due.</param>
    public TourFlat(
        TourHouse house, string number, string account, string holder, string area, int people, bool metersPossible, HolderKind kind)
    {
        _house = house;
        _holders = [new(holder)];
        if (people > 0)
            _residents.Add(new(0, house.Opened, null, people, Temporary: false));
        Account = new(
            account, house.Opened, null, kind, kind == HolderKind.Person ? 1 : 0, _holders, _residents,
            [.. ServicesOf(kind).Select(s => new Connection(s, house.Opened, null))]);
        Number = number;
        Passport = new(
            house.Opened, null, kind == HolderKind.Person ? PremisesKind.Living : PremisesKind.NonLiving, Fixed.Parse(area),
            OwnHeatSource: false, metersPossible, metersPossible);
    }

    public string Number { get; }
    public AccountDraft Account { get; }
    public IReadOnlyList<TourMeter> Meters => _meters;

    public List<Absence> Absences { get; } = [];
    public List<Benefit> Benefits { get; } = [];
    public List<ContractLoad> Loads { get; } = [];
    public List<(Service Service, Money Sum)> Openings { get; } = [];

    /// <summary>Acts; the meter is the one that was checked.</summary>
    public List<(MeterAct Act, TourMeter? Meter)> Acts { get; } = [];

    private PremisesPassport Passport { get; }

    public PremisesDraft Draft => new(Number, [Passport], [.. _meters.Select(m => m.Draft)], [Account]);

    /// <param name="from">First day; null: as long as the account.</param>
    /// <param name="removed">That day belongs to the next meter.</param>
    /// <param name="verifiedUntil">Last day of the verification; null: none of the tour's months sees it end.</param>
    public TourMeter Meter(Service service, LocalDate? from = null, LocalDate? removed = null, LocalDate? verifiedUntil = null)
    {
        var until = verifiedUntil ?? _house.Months.Last.LastDay.PlusYears(2);
        var meter = _house.NewMeter(
            service, from ?? _house.Opened, removed, [new(until.PlusYears(-6).PlusDays(1), until)],
            from ?? _house.Before.FirstDay.PlusDays(24));
        _meters.Add(meter);
        return meter;
    }

    /// <summary>A meter of water or power that is read each month and has nothing odd about it.</summary>
    public TourFlat With(Service service, string eachMonth)
    {
        Meter(service).Monthly(eachMonth, _house.Months.Since, _house.Months.Last);
        return this;
    }

    public TourFlat WithStay(LocalDate from, LocalDate to, int people)
    {
        _residents.Add(new(0, from, to, people, Temporary: true));
        return this;
    }

    /// <summary>Several holders instead of the one.</summary>
    public TourFlat HeldBy(params (string Name, int Numerator, int Denominator)[] holders)
    {
        _holders.Clear();
        _holders.AddRange(holders.Select(h => new HolderDraft(h.Name, null, null, h.Numerator, h.Denominator)));
        return this;
    }

    private static Service[] ServicesOf(HolderKind kind) => kind == HolderKind.Person
        ? [Service.ColdWater, Service.HotWater, Service.Drainage, Service.Heating, Service.Electricity]
        : [Service.ColdWater, Service.Drainage, Service.Heating, Service.Electricity];
}

using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Heating of a building's month (p.42(1); rules.md 1.3): by the building's meter shared by area, else by norm. The
/// charge lies over the heated days, under the all-year scheme over all of them (18.12).
/// </summary>
internal sealed class Heating
{
    private static readonly VolumeComponent Component =
        new(ComponentKind.Heat, "heating", Unit.Gigacalorie, Formula.HeatingByNorm);

    private readonly MonthRules _month;
    private readonly LineWriter _writer;
    private readonly HeatRooms _rooms;
    private readonly Dictionary<PremisesId, PremisesRecord> _premises;
    private readonly HeatingYear _year;

    /// <summary>The month's own volume, shared; null: no meter tells it.</summary>
    private readonly HeatShare? _actual;

    /// <summary>What the charge follows; null: the norm.</summary>
    private readonly HeatShare? _charged;

    public Heating(BuildingFacts facts, Rules rules, BuildingVolumes volumes, MonthRules month, LineWriter writer)
    {
        (_month, _writer) = (month, writer);
        _rooms = new(facts.Building, month.Month);
        _premises = facts.Building.Premises.ToDictionary(p => p.Id);
        _year = new(facts, rules, month, writer);
        HasMeter = facts.Building.Meters.Any(m => m.Service == Service.Heating);
        if (!HasMeter)
            return;
        var metered = Metered(facts, volumes);
        if (BuildingMeters.VolumeOf(facts, Service.Heating, month.Month) is { } volume)
            _actual = Share(writer.Tape.In((int)Symbol.BuildingVolume, volume).Cut(), Basis.BuildingShare, metered);
        if (month.HeatsAllYear)
            _charged = _year.Twelfth is { } twelfth ? Share(twelfth, Basis.BuildingShare, new Dictionary<PremisesId, Fragment>()) : null;
        else if (_actual is not null)
            _charged = _actual;
        else if (month.Season.Length > 0 && HeatMeterAverage.Find(facts, rules, month) is { } average)
            _charged = Share(average, Basis.Average, metered);
    }

    /// <summary>The building's volume by its meter or, while that is silent, by the weather, Gcal; null: by norm.</summary>
    public Exact? Volume => (_month.HeatsAllYear ? _actual : _charged)?.Volume.Value;

    /// <summary>A building heat meter stands, whether or not it worked in the month.</summary>
    public bool HasMeter { get; }

    public void Write(AccountRecord account)
    {
        var days = DaysOf(account, _month.Heated);
        if (days.Count > 0)
        {
            PutCharge(account, days);
            _writer.Close(
                account, Service.Heating, new(ComponentKind.Heat), Bases.Of(_charged?.Basis ?? Basis.Norm), Unit.Gigacalorie,
                _charged is null ? Formula.HeatingByNorm
                    : _month.HeatsAllYear ? Formula.HeatingAllYear
                    : Formula.HeatingByBuildingMeter);
            if (_charged is null && !HasMeter && _rooms.Building.HeatMeterPossible)
                Excess(account, days);
        }

        if (_month.HeatsAllYear && HasMeter && People.Served(account, Service.Heating, _month.Month).Any())
            _year.WriteTrueUp(account, _rooms);
    }

    /// <summary>
    /// The fee that reductions are taken of where it is not the charge: under the all-year scheme the month by its own
    /// volume, where known (INT-12, 18.18).
    /// </summary>
    public Money? ActualFee(AccountRecord account, Currency currency)
    {
        if (!_month.HeatsAllYear || _actual is null)
            return null;
        var days = DaysOf(account, _month.Season is { Length: > 0 } season ? season : _month.Heated);
        if (days.Count == 0)
            return Money.Zero(currency);
        PutCharge(account, days, share: _actual, over: days.Sum(d => d.Days));
        var fee = Money.Round(_writer.Tape.Top, currency);
        _writer.Tape.Clear();
        return fee;
    }

    /// <summary>The charge of the month before its rounding, and its volume, Gcal.</summary>
    public (Exact Charge, Exact Volume) Charge(AccountRecord account)
    {
        var days = DaysOf(account, _month.Heated);
        if (days.Count == 0)
            return (Exact.Zero, Exact.Zero);
        PutCharge(account, days);
        var charge = (_writer.Tape.Top, _writer.Tape.QuantitySum);
        _writer.Tape.Clear();
        return charge;
    }

    /// <summary>The norm of the room for the account's days, Gcal.</summary>
    public Exact NormOf(AccountRecord account)
    {
        var sum = Exact.Zero;
        foreach (var days in DaysOf(account, _month.Heated))
        {
            PutNorm(account.Premises, days);
            sum += _writer.Tape.Top;
            _writer.Tape.Clear();
        }

        return sum;
    }

    /// <summary>No building meter although one could and must stand: a factor on the norm (INT-18).</summary>
    private void Excess(AccountRecord account, List<Span> days)
    {
        PutCharge(account, days, factor: true, quantity: false);
        _writer.Tape.Round();
        PutCharge(account, days, quantity: false);
        _writer.Tape.Round().Subtract();
        _writer.Close(
            account, Service.Heating, new(ComponentKind.Excess), Bases.Of(Basis.Norm), Unit.Gigacalorie, Formula.RaisingFactor,
            rounded: true);
    }

    private List<Span> DaysOf(AccountRecord account, IReadOnlyList<Span> heated) =>
        [.. People.Served(account, Service.Heating, _month.Month).SelectMany(served => heated.Select(h => h.Intersect(served)))
            .Where(d => !d.IsEmpty)];

    /// <param name="over">The days that the shared volume lies over; null: the heated days.</param>
    private void PutCharge(
        AccountRecord account, List<Span> days, bool factor = false, bool quantity = true, HeatShare? share = null, int? over = null)
    {
        var (tape, first) = (_writer.Tape, true);
        var heatedDays = over ?? _month.Heated.Sum(h => h.Days);
        foreach (var price in days.SelectMany(d => PricesOf(account, d)))
        {
            tape.During(price.Days.From + 1, price.Days.To);
            if ((share ?? _charged) is { } shared)
            {
                shared.Put(account.Premises);
                tape.During(price.Days.From + 1, price.Days.To).Share(price.Days, heatedDays);
            }
            else
            {
                PutNorm(account.Premises, price.Days);
            }

            _writer.PutPrice(price, quantity);
            if (factor)
                tape.In((int)Symbol.RaisingFactor, _month.Get(ParameterTable.RaisingFactor, "heating", price.Days.From)).Multiply();
            if (!first)
                tape.Add();
            first = false;
        }
    }

    /// <summary>The prices of some days, cut where the norm changes too.</summary>
    private IEnumerable<Price> PricesOf(AccountRecord account, Span days) => _writer.Prices(account, Component, days)
        .SelectMany(price => _charged is not null
            ? [price]
            : _month.Over(ParameterTable.Norm, NormKey(account.Premises, price.Days), price.Days)
                .Select(n => price with { Days = n.Days }));

    private string NormKey(PremisesId premises, Span days) =>
        NormVolumes.KeysOf(_premises[premises], Service.Heating, _month, days).First().Key;

    /// <summary>S * N * heated days / days of the month (F.2); under all-year S * N * K over all days (F.2(1)).</summary>
    private void PutNorm(PremisesId premises, Span days)
    {
        var room = _rooms[premises];
        if (room.OwnHeatSource)
        {
            // F.2(4): the building's volume by norm leaves out the rooms with a source of their own.
            _writer.Tape.In((int)Symbol.RoomVolume, 0L);
            return;
        }

        var norm = _month.Get(ParameterTable.Norm, NormKey(premises, days), days.From);
        _writer.Tape.In((int)Symbol.Area, room.Area).In((int)Symbol.Norm, norm).Multiply();
        if (_month.HeatsAllYear)
            _writer.Tape.In((int)Symbol.YearShare, YearShare(days.From)).Multiply();
        _writer.Tape.Share(days, _month.Days);
    }

    private Exact YearShare(int day) =>
        _month.Get(ParameterTable.Setting, Settings.HeatingMonths, day) / Exact.Of(12);

    private HeatShare Share(Fragment volume, Basis basis, IReadOnlyDictionary<PremisesId, Fragment> metered) =>
        new(_rooms, volume, basis, metered, _writer.Tape);

    private static Dictionary<PremisesId, Fragment> Metered(BuildingFacts facts, BuildingVolumes volumes)
    {
        var metered = new Dictionary<PremisesId, Fragment>();
        foreach (var premises in facts.Building.Premises)
        {
            if (premises.Meters.Any(m => m.Service == Service.Heating)
                && volumes.Meters(premises, Service.Heating).Pieces is [{ Basis: not Basis.Norm } piece])
            {
                metered[premises.Id] = piece.Volumes[0].Volume;
            }
        }

        return metered;
    }
}

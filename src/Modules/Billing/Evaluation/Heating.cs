using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Heating of a building's month (p.42(1); rules.md 1.3): by the building's meter shared by area, else by norm. Areas
/// hold by whole months (18.15), the charge lies over the heated days (18.12).
/// </summary>
internal sealed class Heating
{
    private readonly MonthRules _month;
    private readonly LineWriter _writer;
    private readonly BuildingPassport _building;
    private readonly Dictionary<PremisesId, PremisesPassport> _rooms;
    private readonly Dictionary<PremisesId, Fragment> _metered = [];
    private readonly Exact _allRooms;
    private readonly Exact _ownSource;
    private readonly Exact _roomSum;
    private readonly int _heatedDays;
    private readonly Fragment? _volume;
    private readonly Basis _basis = Basis.BuildingShare;

    public Heating(BuildingFacts facts, Rules rules, BuildingVolumes volumes, MonthRules month, LineWriter writer)
    {
        (_month, _writer) = (month, writer);
        _building = Passports.Of(facts.Building, month.Month);
        _rooms = facts.Building.Premises.ToDictionary(p => p.Id, p => Passports.Of(p, month.Month, 0));
        _allRooms = Areas(_ => true);
        _ownSource = Areas(r => r.OwnHeatSource);
        _heatedDays = month.Heated.Sum(h => h.Days);
        HasMeter = facts.Building.Meters.Any(m => m.Service == Service.Heating);
        if (BuildingMeters.VolumeOf(facts, Service.Heating, month.Month) is { } metered)
            _volume = writer.Tape.In((int)Symbol.BuildingVolume, metered).Cut();
        else if (HasMeter && _heatedDays > 0)
            (_volume, _basis) = (HeatMeterAverage.Find(facts, rules, month), Basis.Average);
        foreach (var premises in facts.Building.Premises)
        {
            if (premises.Meters.Any(m => m.Service == Service.Heating)
                && volumes.Pieces(premises, Service.Heating) is [{ Basis: not Basis.Norm } piece])
            {
                _metered[premises.Id] = piece.Volumes[0].Volume;
            }
        }

        _roomSum = _volume is null ? Exact.Zero : _rooms.Keys.Aggregate(Exact.Zero, (sum, room) => sum + RoomVolume(room));
    }

    /// <summary>The building's volume by its meter or, while that is silent, by the weather, Gcal; null: by norm.</summary>
    public Exact? Volume => _volume?.Value;

    /// <summary>A building heat meter stands, whether or not it worked in the month.</summary>
    public bool HasMeter { get; }

    public void Write(AccountRecord account)
    {
        if (_month.HeatsAllYear && HasMeter)
            throw new RefusedException(new Refusal("billing.heating-scheme-unsupported", ("scheme", "all_year by building meter")));

        var days = People.Served(account, Service.Heating, _month.Month)
            .SelectMany(served => _month.Heated.Select(h => h.Intersect(served)))
            .Where(d => !d.IsEmpty).ToList();
        if (days.Count == 0)
            return;
        var room = _rooms[account.Premises];
        var metered = _volume is not null;
        PutCharge(account, room, days, factor: false);
        _writer.Close(
            account, Service.Heating, new(ComponentKind.Heat), Bases.Of(metered ? _basis : Basis.Norm), Unit.Gigacalorie,
            metered ? Formula.HeatingByBuildingMeter : Formula.HeatingByNorm);
        if (!metered && !HasMeter && _building.HeatMeterPossible)
            Excess(account, room, days);
    }

    /// <summary>No building meter although one could and must stand: a factor on the norm (INT-18).</summary>
    private void Excess(AccountRecord account, PremisesPassport room, List<Span> days)
    {
        PutCharge(account, room, days, factor: true);
        _writer.Tape.Round();
        PutCharge(account, room, days, factor: false, quantity: false);
        _writer.Tape.Round().Subtract();
        _writer.Close(
            account, Service.Heating, new(ComponentKind.Excess), Bases.Of(Basis.Norm), Unit.Gigacalorie, Formula.RaisingFactor,
            rounded: true);
    }

    private void PutCharge(AccountRecord account, PremisesPassport room, List<Span> days, bool factor, bool quantity = true)
    {
        var tape = _writer.Tape;
        var first = true;
        foreach (var price in days.SelectMany(d => _month.Over(LineWriter.TariffTable(account), "heating", d)))
        {
            tape.During(price.Days.From + 1, price.Days.To);
            if (_volume is null)
                PutNorm(room, price.Days);
            else
                PutShare(account.Premises, room, price.Days);
            if (quantity && !factor)
                tape.Quantity();
            tape.From((int)FactKind.Parameter, price.Parameter).In((int)Symbol.Tariff, price.Value).Multiply();
            if (factor)
                tape.In((int)Symbol.RaisingFactor, _month.Get(ParameterTable.RaisingFactor, "heating", price.Days.From)).Multiply();
            if (!first)
                tape.Add();
            first = false;
        }
    }

    /// <summary>S * N * heated days / days of the month (F.2); under all-year S * N * K over all days (F.2(1)).</summary>
    private void PutNorm(PremisesPassport room, Span days)
    {
        if (room.OwnHeatSource)
        {
            // F.2(4): the building's volume by norm leaves out the rooms with a source of their own.
            _writer.Tape.In((int)Symbol.RoomVolume, 0L);
            return;
        }

        var norm = _month.Get(ParameterTable.Norm, "heating", days.From);
        _writer.Tape.In((int)Symbol.Area, room.Area).In((int)Symbol.Norm, norm).Multiply();
        if (_month.HeatsAllYear)
            _writer.Tape.In((int)Symbol.YearShare, YearShare(days.From)).Multiply();
        _writer.Tape.Share(days, _month.Days);
    }

    private Exact YearShare(int day) =>
        _month.Get(ParameterTable.Setting, Settings.HeatingMonths, day) / Exact.Of(12);

    /// <summary>Vi + S * (Vd - sum Vi) / Sob (F.3, 3(1), 3(3)).</summary>
    private void PutShare(PremisesId premises, PremisesPassport room, Span days)
    {
        var tape = _writer.Tape;
        PutRoom(premises, room);
        tape.Name((int)Symbol.RoomVolume);
        tape.In((int)Symbol.Area, room.Area)
            .Append(_volume!).In((int)Symbol.IndividualVolume, _roomSum).Subtract().Multiply()
            .In((int)Symbol.AreaOfAllRooms, _allRooms).Divide().Name((int)Symbol.CommonVolume).Add();
        _writer.Tape.Share(days, _heatedDays);
    }

    private void PutRoom(PremisesId premises, PremisesPassport room)
    {
        var tape = _writer.Tape;
        if (_metered.TryGetValue(premises, out var volume))
        {
            tape.Append(volume);
        }
        else if (room.OwnHeatSource)
        {
            tape.In((int)Symbol.RoomVolume, 0L);
        }
        else if (_metered.Count > 0)
        {
            tape.In((int)Symbol.Area, room.Area).In((int)Symbol.IndividualVolume, MeteredVolume()).Multiply()
                .In((int)Symbol.AreaOfAllRooms, MeteredArea()).Divide();
        }
        else
        {
            tape.In((int)Symbol.Area, room.Area).Append(_volume!).Multiply()
                .In((int)Symbol.AreaOfAllRooms, _allRooms).In((int)Symbol.OwnSourceArea, _ownSource).Subtract()
                .In((int)Symbol.CommonArea, _building.CommonArea).Add().Divide();
        }
    }

    private Exact RoomVolume(PremisesId premises)
    {
        PutRoom(premises, _rooms[premises]);
        var volume = _writer.Tape.Top;
        _writer.Tape.Clear();
        return volume;
    }

    private Exact MeteredVolume() => _metered.Values.Aggregate(Exact.Zero, (sum, v) => sum + v.Value);

    private Exact MeteredArea() => Areas((id, _) => _metered.ContainsKey(id));

    private Exact Areas(Func<PremisesPassport, bool> which) => Areas((_, room) => which(room));

    private Exact Areas(Func<PremisesId, PremisesPassport, bool> which)
    {
        var sum = Fixed.Zero;
        foreach (var (id, room) in _rooms)
        {
            if (which(id, room))
                sum += room.Area;
        }

        return sum.ToExact();
    }
}

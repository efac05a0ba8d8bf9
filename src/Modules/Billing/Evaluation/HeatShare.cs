using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>The rooms of a building with their passports of the month: areas hold by whole months (18.15).</summary>
internal sealed class HeatRooms
{
    private readonly Dictionary<PremisesId, PremisesPassport> _rooms;

    public HeatRooms(BuildingRecord building, BillingPeriod month)
    {
        Building = Passports.Of(building, month);
        _rooms = building.Premises.ToDictionary(p => p.Id, p => Passports.Of(p, month, 0));
        All = Area((_, _) => true);
        OwnSource = Area((_, room) => room.OwnHeatSource);
    }

    public BuildingPassport Building { get; }

    /// <summary>Sob, m2.</summary>
    public Exact All { get; }

    /// <summary>Sind, m2.</summary>
    public Exact OwnSource { get; }

    public IEnumerable<PremisesId> Ids => _rooms.Keys;

    public PremisesPassport this[PremisesId id] => _rooms[id];

    public Exact Area(Func<PremisesId, PremisesPassport, bool> which)
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

/// <summary>A building's volume of heat shared among its rooms: Vi + S * (Vd - sum Vi) / Sob (F.3, 3(1), 3(3)).</summary>
internal sealed class HeatShare
{
    private readonly HeatRooms _rooms;
    private readonly IReadOnlyDictionary<PremisesId, Fragment> _metered;
    private readonly Tape _tape;
    private readonly Exact _meteredVolume;
    private readonly Exact _meteredArea;
    private readonly Exact _roomSum;

    /// <param name="metered">Volumes of the rooms with a heat meter of their own.</param>
    public HeatShare(HeatRooms rooms, Fragment volume, Basis basis, IReadOnlyDictionary<PremisesId, Fragment> metered, Tape tape)
    {
        (_rooms, Volume, Basis, _metered, _tape) = (rooms, volume, basis, metered, tape);
        _meteredVolume = metered.Values.Aggregate(Exact.Zero, (sum, v) => sum + v.Value);
        _meteredArea = rooms.Area((id, _) => metered.ContainsKey(id));
        _roomSum = rooms.Ids.Aggregate(Exact.Zero, (sum, room) => sum + RoomVolume(room));
    }

    public Fragment Volume { get; }
    public Basis Basis { get; }

    /// <summary>Puts the room's volume and its part of what is common, of the whole month.</summary>
    public void Put(PremisesId premises)
    {
        PutRoom(premises);
        _tape.Name((int)Symbol.RoomVolume).In((int)Symbol.Area, _rooms[premises].Area)
            .Append(Volume).In((int)Symbol.IndividualVolume, _roomSum).Subtract().Multiply()
            .In((int)Symbol.AreaOfAllRooms, _rooms.All).Divide().Name((int)Symbol.CommonVolume).Add();
    }

    private void PutRoom(PremisesId premises)
    {
        var room = _rooms[premises];
        if (_metered.TryGetValue(premises, out var volume))
        {
            _tape.Append(volume);
        }
        else if (room.OwnHeatSource)
        {
            _tape.In((int)Symbol.RoomVolume, 0L);
        }
        else if (_metered.Count > 0)
        {
            // A part of the rooms has meters: the others take their mean per m2 (INT-4, 18.13).
            _tape.In((int)Symbol.Area, room.Area).In((int)Symbol.MeteredVolume, _meteredVolume).Multiply()
                .In((int)Symbol.MeteredArea, _meteredArea).Divide();
        }
        else
        {
            _tape.In((int)Symbol.Area, room.Area).Append(Volume).Multiply()
                .In((int)Symbol.AreaOfAllRooms, _rooms.All).In((int)Symbol.OwnSourceArea, _rooms.OwnSource).Subtract()
                .In((int)Symbol.CommonArea, _rooms.Building.CommonArea).Add().Divide();
        }
    }

    private Exact RoomVolume(PremisesId premises)
    {
        PutRoom(premises);
        var volume = _tape.Top;
        _tape.Clear();
        return volume;
    }
}

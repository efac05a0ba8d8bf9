using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>A main component of a service by volume: its tariff, its unit, the zone it belongs to.</summary>
internal sealed record VolumeComponent(
    ComponentKind Kind, string Tariff, Unit Unit, Formula Formula, Zone? Zone = null, bool IsHeat = false);

/// <summary>The lines of cold water, hot water, drainage and electricity by volume, with their excess and p.47.</summary>
internal sealed class VolumeLines(BuildingVolumes volumes, LineWriter writer, string hotWaterSystem)
{
    private static readonly VolumeComponent[] Cold =
        [new(ComponentKind.Volume, "cold_water", Unit.CubicMetre, Formula.VolumeByTariff)];

    private static readonly VolumeComponent[] Hot =
    [
        new(ComponentKind.Carrier, "hot_water.carrier", Unit.CubicMetre, Formula.VolumeByTariff),
        new(ComponentKind.Heat, "hot_water.heat", Unit.Gigacalorie, Formula.HotWaterHeat, IsHeat: true),
    ];

    private static readonly VolumeComponent[] Drain =
        [new(ComponentKind.Volume, "drainage", Unit.CubicMetre, Formula.VolumeByTariff)];

    private static readonly VolumeComponent[] Power =
    [
        new(ComponentKind.Energy, "electricity.energy", Unit.KilowattHour, Formula.VolumeByTariff, Zone.Single),
        new(ComponentKind.Day, "electricity.day", Unit.KilowattHour, Formula.VolumeByTariff, Zone.Day),
        new(ComponentKind.Peak, "electricity.peak", Unit.KilowattHour, Formula.VolumeByTariff, Zone.Peak),
        new(ComponentKind.HalfPeak, "electricity.half_peak", Unit.KilowattHour, Formula.VolumeByTariff, Zone.HalfPeak),
        new(ComponentKind.Night, "electricity.night", Unit.KilowattHour, Formula.VolumeByTariff, Zone.Night),
    ];

    public static VolumeComponent[] ComponentsOf(Service service) => service switch
    {
        Service.ColdWater => Cold,
        Service.HotWater => Hot,
        Service.Drainage => Drain,
        Service.Electricity => Power,
        _ => [],
    };

    /// <summary>All lines of the service; <paramref name="takenOff"/> is the volume that p.47 takes off the account.</summary>
    public void Write(AccountRecord account, Service service, Exact takenOff)
    {
        var all = volumes.Segments(account, service);
        foreach (var component in ComponentsOf(service))
        {
            var segments = all.Where(s => component.Zone is null || s.Zone == component.Zone).ToList();
            if (segments.Count == 0)
                continue;
            var heatKey = component.IsHeat ? hotWaterSystem : null;
            var bases = writer.PutCharge(account, segments, component.Tariff, heatKey);
            writer.Close(account, service, new(component.Kind), bases, component.Unit, component.Formula);
            if (segments.Exists(s => s.Factor))
                Excess(account, service, component, segments, heatKey);
            if (!takenOff.IsZero)
                Negative(account, service, component, segments, heatKey, takenOff);
        }
    }

    /// <summary>round(P(Kp)) - round(P(1)), a line of its own with quantity 0 (rules.md 1.1, 18.25).</summary>
    private void Excess(
        AccountRecord account, Service service, VolumeComponent component, List<Segment> segments, string? heatKey)
    {
        writer.PutCharge(account, segments, component.Tariff, heatKey, quantity: false, factor: true);
        writer.Tape.Round();
        writer.PutCharge(account, segments, component.Tariff, heatKey, quantity: false);
        writer.Tape.Round().Subtract();
        writer.Close(
            account, service, new(ComponentKind.Excess, PartOf(service, component)), Bases.Of(Basis.Norm), component.Unit,
            Formula.RaisingFactor, rounded: true);
    }

    /// <summary>p.47: round(rest) - round(whole) of the component, the volume taken off in proportion (18.16).</summary>
    private void Negative(
        AccountRecord account, Service service, VolumeComponent component, List<Segment> segments, string? heatKey, Exact takenOff)
    {
        var whole = volumes.Volume(account, service);
        if (whole.IsZero)
            return;
        var tape = writer.Tape;
        tape.In((int)Symbol.VolumeTakenOff, -takenOff * writer.QuantityOf(segments, heatKey) / whole).Quantity().Discard();
        writer.PutCharge(account, segments, component.Tariff, heatKey, quantity: false);
        tape.In((int)Symbol.Volume, whole).In((int)Symbol.VolumeTakenOff, takenOff).Subtract().Multiply()
            .In((int)Symbol.Volume, whole).Divide().Round();
        writer.PutCharge(account, segments, component.Tariff, heatKey, quantity: false);
        tape.Round().Subtract();
        writer.Close(
            account, service, new(ComponentKind.CommonNegative, PartOf(service, component)), Bases.Of(Basis.BuildingShare),
            component.Unit, Formula.CommonNegative, rounded: true);
    }

    private static ComponentKind? PartOf(Service service, VolumeComponent component) =>
        service == Service.HotWater || component.Zone is not (null or Zone.Single) ? component.Kind : null;
}

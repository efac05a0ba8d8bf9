using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>A main component of a service by volume: its tariff, its unit, the zone it belongs to.</summary>
internal sealed record VolumeComponent(
    ComponentKind Kind, string Tariff, Unit Unit, Formula Formula, Zone? Zone = null, bool IsHeat = false);

/// <summary>The lines of services by volume, with their excess and p.47.</summary>
internal sealed class VolumeLines(BuildingVolumes volumes, LineWriter writer, MonthRules month)
{
    private static readonly VolumeComponent[] Cold =
        [new(ComponentKind.Volume, "cold_water", Unit.CubicMetre, Formula.VolumeByTariff)];

    private static readonly VolumeComponent[] Hot =
    [
        new(ComponentKind.Carrier, "hot_water.carrier", Unit.CubicMetre, Formula.VolumeByTariff),
        new(ComponentKind.Heat, "hot_water.heat", Unit.Gigacalorie, Formula.HotWaterHeat, IsHeat: true),
    ];

    private static readonly VolumeComponent[] HotByOneTariff =
        [new(ComponentKind.Volume, HotWaterTariff, Unit.CubicMetre, Formula.VolumeByTariff)];

    private static readonly VolumeComponent[] Gas =
        [new(ComponentKind.Supply, "gas.supply", Unit.CubicMetre, Formula.GasByTariff)];

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

    /// <summary>Of the tariffs of hot water, the one that stands for both components.</summary>
    private const string HotWaterTariff = "hot_water";

    public static VolumeComponent[] ComponentsOf(Service service, MonthRules month) => service switch
    {
        Service.ColdWater => Cold,
        Service.HotWater => month.Levels(ParameterTable.Tariff, HotWaterTariff).Length > 0 ? HotByOneTariff : Hot,
        Service.Drainage => Drain,
        Service.Electricity => Power,
        Service.Gas => Gas,
        _ => [],
    };

    /// <summary>The component that a line beside the main ones belongs to, where the service has several.</summary>
    public static ComponentKind? PartOf(VolumeComponent component) =>
        component.Kind is ComponentKind.Volume or ComponentKind.Energy or ComponentKind.Supply ? null : component.Kind;

    /// <summary>All lines of the service; <paramref name="takenOff"/> is the volume that p.47 takes off the account.</summary>
    public void Write(AccountRecord account, Service service, Fragment? takenOff)
    {
        var all = volumes.Segments(account, service);
        var ranges = PriceRanges.Of(account, service, all, month, Exact.Zero);
        foreach (var component in ComponentsOf(service, month))
        {
            var segments = all.Where(s => component.Zone is null || s.Zone == component.Zone).ToList();
            if (segments.Count == 0)
                continue;
            var bases = writer.PutCharge(account, segments, component, ranges: ranges);
            var formula = ranges is null ? component.Formula : Formula.ElectricityRanges;
            writer.Close(account, service, new(component.Kind), bases, component.Unit, formula);
            if (segments.Exists(s => s.Factor))
                Excess(account, service, component, segments);
            if (takenOff is not null)
                Negative(account, service, component, segments, takenOff);
        }
    }

    /// <summary>round(P(Kp)) - round(P(1)), a line of its own with quantity 0 (rules.md 1.1, 18.25).</summary>
    private void Excess(AccountRecord account, Service service, VolumeComponent component, List<Segment> segments)
    {
        writer.PutCharge(account, segments, component, quantity: false, factor: true);
        writer.Tape.Round();
        writer.PutCharge(account, segments, component, quantity: false);
        writer.Tape.Round().Subtract();
        writer.Close(
            account, service, new(ComponentKind.Excess, PartOf(component)), Bases.Of(Basis.Norm), component.Unit,
            Formula.RaisingFactor, rounded: true);
    }

    /// <summary>p.47: round(rest) - round(whole) of the component, the volume taken off in proportion (18.16).</summary>
    private void Negative(
        AccountRecord account, Service service, VolumeComponent component, List<Segment> segments, Fragment takenOff)
    {
        var all = volumes.Segments(account, service);
        var whole = volumes.Volume(account, service);
        if (whole.IsZero)
            return;
        var tape = writer.Tape;
        tape.In((int)Symbol.VolumeTakenOff, -takenOff.Value * writer.QuantityOf(account, segments, component) / whole).Quantity().Discard();
        writer.PutCharge(
            account, segments, component, quantity: false, ranges: PriceRanges.Of(account, service, all, month, takenOff.Value));
        tape.In((int)Symbol.Volume, whole).Append(takenOff).Subtract().Multiply()
            .In((int)Symbol.Volume, whole).Divide().Round();
        writer.PutCharge(
            account, segments, component, quantity: false, ranges: PriceRanges.Of(account, service, all, month, Exact.Zero));
        tape.Round().Subtract();
        writer.Close(
            account, service, new(ComponentKind.CommonNegative, PartOf(component)), Bases.Of(Basis.BuildingShare), component.Unit,
            Formula.CommonNegative, rounded: true);
    }
}

using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Reductions for quality and breaks (p.98-101, Annex 1; rules.md section 3, 18.18 to 18.21): one line for each kind, in
/// order, until the fee is used up. The fee is the rounded main components with p.47 and absence.
/// </summary>
internal sealed class QualityRule(
    BuildingFacts facts, BuildingVolumes volumes, AbsenceRule absence, Heating heating, MonthRules month, LineWriter writer)
{
    private readonly int _sources = Passports.Of(facts.Building, month.Month).ElectricitySources;

    /// <param name="first">The number of the account's first line.</param>
    public void Write(AccountRecord account, Service service, int first)
    {
        if (facts.QualityEvents.Count == 0)
            return;
        var timeline = new QualityTimeline(facts, account, service);
        if (timeline.Slices.Count == 0)
            return;
        var lines = Fee.LinesOf(writer.Lines, first, service);
        if (month.FindSetting(Settings.QualityByShare, service) is > 0)
            new GasBreak(volumes, month, writer).Write(account, timeline, lines);
        else
            WriteKinds(account, service, timeline, new Fee(lines, heating, account, service, facts.Currency));
    }

    private void WriteKinds(AccountRecord account, Service service, QualityTimeline timeline, Fee fee)
    {
        var slices = timeline.Slices.SelectMany(s => timeline.Counted(month.Month, s)).ToList();
        var hours = timeline.HoursOf(month.Month);
        var over = new BreakHours(service, _sources, month).Over(timeline);
        Because(fee, timeline, Trouble.Break);
        ByHours(account, service, ComponentKind.QualityBreak, fee, over, Rate("break"));
        Because(fee, timeline, Trouble.Planned);
        var stops = new PlannedStops(volumes, absence, month, writer);
        var planned = stops.Split(timeline);
        if (!fee.IsUsedUp && stops.Put(account, service, timeline, planned.Allowed, fee))
            Close(account, service, ComponentKind.QualityPlanned, fee, Basis.Norm, UnitOf(service), Formula.NotSupplied);
        ByHours(account, service, ComponentKind.QualityPlannedOver, fee, planned.OverHours, Rate("break"));
        Because(fee, timeline, Trouble.Composition);
        Composition(account, service, fee, Hours(slices.Where(s => s.Trouble == Trouble.Composition)), hours);
        Because(fee, timeline, Trouble.Pressure);
        Pressure(account, service, fee, [.. slices.Where(s => s.Trouble == Trouble.Pressure)], hours);
        Because(fee, timeline, Trouble.Temperature);
        if (service is Service.HotWater or Service.Heating)
            Temperature(account, service, fee, new QualityTemperature(timeline, month).Read(service, slices), hours);
    }

    /// <summary>
    /// The hours name the latest event of the kind that began before the month's end, and beside it the others that have
    /// hours in the month.
    /// </summary>
    private void Because(Fee fee, QualityTimeline timeline, Trouble trouble)
    {
        var slices = timeline.Slices.Where(s => s.Trouble == trouble && s.From < timeline.End(month.Month)).ToList();
        fee.Cause = slices.Select(s => s.Fact).LastOrDefault();
        fee.Beside = [.. slices.Where(s => s.Fact != fee.Cause).SelectMany(s => timeline.Counted(month.Month, s))
            .GroupBy(s => s.Fact).Select(g => (g.Key, Hours(g)))];
    }

    /// <summary>By days whatever the meters (p.101); of electricity each hour off voltage or frequency costs a part.</summary>
    private void Composition(AccountRecord account, Service service, Fee fee, Exact hours, Exact all)
    {
        if (service == Service.Electricity)
            ByHours(account, service, ComponentKind.QualityComposition, fee, hours, Rate("break"));
        else
            ByShare(account, service, ComponentKind.QualityComposition, fee, hours, all);
    }

    /// <summary>Up to a quarter a part for each hour, above it by days; of heating always by days.</summary>
    private void Pressure(AccountRecord account, Service service, Fee fee, List<Slice> slices, Exact all)
    {
        var bound = month.Number("quality.pressure_bound");
        bool Over(Slice s) => service == Service.Heating || (s.Value ?? Exact.Zero) > bound;
        ByHours(account, service, ComponentKind.QualityPressure, fee, Hours(slices.Where(s => !Over(s))), Rate("pressure"));
        ByShare(account, service, ComponentKind.QualityPressureOver, fee, Hours(slices.Where(Over)), all);
    }

    private void Temperature(
        AccountRecord account, Service service, Fee fee, (Exact Hours, Exact DegreeHours, Exact ColdHours) read, Exact all)
    {
        if (!read.Hours.IsZero)
            ByHours(account, service, ComponentKind.QualityTemperature, fee, read.Hours, Rate($"{Name(service)}.degree"), read.DegreeHours);
        Cold(account, service, fee, read.ColdHours, all);
    }

    /// <summary>Hot water below 40 degrees is paid as cold: the hours' share of what heating it cost.</summary>
    private void Cold(AccountRecord account, Service service, Fee fee, Exact hours, Exact all)
    {
        if (hours.IsZero || fee.IsUsedUp)
            return;
        var tape = fee.Reduce(writer.Tape, fee.HeatPart);
        tape.PutFee();
        if (fee.HeatPart == fee.Parts)
            PutHeatShareOfOneTariff(account);
        tape.Share(hours, all);
        tape.Finish();
        Close(account, service, ComponentKind.QualityCold, fee, Basis.Hours, Unit.Hour, Formula.QualityByShare);
    }

    /// <summary>Of one tariff for hot water, what it is above the tariff of cold water: V * h/H * (Thw - Tcw).</summary>
    private void PutHeatShareOfOneTariff(AccountRecord account)
    {
        var table = LineWriter.TariffTable(account);
        var (hot, cold) = (month.Mean(table, "hot_water"), month.Mean(table, "cold_water"));
        writer.Tape.In((int)Symbol.Tariff, hot).In((int)Symbol.Tariff, cold).Subtract().Multiply().In((int)Symbol.Tariff, hot).Divide();
    }

    private void ByHours(
        AccountRecord account, Service service, ComponentKind kind, Fee fee, Exact hours, Exact rate, Exact? weight = null)
    {
        if (hours.IsZero || fee.IsUsedUp)
            return;
        fee.Reduce(writer.Tape).ByHours(hours, rate, weight);
        Close(account, service, kind, fee, Basis.Hours, Unit.Hour, Formula.QualityByHours);
    }

    private void ByShare(AccountRecord account, Service service, ComponentKind kind, Fee fee, Exact hours, Exact all)
    {
        if (hours.IsZero || fee.IsUsedUp)
            return;
        fee.Reduce(writer.Tape).ByShare(hours, all);
        Close(account, service, kind, fee, Basis.Hours, Unit.Hour, Formula.QualityByShare);
    }

    private void Close(
        AccountRecord account, Service service, ComponentKind kind, Fee fee, Basis basis, Unit unit, Formula formula) =>
        fee.Take(writer.Close(account, service, new(kind), Bases.Of(basis), unit, formula, rounded: true));

    private Exact Rate(string name) => month.Number($"quality.{name}_percent") / Exact.Of(100);

    private static string Name(Service service) => BuildingVolumes.NormKey(service);

    private static Unit UnitOf(Service service) => service == Service.Electricity ? Unit.KilowattHour : Unit.CubicMetre;

    private static Exact Hours(IEnumerable<Slice> slices) => slices.Aggregate(Exact.Zero, (sum, s) => sum + s.Hours);
}

/// <summary>The fee of an account's service that reductions are taken of, and what is left of it.</summary>
internal sealed class Fee
{
    public Fee(IReadOnlyList<ChargeLine> lines, Heating heating, AccountRecord account, Service service, Currency currency)
    {
        Parts = service == Service.Heating && heating.ActualFee(account, currency) is { } actual
            ? [actual]
            : [.. lines.Select(l => l.Amount)];
        var heat = lines.Where(l => (l.Component.Part ?? l.Component.Kind) == ComponentKind.Heat).Select(l => l.Amount).ToList();
        HeatPart = heat.Count > 0 ? heat : Parts;
        Left = Parts.Aggregate(Money.Zero(currency), (sum, part) => sum + part);
    }

    public IReadOnlyList<Money> Parts { get; }

    /// <summary>The part of hot water that is heat; the whole fee where one tariff stands for both.</summary>
    public IReadOnlyList<Money> HeatPart { get; }

    public Money Left { get; private set; }

    /// <summary>The event that the next reduction is for.</summary>
    public long Cause { get; set; }

    /// <summary>The other events of its kind, with their hours of the month.</summary>
    public IReadOnlyList<(long Fact, Exact Hours)> Beside { get; set; } = [];

    public bool IsUsedUp => Left.Minor <= 0;

    public ReductionTape Reduce(Foundation.Workings.Tape tape, IReadOnlyList<Money>? of = null) =>
        new(tape, of ?? Parts, Left, Cause, Beside);

    public void Take(ChargeLine reduction) => Left += reduction.Amount;

    /// <summary>Main components, p.47 and absence: not the excess, common needs, acts, true-up (18.18).</summary>
    public static List<ChargeLine> LinesOf(List<ChargeLine> lines, int first, Service service) =>
        [.. lines.Skip(first).Where(l => l.Service == service
            && (l.Component.IsMain || l.Component.Kind is ComponentKind.CommonNegative or ComponentKind.Absence))];
}

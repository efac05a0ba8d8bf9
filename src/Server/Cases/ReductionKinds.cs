using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Cases;

/// <summary>
/// Kinds of golden cases that give the fee and enter at the rule that reduces it, and those of the pure functions about
/// missing readings.
/// </summary>
internal static class ReductionKinds
{
    private static readonly Exact Hundred = Exact.Of(100);

    public static readonly IReadOnlyDictionary<string, CheckKind> All = new Dictionary<string, CheckKind>(StringComparer.Ordinal)
    {
        ["outage"] = Outage,
        ["hw_temp"] = HotWaterTemperature,
        ["hw_cold"] = (input, _) => Reduced(QualityReductions.ByShare(
            Fee(input, "heat_fee"), input.Number("hours"), input.Number("month_hours"))),
        ["heat_temp"] = RoomTemperature,
        ["p101"] = (input, _) => Reduced(QualityReductions.ByShare(Fee(input), input.Number("bad"), input.Number("total"))),
        ["pressure"] = (input, pack) => Reduced(QualityReductions.ByHours(
            Fee(input), input.Number("hours"), Setting(pack, "quality.pressure_percent") / Hundred)),
        ["p100"] = NotSupplied,
        ["average"] = Average,
        ["missing_mode"] = MissingMode,
    };

    private static Dictionary<string, CaseValue> Outage(CaseInput input, RulePack pack)
    {
        var (once, month) = (input.Number("single_limit_h"), input.Number("total_limit_h"));
        var breaks = input.Numbers("interruptions_h");
        var excess = QualityReductions.ExcessHours(
            Sum(breaks.Select(b => Exact.Max(Exact.Zero, b - once))), Sum(breaks), month == once ? null : month);
        var reduction = QualityReductions.ByHours(Fee(input), excess, Setting(pack, "quality.break_percent") / Hundred);
        return new(StringComparer.Ordinal)
        {
            ["excess_h"] = excess,
            ["reduction"] = reduction.ToExact(),
            ["to_pay"] = (Fee(input) - reduction).ToExact(),
        };
    }

    private static Dictionary<string, CaseValue> HotWaterTemperature(CaseInput input, RulePack pack)
    {
        var (percent, hours) = (Setting(pack, "quality.hot_water.degree_percent"), input.Number("hours"));
        var steps = QualityReductions.Steps(
            input.Number("t_norm") - input.Number("tolerance"), input.Number("t"), Setting(pack, "quality.hot_water.step"));
        return new(StringComparer.Ordinal)
        {
            ["steps"] = steps,
            ["percent"] = steps * hours * percent,
            ["reduction"] = QualityReductions.ByHours(Fee(input), steps * hours, percent / Hundred).ToExact(),
        };
    }

    private static Dictionary<string, CaseValue> RoomTemperature(CaseInput input, RulePack pack)
    {
        var (norm, t) = (input.Number("t_norm"), input.Number("t"));
        var high = norm + Setting(pack, "quality.heating.tolerance_up");
        var weighted = QualityReductions.Degrees(norm, high, t) * input.Number("day_hours")
            + QualityReductions.Degrees(norm - input.Number("night_tolerance"), high, t) * input.Number("night_hours");
        var percent = Setting(pack, "quality.heating.degree_percent");
        return new(StringComparer.Ordinal)
        {
            ["percent"] = weighted * percent,
            ["reduction"] = QualityReductions.ByHours(Fee(input), weighted, percent / Hundred).ToExact(),
        };
    }

    private static Dictionary<string, CaseValue> NotSupplied(CaseInput input, RulePack pack)
    {
        var scene = new Scene(pack).In(ChargeKinds.MonthOf(input.Whole("month_days")))
            .Tariff("hot_water.carrier", input.Number("t_carrier")).Tariff("hot_water.heat", input.Number("t_heat"))
            .HeatPerCubicMetre(input.Number("q")).Norm("hot_water", input.Number("norm"))
            .Room(Fixed.Of(50), Service.HotWater, input.Whole("residents"));
        var first = scene.Month.FirstDay.AtMidnight().InUtc().ToInstant();
        var stop = new QualityEvent(
            0, Service.HotWater, null, first, first + NodaTime.Duration.FromDays(input.Whole("days")), QualityKind.Break, Planned: true,
            DeadEndMain: false, null, []);
        var charged = scene.With(f => f with { QualityEvents = [stop] }).Charge();
        return new(StringComparer.Ordinal)
        {
            ["volume"] = charged.Quantity(ComponentKind.QualityPlanned),
            ["reduction"] = -charged.AmountOf(ComponentKind.QualityPlanned),
        };
    }

    private static Dictionary<string, CaseValue> Average(CaseInput input, RulePack pack)
    {
        var volume = MissingReadings.Average(
            input.Numbers("history"), Whole(pack, "average_window"), Whole(pack, "average_least"))
            ?? throw new FormatException("input: the history is too short for a mean");
        return new(StringComparer.Ordinal)
        {
            ["volume"] = volume,
            ["amount"] = Money.Round(volume * input.Number("tariff"), Currency.Rub).ToExact(),
        };
    }

    private static Dictionary<string, CaseValue> MissingMode(CaseInput input, RulePack pack)
    {
        var cause = input.Text("cause") switch
        {
            "not_submitted" => MissingCause.NotSubmitted,
            "meter_failed" => MissingCause.MeterFailed,
            "access_refused" => MissingCause.AccessRefused,
            var other => throw new FormatException($"input: unknown cause '{other}'"),
        };
        var residential = input.Flag("residential");
        var most = Whole(pack, residential ? "missing_periods" : "missing_periods_non_residential");
        var (basis, factor) = MissingReadings.Mode(cause, input.Whole("period_no"), residential, most);
        return new(StringComparer.Ordinal)
        {
            ["basis"] = CaseValue.Word(Bases.Of(basis).ToString()),
            ["k"] = factor ? Latest(pack, ParameterTable.RaisingFactor, "kp") : Exact.One,
        };
    }

    private static Dictionary<string, CaseValue> Reduced(Money reduction) =>
        new(StringComparer.Ordinal) { ["reduction"] = reduction.ToExact() };

    private static Money Fee(CaseInput input, string key = "fee") => Money.Round(input.Number(key), Currency.Rub);

    private static Exact Setting(RulePack pack, string key) => Latest(pack, ParameterTable.Setting, key);

    private static int Whole(RulePack pack, string key) => (int)Setting(pack, key).Floor();

    private static Exact Latest(RulePack pack, ParameterTable table, string key) =>
        pack.Parameters.Last(p => p.Parameter.Table == table && p.Parameter.Key == key).Parameter.Value;

    private static Exact Sum(IEnumerable<Exact> numbers) => numbers.Aggregate(Exact.Zero, (sum, n) => sum + n);
}

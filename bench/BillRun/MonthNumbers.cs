using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Evaluation;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Bench.BillRun;

/// <summary>
/// The numbers of the rule pack and the territory in a month, as whole numbers: tariffs in kopecks, norms of a person in
/// thousandths, norms of an area in ten-thousandths, factors in hundredths. One that changes in the month or does not fit
/// its places is refused: the set-based SQL does not know such months.
/// </summary>
internal sealed class MonthNumbers(Rules rules, BillingPeriod period)
{
    private static readonly (string Name, ParameterTable Table, string Key, int Places)[] Known =
    [
        ("tariff_cold", ParameterTable.Tariff, "cold_water", 2),
        ("tariff_carrier", ParameterTable.Tariff, "hot_water.carrier", 2),
        ("tariff_water_heat", ParameterTable.Tariff, "hot_water.heat", 2),
        ("tariff_drainage", ParameterTable.Tariff, "drainage", 2),
        ("tariff_heating", ParameterTable.Tariff, "heating", 2),
        ("tariff_energy", ParameterTable.Tariff, "electricity.energy", 2),
        ("tariff_day", ParameterTable.Tariff, "electricity.day", 2),
        ("tariff_night", ParameterTable.Tariff, "electricity.night", 2),
        ("tariff_peak", ParameterTable.Tariff, "electricity.peak", 2),
        ("tariff_half_peak", ParameterTable.Tariff, "electricity.half_peak", 2),
        ("norm_cold", ParameterTable.Norm, "cold_water", 3),
        ("norm_hot", ParameterTable.Norm, "hot_water", 3),
        ("norm_drainage", ParameterTable.Norm, "drainage", 3),
        ("norm_power", ParameterTable.Norm, "electricity", 3),
        ("norm_heating", ParameterTable.Norm, "heating", 4),
        ("norm_common_cold", ParameterTable.Norm, "odn.cold_water", 4),
        ("norm_common_power", ParameterTable.Norm, "odn.electricity", 4),
        ("factor", ParameterTable.RaisingFactor, "kp", 2),
        ("factor_heating", ParameterTable.RaisingFactor, "heating", 2),
        ("vat", ParameterTable.Vat, "vat", 0),
        ("temporary_days", ParameterTable.Setting, Settings.TemporaryDays, 0),
    ];

    private readonly MonthRules _month = rules.For(period);

    /// <summary>Gcal in a cubic metre of hot water, in ten-thousandths, by the kind of the system.</summary>
    public IEnumerable<(string System, string Value)> HeatOfWater => rules.Keys(ParameterTable.HeatPerCubicMetre)
        .Select(key => (key, Whole(ParameterTable.HeatPerCubicMetre, key, 4)));

    public Dictionary<string, string> Variables(RunId run)
    {
        var variables = Known.ToDictionary(k => k.Name, k => Whole(k.Table, k.Key, k.Places), StringComparer.Ordinal);
        var told = period.PlusMonths(-1).FirstDay.PlusDays(_month.Setting(Settings.ReadingDay));
        variables["workers"] = Text(Environment.ProcessorCount);
        variables["run"] = Text(run.Value);
        variables["period"] = Text(period.Number);
        variables["days"] = Text(period.Days);
        variables["heated_days"] = Text(_month.Heated.Sum(h => h.Days));
        variables["first_day"] = Text(period.FirstDay);
        variables["last_day"] = Text(period.LastDay);
        variables["told_from"] = Text(told);
        variables["told_to"] = Text(period.FirstDay.PlusDays(_month.Setting(Settings.ReadingDay) - 1));
        return variables;
    }

    private string Whole(ParameterTable table, string key, int places)
    {
        if (_month.Levels(table, key) is not [var only] || only.Days.Days != period.Days)
            throw new InvalidOperationException($"{table} {key} changes in {period} or is not there.");
        var whole = only.Value.Round(places);
        return Exact.Fraction(whole, (long)Math.Pow(10, places)) == only.Value
            ? Text(whole)
            : throw new InvalidOperationException($"{table} {key} has more than {places} places: {only.Value}.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

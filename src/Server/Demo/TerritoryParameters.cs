using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Demo;

/// <summary>Tariffs, norms, q and heating seasons of an invented region.</summary>
internal static class TerritoryParameters
{
    /// <summary>What such numbers rest on when somebody asks for them: nothing.</summary>
    public const string Evidence = "sample tariffs";

    private const int FirstYear = 2022;
    private const int Years = 12;

    // Mean of a month in the street, degrees Celsius, January to December.
    private static readonly string[] Climate =
        ["-25.1", "-19.4", "-9.2", "1.4", "8.6", "15.8", "18.3", "15.4", "8.1", "-0.5", "-13", "-23.2"];

    private static readonly LocalDate Ever = new(2020, 1, 1);

    public static IReadOnlyList<Parameter> Make() =>
    [
        .. Tariff("cold_water", "41.20", "45.32", "49.10"),
        .. Tariff("cold_water", "34.33", "37.15", "40.25", ParameterTable.NetTariff),
        .. Tariff("hot_water.carrier", "41.20", "45.32", "49.10"),
        .. Tariff("hot_water.heat", "2298.10", "2512.47", "2688.34"),
        .. Tariff("heating", "2298.10", "2512.47", "2688.34"),
        .. Tariff("heating", "1915.08", "2059.40", "2203.56", ParameterTable.NetTariff),
        .. Tariff("drainage", "28.87", "31.76", "34.29"),
        .. Tariff("drainage", "24.06", "26.03", "28.11", ParameterTable.NetTariff),
        .. Tariff("electricity.energy", "6.12", "6.73", "7.15"),
        .. Tariff("electricity.energy", "5.10", "5.52", "5.86", ParameterTable.NetTariff),
        .. Tariff("electricity.day", "6.46", "7.10", "7.55"),
        .. Tariff("electricity.night", "3.23", "3.55", "3.78"),
        .. Tariff("electricity.peak", "7.96", "8.75", "9.30"),
        .. Tariff("electricity.half_peak", "6.12", "6.73", "7.15"),
        Norm("cold_water", "4.5"), Norm("hot_water", "3.2"), Norm("drainage", "7.7"), Norm("electricity", "82"),
        Norm("heating", "0.0253"), Norm("odn.cold_water", "0.0325"), Norm("odn.hot_water", "0.0281"), Norm("odn.electricity", "0.9"),
        new(ParameterTable.HeatPerCubicMetre, "closed.bare_risers.with_rails", Ever, null, Exact.Parse("0.0649")),
        new(ParameterTable.HeatPerCubicMetre, "closed.insulated_risers.with_rails", Ever, null, Exact.Parse("0.0598")),
        .. Enumerable.Range(FirstYear, Years).Select(Season),
        .. Enumerable.Range(FirstYear, Years).SelectMany(Outdoor),
        new(ParameterTable.Setting, "heating_all_year", Ever, null, Exact.Zero),
        new(ParameterTable.Setting, "heating_months", Ever, null, Exact.Of(8)),
    ];

    /// <summary>Indexed on 1 January and, since 2026, on 1 October.</summary>
    private static IEnumerable<Parameter> Tariff(
        string key, string from2020, string from2026, string fromOctober, ParameterTable table = ParameterTable.Tariff) =>
    [
        new(table, key, Ever, new LocalDate(2025, 12, 31), Exact.Parse(from2020)),
        new(table, key, new LocalDate(2026, 1, 1), new LocalDate(2026, 9, 30), Exact.Parse(from2026)),
        new(table, key, new LocalDate(2026, 10, 1), null, Exact.Parse(fromOctober)),
    ];

    private static Parameter Norm(string key, string value) => new(ParameterTable.Norm, key, Ever, null, Exact.Parse(value));

    private static IEnumerable<Parameter> Outdoor(int year) => Climate.Select((mean, i) => new Parameter(
        ParameterTable.Outdoor,
        "mean",
        new BillingPeriod(year, i + 1).FirstDay,
        new BillingPeriod(year, i + 1).LastDay,
        Exact.Parse(mean)));

    private static Parameter Season(int autumn) => new(
        ParameterTable.HeatingSeason, "heating", new LocalDate(autumn, 9, 22), new LocalDate(autumn + 1, 5, 8), Exact.One);
}

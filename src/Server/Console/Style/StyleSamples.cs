using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Server.Console.Parts;

namespace Ochag.Server.Console.Style;

/// <summary>Figures for the style page; nobody's bill.</summary>
internal static class StyleSamples
{
    internal sealed record Line(Service Service, decimal Volume, string Unit, decimal Tariff, Money Sum);

    public static readonly IReadOnlyList<Line> Lines =
    [
        new(Service.Heating, 1.2043m, "gcal", 2331.18m, new Money(280744, Currency.Rub)),
        new(Service.HotWater, 4.2m, "m3", 214.07m, new Money(89909, Currency.Rub)),
        new(Service.ColdWater, 6.85m, "m3", 52.11m, new Money(35695, Currency.Rub)),
        new(Service.Drainage, 11.05m, "m3", 38.4m, new Money(42432, Currency.Rub)),
        new(Service.Electricity, 187, "kwh", 5.12m, new Money(95744, Currency.Rub)),
        new(Service.Gas, 9, "m3", 8.21m, new Money(-7389, Currency.Rub)),
    ];

    public static readonly Money Total = Lines.Aggregate(Money.Zero(Currency.Rub), (sum, line) => sum + line.Sum);

    public static IReadOnlyList<ChartPoint> Heat =>
        Points(2410.12m, 2634.9m, 2588.4m, 2190m, 1204.77m, 0, 0, 0, 0, 1730.5m, 2466.03m, 2807.44m);

    public static IReadOnlyList<ChartPoint> Water =>
        Points(6.2m, 6.1m, 5.9m, 6.4m, 7.2m, 8.1m, 8.8m, 7.9m, 6.6m, 6.3m, 6.85m, 6.4m);

    public static IEnumerable<(string Text, string Path, bool Open)> Tabs(IStringLocalizer<Texts> texts) =>
        Service.All.Take(3).Select((s, i) => (texts["service." + s.Key].Value, "/console/style", i == 0));

    private static List<ChartPoint> Points(params decimal[] values) => [.. values.Select((value, i) =>
    {
        var month = new DateOnly(2025, 11, 1).AddMonths(i);
        var culture = CultureInfo.CurrentCulture;
        return new ChartPoint(month.ToString("MMMM yyyy", culture), month.ToString("MMM", culture).TrimEnd('.'), value);
    })];
}

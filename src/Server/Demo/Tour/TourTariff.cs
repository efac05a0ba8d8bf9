using Ochag.Billing.Contracts;
using Ochag.Foundation;

namespace Ochag.Server.Demo.Tour;

/// <summary>A decision of the invented region for the tour: drainage costs four percent more from the fifteenth.</summary>
internal static class TourTariff
{
    public const string Key = "drainage";
    public const int Day = 15;

    /// <summary>The new price of people and of companies, in force as long as the one that it replaces.</summary>
    public static IReadOnlyList<Parameter> Make(TourMonths months)
    {
        var day = months.Day(Day);
        return
        [
            .. TerritoryParameters.Make()
                .Where(p => p.Table is ParameterTable.Tariff or ParameterTable.NetTariff && p.Key == Key
                    && p.From <= day && (p.To is null || day <= p.To))
                .Select(p => p with { From = day, Value = Exact.Fraction((p.Value * Exact.Fraction(104, 100)).Round(2), 100) }),
        ];
    }
}

using System.ComponentModel;
using NodaTime;
using Ochag.Foundation;

namespace Ochag.Server.Api;

/// <summary>Money as whole minor units, so that nobody counts it in floating point.</summary>
internal sealed record MoneyShape(
    [property: Description("Kopecks.")] long Minor,
    [property: Description("ISO 4217: RUB or UAH.")] string Currency)
{
    public static MoneyShape Of(Money money) => new(money.Minor, CodeOf(money.Currency));

    public static string CodeOf(Currency currency) => currency switch
    {
        Ochag.Foundation.Currency.Rub => "RUB",
        Ochag.Foundation.Currency.Uah => "UAH",
        _ => throw new ArgumentOutOfRangeException(nameof(currency), currency, "A currency without a code."),
    };
}

internal static class Shape
{
    public static DateOnly? Of(LocalDate? day) => day is { } known ? Of(known) : null;

    public static DateOnly Of(LocalDate day) => new(day.Year, day.Month, day.Day);
}

using System.Globalization;
using NodaTime;
using Ochag.Foundation;

namespace Ochag.Server.Console;

/// <summary>How values look on screens: money, figures, days, in the reader's language.</summary>
internal static class Formats
{
    private const char NoBreak = '\u00A0';

    /// <summary>"4 706,56 ₽", "4,706.56 ₽" in English; a real minus, no line break inside.</summary>
    public static string Of(Money money)
    {
        var minor = Math.Abs(money.Minor);
        return $"{(money.Minor < 0 ? "\u2212" : "")}{Figure(minor / 100)}{Comma}{minor % 100:00}{NoBreak}{Sign(money.Currency)}";
    }

    /// <summary>Totals of millions: no kopecks.</summary>
    public static string Whole(Money money) =>
        $"{(money.Minor < 0 ? "\u2212" : "")}{Figure(Math.Abs(money.Minor) / 100)}{NoBreak}{Sign(money.Currency)}";

    /// <summary>A count with groups of three: "646 102".</summary>
    public static string Figure(long value)
    {
        var text = value.ToString("#,0", CultureInfo.InvariantCulture);
        return English ? text : text.Replace(',', NoBreak);
    }

    /// <summary>A quantity with as many digits as it has, at most six.</summary>
    public static string Quantity(decimal value)
    {
        var text = value.ToString("#,0.######", CultureInfo.InvariantCulture);
        return English ? text : text.Replace(',', NoBreak).Replace('.', ',');
    }

    /// <summary>A price of one unit: two digits after the comma, more where it has them.</summary>
    public static string Rate(decimal value)
    {
        var text = value.ToString("#,0.00####", CultureInfo.InvariantCulture);
        return English ? text : text.Replace(',', NoBreak).Replace('.', ',');
    }

    /// <summary>"21 ноября 2026".</summary>
    public static string Of(LocalDate day) =>
        day.ToDateOnly().ToString("d MMMM yyyy", CultureInfo.CurrentCulture).Replace(' ', NoBreak);

    /// <summary>"октябрь 2026".</summary>
    public static string Of(BillingPeriod period) =>
        new DateOnly(period.Number / 100, period.Number % 100, 1).ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    /// <summary>"21 ноября 2026, 18:40" in the zone given.</summary>
    public static string Of(Instant instant, DateTimeZone zone)
    {
        var local = instant.InZone(zone).LocalDateTime;
        return $"{Of(local.Date)}, {local.ToString("HH:mm", CultureInfo.InvariantCulture)}";
    }

    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
    private static char Comma => English ? '.' : ',';

    private static string Sign(Currency currency) => currency switch
    {
        Currency.Rub => "₽",
        Currency.Uah => "₴",
        _ => "",
    };
}

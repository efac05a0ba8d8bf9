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

    /// <summary>Totals of millions: rounded to the rouble, half away from zero.</summary>
    public static string Whole(Money money) =>
        $"{(money.Minor < 0 ? "\u2212" : "")}{Figure(Math.Abs(money.ToExact().Round(0)))}{NoBreak}{Sign(money.Currency)}";

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

    /// <summary>An exact number by its first six digits after the comma; "≈" where there are more.</summary>
    public static string Of(Exact value)
    {
        var text = value.ToDecimal(Fixed.Places);
        return (Exact.Parse(text) == value ? "" : "≈" + NoBreak) + Decimal(text);
    }

    public static string Of(Fixed value) => Decimal(value.ToString());

    /// <summary>As people type it into a field: with their comma, without groups.</summary>
    public static string Typed(Fixed value) => English ? value.ToString() : value.ToString().Replace('.', ',');

    /// <summary>A price or rate of a rule: at least two digits after the comma.</summary>
    public static string Price(Exact value) => Rate(decimal.Parse(value.ToDecimal(Fixed.Places), CultureInfo.InvariantCulture));

    /// <summary>The sum as a number for charts: in whole units of the currency and their hundredths.</summary>
    public static decimal Number(Money money) => money.Minor / 100m;

    /// <summary>The sign of a difference is always said: "+312,10 ₽".</summary>
    public static string Difference(Money money) => (money.Minor > 0 ? "+" : "") + Of(money);

    /// <summary>"Октябрь 2026": as a heading.</summary>
    public static string Title(BillingPeriod period) =>
        Of(period) is { Length: > 0 } text ? char.ToUpper(text[0], CultureInfo.CurrentCulture) + text[1..] : "";

    /// <summary>"окт" for an axis; January says its year.</summary>
    public static string Short(BillingPeriod period)
    {
        var day = new DateOnly(period.Year, period.Month, 1);
        return day.ToString(period.Month == 1 ? "yyyy" : "MMM", CultureInfo.CurrentCulture).TrimEnd('.');
    }

    /// <summary>"21.11.2026" in tables, where a column of long dates would not be read.</summary>
    public static string Brief(LocalDate day) =>
        day.ToDateOnly().ToString(English ? "yyyy-MM-dd" : "dd.MM.yyyy", CultureInfo.InvariantCulture);

    /// <summary>"01.09.2020 – 30.09.2020", "с 01.09.2020" where no end is known.</summary>
    public static string Span(LocalDate from, LocalDate? to) => to is { } last
        ? $"{Brief(from)} – {Brief(last)}"
        : (Languages.Current switch { "en" => "since", "uk" => "з", _ => "с" }) + NoBreak + Brief(from);

    private static string Decimal(string invariant) => Quantity(decimal.Parse(invariant, CultureInfo.InvariantCulture))
        .Replace('-', '\u2212');

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

    public static string Sign(Currency currency) => currency switch
    {
        Currency.Rub => "₽",
        Currency.Uah => "₴",
        _ => "",
    };
}

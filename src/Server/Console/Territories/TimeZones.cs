using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;

namespace Ochag.Server.Console.Territories;

/// <summary>Time zones that a territory is likely to lie in, by the city that people know them by.</summary>
internal static class TimeZones
{
    /// <summary>West to east. Any other name of the tz database may be typed.</summary>
    public static readonly IReadOnlyList<string> Offered =
    [
        "Europe/Kaliningrad", "Europe/Kyiv", "Europe/Minsk", "Europe/Moscow", "Europe/Simferopol", "Europe/Kirov", "Europe/Volgograd",
        "Europe/Astrakhan", "Europe/Samara", "Europe/Saratov", "Europe/Ulyanovsk", "Asia/Yekaterinburg", "Asia/Almaty", "Asia/Omsk",
        "Asia/Novosibirsk", "Asia/Barnaul", "Asia/Tomsk", "Asia/Novokuznetsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Chita",
        "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Sakhalin", "Asia/Kamchatka", "Asia/Anadyr",
    ];

    /// <summary>"Омск, UTC+6": the city and how far its clock is ahead now.</summary>
    public static string Say(IStringLocalizer<Texts> texts, string zone, Instant now) =>
        $"{City(texts, zone)}, UTC{Offset(zone, now)}";

    /// <summary>The zone of what was typed: its name, or the city as the list says it. What is neither stays as it is.</summary>
    public static string Read(IStringLocalizer<Texts> texts, string typed)
    {
        var text = typed.Trim();
        var city = text.Split(',')[0].Trim();
        return Offered.FirstOrDefault(z => string.Equals(z, text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(City(texts, z), city, StringComparison.OrdinalIgnoreCase)) ?? text;
    }

    private static string City(IStringLocalizer<Texts> texts, string zone) => texts["zone." + zone];

    private static string Offset(string zone, Instant now)
    {
        var offset = DateTimeZoneProviders.Tzdb[zone].GetUtcOffset(now);
        var (hours, minutes) = Math.DivRem(Math.Abs(offset.Seconds) / 60, 60);
        return string.Create(
            CultureInfo.InvariantCulture, $"{(offset.Seconds < 0 ? '\u2212' : '+')}{hours}{(minutes == 0 ? "" : $":{minutes:00}")}");
    }
}

using System.Globalization;

namespace Ochag.Server.Console;

/// <summary>The three languages, the cookie that remembers the choice, and the words that do not need translation.</summary>
internal static class Languages
{
    public const string Cookie = "ochag.language";
    public const string ThemeCookie = "ochag.theme";

    public static readonly IReadOnlyList<(string Code, string Name, string Short)> All =
        [("ru", "Русский", "Рус"), ("uk", "Українська", "Укр"), ("en", "English", "Eng")];

    public static readonly IReadOnlyList<string> Themes = ["auto", "light", "dark"];

    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static string Theme(HttpContext http) =>
        http.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme, StringComparer.Ordinal) ? theme : "auto";
}

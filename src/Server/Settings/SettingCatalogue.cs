using System.Globalization;
using System.Net;

namespace Ochag.Server.Settings;

/// <summary>Every setting there is. A name that is not here stops the start.</summary>
internal static class SettingCatalogue
{
    public const string Root = "Ochag";

    public static readonly Setting Database = new(
        "Database", "sqlite:data/ochag.db",
        "Where the data lie: sqlite:FILE (relative to DataPath's folder) or postgres:CONNECTION-STRING.",
        DatabaseAddress.Refuse) { Secret = true };

    public static readonly Setting DataPath = new(
        "DataPath", ".", "The folder that relative paths of other settings start from.", Any);

    public static readonly Setting Urls = new(
        "Urls", "http://localhost:5080", "Addresses to listen on, separated by semicolons.", Addresses)
    {
        Also = [("HTTP_PORTS", OfPorts), ("ASPNETCORE_HTTP_PORTS", OfPorts), ("ASPNETCORE_URLS", AsIs)],
    };

    public static readonly Setting PathBase = new(
        "PathBase", "", "The folder under which a reverse proxy shows us, as /ochag; empty: the root.", Folder);

    public static readonly Setting KnownProxies = new(
        "KnownProxies", "",
        "Addresses or networks (10.0.0.0/8) of reverse proxies whose X-Forwarded headers are believed, by commas.",
        Networks);

    public static readonly Setting OtlpEndpoint = new(
        "Otlp:Endpoint", "", "Where traces and metrics go by OTLP (http://host:4317); empty: nowhere.", OptionalAddress)
    {
        Also = [("OTEL_EXPORTER_OTLP_ENDPOINT", AsIs)],
    };

    public static readonly Setting LogLevel = new(
        "Logging:Level", "Information", "The least level of messages written.",
        OneOf("Trace", "Debug", "Information", "Warning", "Error", "Critical"));

    public static readonly Setting LogFormat = new(
        "Logging:Format", "auto", "text for people, json for machines, auto: text at a terminal.",
        OneOf("auto", "text", "json"));

    public static readonly Setting SessionIdle = new(
        "Session:Idle", "00:30:00", "A staff session ends after this long without a request.", Duration);

    public static readonly Setting SessionAbsolute = new(
        "Session:Absolute", "12:00:00", "A staff session ends this long after the sign-in, whatever happens.", Duration);

    public static readonly Setting SecondFactor = new(
        "Staff:SecondFactor", "required",
        "required: staff confirm each sign-in by an authenticator; optional: only those who set one up.",
        OneOf("required", "optional"));

    public static readonly Setting SignInsPerMinute = new(
        "Staff:SignInsPerMinute", "10", "Attempts to sign in from one address in a minute.", Number(1, 100_000));

    public static readonly Setting ImportRowDays = new(
        "Retention:ImportRowDays", "90", "Refused and doubtful rows of a register are kept this many days after their import.",
        Number(1, 3650));

    public static readonly Setting ClosedAccountYears = new(
        "Retention:ClosedAccountYears", "5", "Holders are kept this many years after their last account was closed.", Number(1, 100));

    public static readonly IReadOnlyList<Setting> All =
    [
        Database, DataPath, Urls, PathBase, KnownProxies, OtlpEndpoint, LogLevel, LogFormat, SessionIdle,
        SessionAbsolute, SecondFactor, SignInsPerMinute, ImportRowDays, ClosedAccountYears,
    ];

    private static string? Any(string value) => null;

    private static string AsIs(string value) => value;

    /// <summary>"8080;8081", as container images set it: these ports on every address.</summary>
    private static string OfPorts(string value) => string.Join(';', Split(value, ';').Select(p => $"http://*:{p}"));

    private static string? Addresses(string value)
    {
        var addresses = Split(value, ';');
        return addresses.Length == 0 ? "At least one address is needed."
            : addresses.Select(Listening).FirstOrDefault(fault => fault is not null) is { } fault ? fault
            : addresses.GroupBy(a => a, StringComparer.OrdinalIgnoreCase).FirstOrDefault(a => a.Count() > 1) is { } twice
                ? $"'{twice.Key}' stands twice."
            : null;
    }

    private static string? Listening(string address)
    {
        // Kestrel also takes * and + for the host, which Uri does not.
        var plain = address.Replace("//*", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal);
        if (!Uri.TryCreate(plain, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return $"'{address}' is not an address such as http://localhost:5080, with a port up to 65535.";
        return uri.Scheme == "https" ? $"'{address}': the server itself speaks http; https comes from a reverse proxy before it."
            : uri.PathAndQuery != "/" || uri.UserInfo.Length > 0
                ? $"'{address}' has more than a host and a port; a folder is the setting PathBase."
            // Kestrel would listen on every address of the machine where it does not know the name.
            : uri.HostNameType == UriHostNameType.Dns && uri.Host != "localhost"
                ? $"'{address}': the host is localhost, an address of this machine, or * for all of them."
            : uri is { Port: 0, HostNameType: UriHostNameType.Dns } ? $"'{address}': a port of the system's choice is http://127.0.0.1:0."
            : null;
    }

    private static string? OptionalAddress(string value) =>
        value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
            ? null
            : $"'{value}' is not an address such as http://localhost:4317.";

    private static string? Folder(string value) =>
        value.Length == 0 || (value[0] == '/' && value.Length > 1 && value[^1] != '/' && !value.Contains("//", StringComparison.Ordinal)
            && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~'))
            ? null
            : "It starts with a slash, does not end with one, and has Latin letters, digits and -._~ between, as /ochag.";

    private static string? Networks(string value) => Split(value, ',')
        .FirstOrDefault(n => !IPNetwork.TryParse(n, out _) && !IPAddress.TryParse(n, out _)) is { } wrong
            ? $"'{wrong}' is neither an address nor a network such as 10.0.0.0/8."
            : null;

    private static string? Duration(string value) =>
        TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var span) && span > TimeSpan.Zero
            ? null
            : "Write hours:minutes:seconds, as 00:30:00.";

    private static Func<string, string?> OneOf(params string[] values) => value =>
        values.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"It is one of {string.Join(", ", values)}.";

    private static Func<string, string?> Number(int least, int most) => value =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most
            ? null
            : $"It is a whole number from {least} to {most}.";

    internal static string[] Split(string value, char by) =>
        value.Split(by, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

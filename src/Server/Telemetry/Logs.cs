using Microsoft.Extensions.Logging.Console;
using Ochag.Server.Settings;

namespace Ochag.Server.Telemetry;

/// <summary>One stream of messages: lines for people at a terminal, JSON for machines, no personal data in either.</summary>
internal static class Logs
{
    public static void AddLogs(this ILoggingBuilder logging, OchagSettings settings)
    {
        logging.ClearProviders();
        var text = settings.Is(SettingCatalogue.LogFormat, "text")
            || (settings.Is(SettingCatalogue.LogFormat, "auto") && !System.Console.IsOutputRedirected);
        if (text)
        {
            logging.AddSimpleConsole(o =>
            {
                o.SingleLine = true;
                o.TimestampFormat = "HH:mm:ss ";
                o.ColorBehavior = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                    ? LoggerColorBehavior.Default
                    : LoggerColorBehavior.Disabled;
            });
        }
        else
        {
            logging.AddJsonConsole(o =>
            {
                o.UseUtcTimestamp = true;
                o.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
                o.IncludeScopes = false;
                o.JsonWriterOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
            });
        }

        logging.SetMinimumLevel(Enum.Parse<LogLevel>(settings[SettingCatalogue.LogLevel], ignoreCase: true));
        // The framework's own lines carry whole addresses and SQL parameters; RequestLog says what is needed without them.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Error);
        // Keys lie unencrypted in the database on purpose (docs: whoever reads the database reads the data too).
        logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // The guard of endpoints answers 400 itself; its reasons are noise at every robot's visit.
        logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Critical);
    }
}

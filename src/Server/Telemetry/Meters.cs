using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Ochag.Server.Telemetry;

/// <summary>Our own instruments; the names follow OpenTelemetry.</summary>
internal static class Meters
{
    public const string Name = "Ochag";
    public static readonly Meter Ochag = new(Name);
    public static readonly ActivitySource Source = new(Name);
}

using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Ochag.Server.Api.Keys;
using Ochag.Server.Staff;

namespace Ochag.Server.Telemetry;

/// <summary>
/// One line for each request: method, route (the pattern, never the address with its ids), status, time, and who by
/// number. The trace id is the one that error pages show.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, ILogger<RequestLog> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            // After a fault the framework has taken the endpoint off the request and keeps it with the fault.
            var endpoint = http.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? http.GetEndpoint();
            var route = (endpoint as RouteEndpoint)?.RoutePattern.RawText;
            // Styles, scripts and health checks would drown the rest.
            var level = http.Response.StatusCode >= 500 ? LogLevel.Error
                : route is null || route.StartsWith("dist/", StringComparison.Ordinal) || route.Contains("health", StringComparison.Ordinal)
                    ? LogLevel.Debug : LogLevel.Information;
            log.Log(level, "{Method} {Route} {Status} in {Milliseconds} ms, staff {Staff}, key {Key}, trace {Trace}",
                http.Request.Method, route ?? "-", http.Response.StatusCode,
                (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds,
                http.User.StaffId() is var id && id != Guid.Empty ? id.ToString() : "-",
                http.Features.Get<ApiKey>()?.Id.ToString() ?? "-", Trace(http));
        }
    }

    /// <summary>The id of this request in logs and on error pages.</summary>
    public static string Trace(HttpContext http) => Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
}

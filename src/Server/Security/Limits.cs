using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Ochag.Server.Settings;

namespace Ochag.Server.Security;

/// <summary>How often one address may knock where guessing pays.</summary>
internal static class Limits
{
    public const string SignIn = "sign-in";
    public const string Reports = "reports";

    public static IServiceCollection AddLimits(this IServiceCollection services, OchagSettings settings) =>
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "60";
                return ValueTask.CompletedTask;
            };
            o.AddPolicy(SignIn, http => PerMinute(http, settings.SignInsPerMinute));
            o.AddPolicy(Reports, http => PerMinute(http, 60));
        });

    private static RateLimitPartition<string> PerMinute(HttpContext http, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });
}

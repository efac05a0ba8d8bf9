using System.Data.Common;
using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Ochag.Server.Api;
using Ochag.Server.Security;
using Ochag.Server.Telemetry;

namespace Ochag.Server.Console.Faults;

/// <summary>What people and machines see when it went wrong: a page in their language or ProblemDetails, with an id.</summary>
internal static class FaultPages
{
    private static readonly int[] WithText = [400, 403, 404, 413, 429, 500, 503];

    public static void Handler(IApplicationBuilder app) => app.Run(async http =>
    {
        // The framework has logged the exception; outside goes only its id.
        http.Response.StatusCode = http.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException bad => bad.StatusCode,
            { } fault when IsDatabaseGone(fault) => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        };
        if (http.Response.StatusCode == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "30";
        await Write(http);
    });

    /// <summary>A database that does not answer now is no fault of the page: it asks to come back.</summary>
    private static bool IsDatabaseGone(Exception fault)
    {
        for (var e = fault; e is not null; e = e.InnerException)
        {
            if (e is DbException { IsTransient: true } or SocketException)
                return true;
        }

        return false;
    }

    public static void Status(IApplicationBuilder app) => app.Run(Write);

    private static Task Write(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var id = RequestLog.Trace(http);
        if (ApiLanguage.IsOfApi(http))
            return Problems.Of(http, status, Problems.OfStatus(status)).ExecuteAsync(http);

        // Robots, styles and health checks need no page.
        if (!Wants.Page(http) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Results.Text($"{status} {id}\n", statusCode: status).ExecuteAsync(http);

        http.Items["ochag.fault"] = true;
        var text = WithText.Contains(status) ? status : status >= 500 ? 500 : 400;
        return Page.Of<FaultPage>(new { Text = text, Id = id }, status).ExecuteAsync(http);
    }
}

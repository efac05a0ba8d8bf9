using System.Net;
using Microsoft.AspNetCore.Diagnostics;
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
        http.Response.StatusCode = http.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException bad
            ? bad.StatusCode
            : StatusCodes.Status500InternalServerError;
        await Write(http);
    });

    public static void Status(IApplicationBuilder app) => app.Run(Write);

    private static Task Write(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var id = RequestLog.Trace(http);
        if (http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            return Results.Problem(statusCode: status, title: ((HttpStatusCode)status).ToString(),
                extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["id"] = id }).ExecuteAsync(http);
        }

        // Robots, styles and health checks need no page.
        if (!Wants.Page(http) || !http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Results.Text($"{status} {id}\n", statusCode: status).ExecuteAsync(http);

        http.Items["ochag.fault"] = true;
        var text = WithText.Contains(status) ? status : status >= 500 ? 500 : 400;
        return Page.Of<FaultPage>(new { Text = text, Id = id }, status).ExecuteAsync(http);
    }
}

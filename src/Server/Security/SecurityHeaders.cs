namespace Ochag.Server.Security;

/// <summary>The headers that tell a browser what this page may do: nothing that we did not bring ourselves.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; report-uri ";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: an error page starts the answer anew and would lose what was set before.
        context.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy + http.Request.PathBase + CspReports.Path;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
            headers.Remove("blazor-enhanced-nav"); // we ship no Blazor script that would read it
            if (http.Request.IsHttps)
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            var page = http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
            if (http.Request.Path.StartsWithSegments("/console", StringComparison.OrdinalIgnoreCase)
                || http.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
                || (page && http.User.Identity?.IsAuthenticated == true))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        }, context);
        return next(context);
    }
}

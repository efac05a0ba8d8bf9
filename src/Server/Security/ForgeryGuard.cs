using Microsoft.AspNetCore.Antiforgery;

namespace Ochag.Server.Security;

/// <summary>Marks an endpoint that no browser session stands behind (a machine's call, a browser's own report).</summary>
internal sealed class NoForgeryCheck;

/// <summary>
/// Refuses every request that changes something without our token. The framework's own middleware only notes its
/// verdict and leaves it to forms to act on it; this one covers all endpoints and htmx alike.
/// </summary>
internal sealed class ForgeryGuard(RequestDelegate next, IAntiforgery antiforgery)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        var harmless = HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)
            || HttpMethods.IsTrace(method);
        if (!harmless && context.GetEndpoint()?.Metadata.GetMetadata<NoForgeryCheck>() is null
            && !await antiforgery.IsRequestValidAsync(context))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await next(context);
    }
}

using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Ochag.Server.Settings;
using Ochag.Server.Staff;

namespace Ochag.Server.Security;

/// <summary>Where people go who may not be here: to the sign-in, to the second factor, or to a plain "no".</summary>
internal sealed class SignInRedirects(OchagSettings settings) : CookieAuthenticationEvents
{
    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (Wants.Page(context.HttpContext))
            context.Response.Redirect(context.RedirectUri);
        else
            Refuse(context.HttpContext, StatusCodes.Status401Unauthorized, context.RedirectUri);
        return Task.CompletedTask;
    }

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        var half = settings.SecondFactorRequired && context.HttpContext.User is { Identity.IsAuthenticated: true } who
            && !who.HasClaim(StaffClaims.Method, StaffClaims.Confirmed);
        if (half && Wants.Page(context.HttpContext))
            context.Response.Redirect(context.Request.PathBase + "/console/second-factor/set-up");
        else
            Refuse(context.HttpContext, StatusCodes.Status403Forbidden, null);
        return Task.CompletedTask;
    }

    private static void Refuse(HttpContext context, int status, string? signIn)
    {
        context.Response.StatusCode = status;
        // A part of a page cannot show the sign-in in its place: htmx takes the whole window there.
        if (signIn is not null && context.Request.Headers.ContainsKey("HX-Request"))
            context.Response.Headers["HX-Redirect"] = context.Request.PathBase + "/console/sign-in";
    }
}

internal static class Wants
{
    /// <summary>A person's browser that asks for a whole page, neither a part of one nor a machine.</summary>
    public static bool Page(HttpContext context) =>
        !context.Request.Headers.ContainsKey("HX-Request") && !context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
}

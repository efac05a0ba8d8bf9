using Microsoft.AspNetCore.Authentication.Cookies;

namespace Ochag.Server.Security;

/// <summary>
/// Over https a cookie is named __Host-..., which binds it to this host and the whole of it; over plain http (a desk
/// installation on localhost) browsers would refuse that name, so it goes without.
/// </summary>
internal sealed class HostCookies : ICookieManager
{
    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Name(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Name(context, key), value, Bound(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _inner.DeleteCookie(context, Name(context, key), Bound(context, options));

    private static string Name(HttpContext context, string key) => context.Request.IsHttps ? "__Host-" + key : key;

    private static CookieOptions Bound(HttpContext context, CookieOptions options)
    {
        if (!context.Request.IsHttps)
            return options;
        options.Path = "/";
        options.Domain = null;
        options.Secure = true;
        return options;
    }
}

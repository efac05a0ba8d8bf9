using Microsoft.AspNetCore.Localization;
using Ochag.Server.Console;

namespace Ochag.Server.Api;

/// <summary>The interface speaks the language of Accept-Language, Russian without one; the console's choice is a cookie.</summary>
internal sealed class ApiLanguage : RequestCultureProvider
{
    public static bool IsOfApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    public override Task<ProviderCultureResult?> DetermineProviderCultureResult(HttpContext httpContext)
    {
        if (!IsOfApi(httpContext))
            return NullProviderCultureResult;
        var wished = httpContext.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0].ToLowerInvariant());
        var known = wished.FirstOrDefault(w => Languages.All.Any(l => l.Code == w)) ?? "ru";
        return Task.FromResult<ProviderCultureResult?>(new(known));
    }
}

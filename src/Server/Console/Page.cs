using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ochag.Server.Console;

/// <summary>A page or a part of one as an endpoint's answer.</summary>
internal static class Page
{
    private const DynamicallyAccessedMemberTypes Members = DynamicallyAccessedMemberTypes.All;

    /// <summary>The component with its parameters, given as an anonymous object.</summary>
    public static IResult Of<[DynamicallyAccessedMembers(Members)] T>(object? parameters = null, int status = 200)
        where T : IComponent => new RazorComponentResult<T>(parameters ?? new { })
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    /// <summary>To another of our pages, with GET, under the path base.</summary>
    public static IResult To(HttpContext http, string path)
    {
        if (!http.Request.Headers.ContainsKey("HX-Request"))
            return TypedResults.LocalRedirect(http.Request.PathBase + path);
        http.Response.Headers["HX-Redirect"] = http.Request.PathBase + path;
        return TypedResults.NoContent();
    }

    /// <summary>
    /// The page that a form wants to go back to, if it is one of ours: "//elsewhere" and "/\elsewhere" are not.
    /// </summary>
    public static string Back(HttpContext http, string? to, string otherwise)
    {
        if (string.IsNullOrEmpty(to) || to[0] != '/' || (to.Length > 1 && to[1] is '/' or '\\') || to.Any(char.IsControl))
            return otherwise;
        var folder = http.Request.PathBase.Value ?? "";
        return folder.Length > 0 && to.StartsWith(folder + "/", StringComparison.Ordinal) ? to[folder.Length..] : to;
    }
}

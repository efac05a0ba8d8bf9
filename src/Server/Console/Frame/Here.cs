namespace Ochag.Server.Console.Frame;

/// <summary>Where a choice made on this page comes back to.</summary>
internal static class Here
{
    /// <summary>The page's own address where it can be asked for again; the answer to a sent form cannot.</summary>
    public static string Of(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) && !http.Items.ContainsKey("ochag.fault")
            ? http.Request.Path + http.Request.QueryString
            : Parent(http);

    private static string Parent(HttpContext http) => http.Request.Path.StartsWithSegments("/console/search", StringComparison.Ordinal)
        ? "/console"
        : http.Request.Path.Value ?? "/console";
}

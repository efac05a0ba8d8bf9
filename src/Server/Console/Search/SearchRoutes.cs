using Ochag.Server.Security;

namespace Ochag.Server.Console.Search;

/// <summary>
/// The search asks by POST: a name or an address typed here must not lie in addresses of pages and logs of proxies.
/// </summary>
internal static class SearchRoutes
{
    private const int MostChars = 100;

    public static void Map(RouteGroupBuilder console)
    {
        var search = console.MapGroup("/search").RequireAuthorization(Policies.Staff);
        search.MapGet("", () => Page.Of<SearchPage>());
        search.MapPost("", async (HttpContext http, IEnumerable<ISearch> sources) =>
        {
            var text = await Text(http);
            return Page.Of<SearchPage>(new { Text = text, Hits = await Find(http, sources, text, 50) });
        });
        search.MapPost("/hits", async (HttpContext http, IEnumerable<ISearch> sources) =>
        {
            var text = await Text(http);
            return text.Length == 0
                ? Results.Text("", "text/html")
                : Page.Of<SearchHits>(new { Text = text, Hits = await Find(http, sources, text, 8) });
        });
    }

    private static async Task<string> Text(HttpContext http)
    {
        var text = (await http.Request.ReadFormAsync(http.RequestAborted))["q"].ToString().Trim();
        return text.Length > MostChars ? text[..MostChars] : text;
    }

    private static async Task<IReadOnlyList<SearchHit>> Find(HttpContext http, IEnumerable<ISearch> sources, string text, int most)
    {
        var hits = new List<SearchHit>();
        if (text.Length == 0)
            return hits;
        foreach (var source in sources)
        {
            if (hits.Count < most)
                hits.AddRange(await source.Find(text, http.User, most - hits.Count, http.RequestAborted));
        }

        return hits;
    }
}

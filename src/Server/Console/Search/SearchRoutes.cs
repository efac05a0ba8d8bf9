using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;

namespace Ochag.Server.Console.Search;

/// <summary>
/// The search asks by POST: a name or an address typed here must not lie in addresses of pages and logs of proxies. What
/// was found is a page of its own with a sealed address, so that Back leads to it again.
/// </summary>
internal static class SearchRoutes
{
    /// <summary>Where the box at the top finds what was asked.</summary>
    public const string Asked = "ochag.search";

    private const int MostChars = 100;

    public static void Map(RouteGroupBuilder console)
    {
        var search = console.MapGroup("/search").RequireAuthorization(Policies.Staff);
        search.MapGet("", async (
            HttpContext http, IEnumerable<ISearch> sources, SealedQuestion questions, Sight sight, IRegistry registry, string? of) =>
        {
            var text = questions.Open(of, http.User) ?? "";
            http.Items[Asked] = text;
            var hits = await Find(http, sources, text, 50);
            var isEmpty = hits.Count == 0 && await IsEmpty(sight, registry, http.RequestAborted);
            return Page.Of<SearchPage>(new { Text = text, Hits = hits, IsEmptyBase = isEmpty });
        });
        search.MapPost("", async (HttpContext http, IEnumerable<ISearch> sources, SealedQuestion questions) =>
        {
            var text = await Text(http);
            return text.Length == 0 ? Page.To(http, "/console/search")
                : await Find(http, sources, text, 2) is [{ Guessed: false } only] ? Page.To(http, only.Path)
                : Page.To(http, "/console/search?of=" + questions.Seal(text, http.User));
        });
        search.MapPost("/hits", async (HttpContext http, IEnumerable<ISearch> sources) =>
        {
            var text = await Text(http);
            return text.Length == 0
                ? Results.Text("", "text/html")
                : Page.Of<SearchHits>(new { Text = text, Hits = await Find(http, sources, text, 8) });
        });
    }

    /// <summary>No account of the person's territories: nothing could be found, whatever is asked.</summary>
    private static async Task<bool> IsEmpty(Sight sight, IRegistry registry, CancellationToken stop)
    {
        var counts = await registry.CountAccounts(stop);
        return (await sight.Ids(stop)).All(t => counts.GetValueOrDefault(t) == 0);
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

using System.Globalization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Doubles;

/// <summary>Houses that registers name twice: proposals, what a merging would move, merging, taking it back.</summary>
internal static class DoublesRoutes
{
    public const int Shown = 100;

    public static void Map(RouteGroupBuilder console)
    {
        var doubles = console.MapGroup("/doubles").RequireAuthorization(Policies.Bill);
        doubles.MapGet("", List);
        doubles.MapGet("/merge", Preview);
        doubles.MapPost("/merge", Merge).Audited(AuditActions.HousesMerged);
        doubles.MapPost("/apart", Apart).Audited(AuditActions.HousesToldApart);
        doubles.MapPost("/{id:long}/undo", Undo).Audited(AuditActions.MergeUndone);
    }

    internal sealed record Asked(IDoubles Doubles, Sight Sight);

    internal sealed record Pair(string? Territory, long? Kept, long? Twin);

    private static async Task<IReadOnlyList<TerritoryRecord>> Own(Asked asked, HttpContext http) =>
        await asked.Sight.Territories(http.RequestAborted, Roles.Engineer, Roles.Administrator);

    private static async Task<TerritoryRecord?> Chosen(string? code, Asked asked, HttpContext http) =>
        (await Own(asked, http)).FirstOrDefault(t => t.Code == code);

    private static async Task<IResult> List(string? territory, [AsParameters] Asked asked, HttpContext http) =>
        await Show(territory, null, asked, http, StatusCodes.Status200OK);

    private static async Task<IResult> Show(string? code, Refusal? refusal, Asked asked, HttpContext http, int status)
    {
        var own = await Own(asked, http);
        var territory = own.FirstOrDefault(t => t.Code == code) ?? (string.IsNullOrEmpty(code) && own.Count > 0 ? own[0] : null);
        if (territory is null)
            return Results.NotFound();
        return Page.Of<DoublesPage>(new
        {
            Territories = own,
            Territory = territory,
            Groups = await asked.Doubles.Propose(territory.Id, http.RequestAborted),
            Merges = await asked.Doubles.ListMerges(territory.Id, Shown, http.RequestAborted),
            Refusal = refusal,
        }, status);
    }

    private static async Task<IResult> Preview([AsParameters] Pair pair, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Chosen(pair.Territory, asked, http) is not { } territory || pair is not { Kept: { } kept, Twin: { } twin })
            return Results.NotFound();
        var preview = await asked.Doubles.Preview(territory.Id, new(kept), new(twin), http.RequestAborted);
        return preview.Refusal is { } refusal
            ? await Show(territory.Code, refusal, asked, http, StatusCodes.Status422UnprocessableEntity)
            : Page.Of<MergePage>(new { Territory = territory, Preview = preview.Value });
    }

    private static async Task<IResult> Merge([AsParameters] Asked asked, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await Chosen(form["territory"], asked, http) is not { } territory
            || Id(form["kept"]) is not { } kept || Id(form["twin"]) is not { } twin)
            return Results.NotFound();
        http.IsAbout($"{twin} > {kept}", territory.Id.Value);
        var merged = await asked.Doubles.Merge(territory.Id, new(kept), new(twin), http.User.Login(), http.RequestAborted);
        return merged.Refusal is { } refusal
            ? await Show(territory.Code, refusal, asked, http, StatusCodes.Status422UnprocessableEntity)
            : Page.To(http, PathOf(territory));
    }

    private static async Task<IResult> Apart([AsParameters] Asked asked, HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await Chosen(form["territory"], asked, http) is not { } territory)
            return Results.NotFound();
        var houses = form["house"].Select(h => Id(h)).OfType<long>().Select(h => new BuildingId(h)).ToList();
        http.IsAbout(string.Join(", ", houses.Select(h => h.Value)), territory.Id.Value);
        await asked.Doubles.TellApart(territory.Id, houses, http.User.Login(), http.RequestAborted);
        return Page.To(http, PathOf(territory));
    }

    private static async Task<IResult> Undo(long id, [AsParameters] Asked asked, HttpContext http)
    {
        foreach (var territory in await Own(asked, http))
        {
            var undone = await asked.Doubles.Undo(territory.Id, id, http.User.Login(), http.RequestAborted);
            if (undone.Refusal is { Code: "registry.merge-unknown" })
                continue;
            http.IsAbout($"merge {id.ToString(CultureInfo.InvariantCulture)}", territory.Id.Value);
            return undone.Refusal is { } refusal
                ? await Show(territory.Code, refusal, asked, http, StatusCodes.Status422UnprocessableEntity)
                : Page.To(http, PathOf(territory));
        }

        return Results.NotFound();
    }

    private static long? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static string PathOf(TerritoryRecord territory) => $"/console/doubles?territory={territory.Code}";
}

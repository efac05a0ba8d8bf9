using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Readings;

/// <summary>The work list of doubtful readings. It names flats and meters, and no persons.</summary>
internal static class DoubtsRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/readings", async (long? territory, int? page, int? said, [AsParameters] Asked asked, HttpContext http) =>
            await Read(territory, page ?? 1, asked, http.RequestAborted) is { } view
                ? Page.Of<DoubtsPage>(new
                {
                    View = view with
                    {
                        Decided = said,
                        MayTune = await May(view, asked, http),
                        MayExport = await May(view, asked, http, Roles.Auditor),
                    },
                })
                : Results.NotFound())
            .RequireAuthorization(Policies.Operate);
        DecisionRoutes.Map(console);
    }

    internal sealed record Asked(IRegistry Registry, IRegistryDesk Desk, IReadingEntry Entry, Sight Sight);

    /// <summary>Whoever may change tariffs may change by what readings are judged, and take tables away.</summary>
    private static async Task<bool> May(DoubtsView view, Asked asked, HttpContext http, params string[] also) =>
        view.Territory is { } territory
        && (await asked.Sight.Ids(http.RequestAborted, [Roles.Engineer, Roles.Administrator, .. also])).Contains(territory.Id);

    /// <summary>Null: the person may not enter readings in that territory; without a number it is the first.</summary>
    private static async Task<DoubtsView?> Read(long? id, int page, Asked asked, CancellationToken stop)
    {
        var seen = await asked.Sight.Territories(stop, ReadingsRoutes.Enterers);
        if (seen.FirstOrDefault(t => id is null || t.Id.Value == id) is not { } territory)
            return id is null ? new(null, seen, [], 0, 1, 1) : null;
        var buildings = await asked.Registry.ListBuildings(territory.Id, stop);
        var pages = Math.Max(1, (buildings.Count + DoubtsView.PageBuildings - 1) / DoubtsView.PageBuildings);
        page = Math.Clamp(page, 1, pages);
        BuildingId[] shown = [.. buildings.Skip((page - 1) * DoubtsView.PageBuildings).Take(DoubtsView.PageBuildings)];
        var doubts = await asked.Entry.ListDoubts(territory, shown, stop);
        var lines = new List<DoubtLine>();
        foreach (var of in doubts.GroupBy(d => d.Building))
        {
            var card = (await asked.Desk.FindBuilding(of.Key, [territory.Id], stop))!;
            var flats = card.Premises.DistinctBy(p => p.Id).ToDictionary(p => p.Id);
            lines.AddRange(of.OrderBy(d => d.Premises is { } p ? flats[p].SortKey : "", StringComparer.Ordinal)
                .Select(d => new DoubtLine(d, card.Address, d.Premises is { } p ? flats[p].Number : null)));
        }

        return new(
            territory, seen,
            [
                .. lines.GroupBy(l => l.Doubt.Finding.Code, StringComparer.Ordinal)
                    .Select(g => new DoubtGroup(g.Key, g.Max(l => l.Doubt.Finding.Verdict), [.. g]))
                    .OrderByDescending(g => g.Verdict).ThenBy(g => g.Code == "metering.meter-silent")
                    .ThenByDescending(g => g.Lines.Count).ThenBy(g => g.Code, StringComparer.Ordinal),
            ],
            buildings.Count, page, pages);
    }
}

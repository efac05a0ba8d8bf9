using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Demo.Tour;
using Ochag.Server.Security;

namespace Ochag.Server.Console.Tour;

/// <summary>
/// The tour of the demo: a page of links into an invented company. It names accounts and addresses as the search does,
/// and nobody's name; whoever follows a link is written down there.
/// </summary>
internal static class TourRoutes
{
    public static void Map(RouteGroupBuilder console) => console.MapGet("/tour", Show).RequireAuthorization(Policies.Staff);

    private static async Task<IResult> Show(TourPlaces places, IRegistryDesk desk, IBilling billing, Sight sight, HttpContext http)
    {
        var stop = http.RequestAborted;
        var houses = await places.Find(stop);
        if (houses.Count == 0)
            return Results.NotFound();
        var seen = await sight.Ids(stop);
        var views = new List<TourView>();
        foreach (var (i, example) in TourStops.All.Index())
        {
            foreach (var house in houses.Where(h => h.ExternalId == example.ExternalId))
            {
                var card = await desk.FindBuilding(house.Building, seen, stop);
                // Added and not filled yet: the demo is still at it.
                if (card?.Premises.FirstOrDefault(p => p.Number == example.Flat) is not { Account: { } account } premises)
                    continue;
                var months = TourMonths.Of(await sight.Of(house.Territory, stop));
                var posted = await billing.ListCharges(account, stop);
                var lines = example.Lines.Select(l => posted.FirstOrDefault(p => l.Is(p, months))).OfType<PostedLine>().ToList();
                views.Add(new(
                    example.Key, example.Theme, i + 1, house.Building, card.Address, premises, lines, lines.Count < example.Lines.Count));
            }
        }

        return Page.Of<TourPage>(new { Stops = views });
    }
}

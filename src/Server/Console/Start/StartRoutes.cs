using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Runs;
using Ochag.Server.Console.Tour;
using Ochag.Server.Jobs;
using Ochag.Server.Security;

namespace Ochag.Server.Console.Start;

/// <summary>What the first page shows of one territory.</summary>
public sealed record TerritoryView(
    TerritoryRecord Territory,
    TerritoryCounts Counts,
    int Accounts,
    RunRecord? Posted,
    RunRecord? Before,
    RunRecord? Open,
    RunLook? OpenLook,
    IReadOnlyList<(Service Service, Money Sum)> Sums,
    BillingPeriod Today)
{
    /// <summary>The month after the last posted one, when it is over and waits to be run.</summary>
    public BillingPeriod? Due => Posted is { } posted
        ? posted.Period.PlusMonths(1) is var next && next < Today ? next : null
        : Territory.BilledSince < Today ? Territory.BilledSince : null;
}

/// <summary>The console's first page.</summary>
internal static class StartRoutes
{
    public static void Map(RouteGroupBuilder console) => console.MapGet("", Show).RequireAuthorization(Policies.Staff);

    private static async Task<IResult> Show(
        IBilling billing, IRegistryDesk desk, Sight sight, TourPlaces tour, JobBook jobs, IClock clock, HttpContext http)
    {
        var stop = http.RequestAborted;
        var seen = await sight.Territories(stop);
        var runs = await billing.ListRuns([.. seen.Select(t => t.Id)], stop);
        var active = await RunRoutes.Active(jobs, stop);
        var views = new List<TerritoryView>();
        foreach (var territory in seen)
        {
            var own = runs.Where(r => r.Territory == territory.Id).ToList();
            var posted = own.Where(r => r.State == RunState.Posted).Take(2).ToList();
            var open = own.Find(r => r.State != RunState.Posted);
            views.Add(new(
                territory,
                await desk.Count(territory.Id, stop),
                posted is [var told, ..] ? told.Accounts : await desk.CountAccounts(territory.Id, stop),
                posted.FirstOrDefault(),
                posted.ElementAtOrDefault(1),
                open,
                open is null ? null : RunView.LookOf(open, active.ContainsKey(open.Id)),
                posted is [var last, ..] ? await billing.SumByService(territory, last.Period, stop) : [],
                BillingPeriod.Of(clock.GetCurrentInstant().InZone(territory.TimeZone).Date)));
        }

        return Page.Of<DashboardPage>(new { Territories = views, HasTour = await tour.Any(stop) });
    }
}

using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Readings;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Buildings;

/// <summary>The page of a building. It lists holders by name, so that each reading is written down.</summary>
internal static class BuildingRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/buildings/{id:long}", async ([AsParameters] Wish wish, [AsParameters] Asked asked, HttpContext http) =>
            await Read(wish, asked, http) is { } view ? Page.Of<BuildingPage>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Staff).Audited(AuditActions.BuildingRead);
        console.MapGet("/buildings/{id:long}/premises", async ([AsParameters] Wish wish, [AsParameters] Asked asked, HttpContext http) =>
            await Read(wish, asked, http) is { } view ? Page.Of<PremisesPanel>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Staff).Audited(AuditActions.BuildingRead);
    }

    /// <param name="Order">"area", "-area": the column, backwards with a minus.</param>
    internal sealed record Wish(long Id, string? Order, int? Page);

    internal sealed record Asked(IRegistryDesk Desk, IBilling Billing, IMetering Metering, Sight Sight, IClock Clock);

    private static async Task<BuildingView?> Read(Wish wish, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var card = await asked.Desk.FindBuilding(new(wish.Id), await asked.Sight.Ids(stop), stop);
        if (card is null)
            return null;
        http.IsAbout(card.Address, card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        var month = (await asked.Billing.ListRuns([territory.Id], stop))
            .Where(r => r.State.Counts()).Select(r => (BillingPeriod?)r.Period).FirstOrDefault();
        AccountId[] accounts = [.. card.Premises.Where(p => p.Account is not null).Select(p => p.Account!.Value)];
        var order = wish.Order ?? "";
        return new()
        {
            Card = card,
            Territory = territory,
            Volumes = await asked.Metering.LatestVolumes([.. card.Meters.Select(m => m.Id)], stop),
            Readings = await asked.Metering.LatestReadings([.. card.Meters.Select(m => m.Id)], 1, stop),
            Today = asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date,
            SeesPersons = asked.Sight.SeesPersons(card.Territory),
            EntersReadings = (await asked.Sight.Ids(stop, ReadingsRoutes.Enterers)).Contains(card.Territory),
            MayWrite = (await asked.Sight.Ids(stop, Roles.Engineer, Roles.Administrator)).Contains(card.Territory),
            Month = month,
            Sums = month is { } posted ? await asked.Billing.SumByAccount(accounts, territory.Currency, posted, stop) : [],
            Order = Enum.TryParse<PremisesOrder>(order.TrimStart('-'), ignoreCase: true, out var column) && Enum.IsDefined(column)
                ? column
                : PremisesOrder.Number,
            Descending = order.StartsWith('-'),
            PageNumber = Math.Max(1, wish.Page ?? 1),
        };
    }
}

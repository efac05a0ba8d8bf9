using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;

namespace Ochag.Server.Console.RulePacks;

/// <summary>What numbers a territory bills by, since when and by which paragraph. Nothing personal is here.</summary>
internal static class RulePackRoutes
{
    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/rules", async ([AsParameters] Wish wish, [AsParameters] Asked asked, HttpContext http) =>
            await Read(null, wish, asked, http) is { } view ? Page.Of<RulesPage>(new { View = view }) : Page.Of<NoRulesPage>())
            .RequireAuthorization(Policies.Staff);
        console.MapGet("/rules/{id:long}", async (long id, [AsParameters] Wish wish, [AsParameters] Asked asked, HttpContext http) =>
            await Read(id, wish, asked, http) is { } view ? Page.Of<RulesPage>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Staff);
    }

    /// <param name="Part">parameters, changes, formulas or calendar.</param>
    /// <param name="Only">confirmed, memory, interpretation or territory: numbers with that behind them.</param>
    internal sealed record Wish(string? Part, string? Only, int? Year);

    internal sealed record Asked(IBilling Billing, Sight Sight, IClock Clock);

    /// <summary>The rules of a territory that the person may see; without a number: of the first.</summary>
    private static async Task<RulesView?> Read(long? id, Wish wish, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var seen = await asked.Sight.Territories(stop);
        if (seen.FirstOrDefault(t => id is null || t.Id.Value == id) is not { } territory)
            return null;
        var sources = await asked.Billing.RuleSourcesOf(territory, stop);
        var pack = sources.IsRefused ? null : sources.Value.Pack;
        var today = asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        return new(territory, seen, pack, sources.Refusal, sources.IsRefused ? [] : RuleRow.Of(sources.Value), today)
        {
            Part = Named<RulesPart>(wish.Part) ?? RulesPart.Parameters,
            Only = Named<Backing>(wish.Only),
            Year = pack is null ? 0 : YearOf(pack, wish.Year ?? today.Year),
        };
    }

    private static T? Named<T>(string? name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    /// <summary>The loaded year nearest to the one asked for.</summary>
    private static int YearOf(RulePack pack, int year) =>
        pack.Calendar.Years.Select(y => y.Year).OrderBy(y => Math.Abs(y - year)).FirstOrDefault();
}

using System.ComponentModel;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;

namespace Ochag.Server.Api;

/// <summary>Territories: each with its time zone, rules and currency.</summary>
internal static class Territories
{
    private const string List_ = "territories";

    public static void Map(RouteGroupBuilder api) => api.MapGet("/territories", List).Needs(Scopes.Registers)
        .WithTags("Registers").WithSummary("Territories that the key may see").Produces<PageOf<TerritoryShape>>()
        .Refuses(400);

    internal sealed record TerritoryShape(
        long Id,
        [property: Description("Short name on the command line.")] string Code,
        string Name,
        [property: Description("Name of the tz database: its days begin and end there.")] string TimeZone,
        [property: Description("The rules by which it is billed.")] string RulePack,
        [property: Description("ISO 4217.")] string Currency,
        [property: Description("First month that is billed, like 2026-10.")] string BilledSince);

    private static async Task<IResult> List([AsParameters] Paging paging, Caller caller, HttpContext http)
    {
        var page = paging.Read(List_);
        if (page.Refusal is { } refusal)
            return Problems.Wrong(http, refusal);
        var (after, limit) = page.Value;
        var rest = (await caller.Territories(http.RequestAborted)).Where(t => t.Id.Value > after).ToList();
        var slice = new Slice<TerritoryRecord>([.. rest.Take(limit)], rest.Count > limit);
        return Results.Ok(Paging.Answer(List_, slice, Show, t => t.Id.Value));
    }

    private static TerritoryShape Show(TerritoryRecord t) => new(
        t.Id.Value, t.Code, t.Name, t.TimeZone.Id, t.RulePack, MoneyShape.CodeOf(t.Currency), t.BilledSince.ToString());
}

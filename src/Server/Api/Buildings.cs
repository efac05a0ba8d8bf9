using System.ComponentModel;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;

namespace Ochag.Server.Api;

/// <summary>Buildings and their premises.</summary>
internal static class Buildings
{
    public const string OfTerritory = "Only what lies in this territory.";
    private const string List_ = "buildings";
    private const string Premises_ = "premises";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/buildings", List).Needs(Scopes.Registers)
            .WithTags("Registers").WithSummary("Buildings").Produces<PageOf<BuildingShape>>()
            .Refuses(400);
        api.MapGet("/buildings/{id:long}", Show).Needs(Scopes.Registers).Audited(AuditActions.BuildingRead)
            .WithTags("Registers").WithSummary("One building with its passports and meters").Produces<BuildingCardShape>()
            .Refuses(404);
        api.MapGet("/buildings/{id:long}/premises", Premises).Needs(Scopes.Registers).Audited(AuditActions.BuildingRead)
            .WithTags("Registers").WithSummary("Premises of a building").Produces<PageOf<PremisesShape>>()
            .Refuses(400, 404);
    }

    internal sealed record BuildingShape(
        long Id, long Territory, string Address,
        [property: Description("The id that it came with from another register.")] string? ExternalId,
        int? YearBuilt, int? Floors, [property: Description("Flats by the register it came from.")] int? FlatsDeclared);

    internal sealed record BuildingCardShape(
        long Id, long Territory, string Address, int? YearBuilt, int? Floors, int? FlatsDeclared,
        [property: Description("The newest first.")] IReadOnlyList<BuildingPassportShape> Passports,
        [property: Description("Meters of the building as a whole.")] IReadOnlyList<MeterShape> Meters);

    internal sealed record BuildingPassportShape(
        DateOnly From, [property: Description("Last day; null: it holds.")] DateOnly? To,
        [property: Description("Of the common property, m2: a decimal as text.")] string CommonArea, string HotWaterSystem);

    internal sealed record PremisesShape(
        long Id, long Building, string Number, PremisesKind? Kind, [property: Description("m2: a decimal as text.")] string? Area);

    private static async Task<IResult> List(
        [AsParameters] Paging paging, [Description(OfTerritory)] long? territory, IRegistryLists lists, Caller caller,
        HttpContext http)
    {
        var page = paging.Read(List_);
        if (page.Refusal is { } refusal)
            return Problems.Wrong(http, refusal);
        var stop = http.RequestAborted;
        var slice = await lists.ListBuildings(await caller.Sight(stop, territory), new(page.Value.After), page.Value.Limit, stop);
        return Results.Ok(Paging.Answer(
            List_, slice,
            b => new BuildingShape(b.Id.Value, b.Territory.Value, b.Address, b.ExternalId, b.YearBuilt, b.Floors, b.FlatsDeclared),
            b => b.Id.Value));
    }

    private static async Task<IResult> Show(long id, IRegistryDesk desk, Caller caller, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await desk.FindBuilding(new(id), await caller.Sight(stop), stop) is not { } card)
            return Problems.Absent(http);
        http.IsAbout(card.Address, card.Territory.Value);
        return Results.Ok(new BuildingCardShape(
            card.Id.Value, card.Territory.Value, card.Address, card.YearBuilt, card.Floors, card.FlatsDeclared,
            [.. card.Passports.Select(p => new BuildingPassportShape(
                Shape.Of(p.Passport.From), Shape.Of(p.Passport.To), p.Passport.CommonArea.ToString(), p.Passport.HotWaterSystem))],
            [.. card.Meters.Select(MeterShape.Of)]));
    }

    private static async Task<IResult> Premises(
        long id, [AsParameters] Paging paging, IRegistryLists lists, Caller caller, HttpContext http)
    {
        var page = paging.Read(Premises_);
        if (page.Refusal is { } refusal)
            return Problems.Wrong(http, refusal);
        var stop = http.RequestAborted;
        if (await lists.FindBuilding(new(id), await caller.Sight(stop), stop) is not { } building)
            return Problems.Absent(http);
        http.IsAbout(building.Address, building.Territory.Value);
        var slice = await lists.ListPremises(building.Id, new(page.Value.After), page.Value.Limit, stop);
        return Results.Ok(Paging.Answer(
            Premises_, slice,
            r => new PremisesShape(r.Id.Value, r.Building.Value, r.Number, r.Passport?.Kind, r.Passport?.Area.ToString()),
            r => r.Id.Value));
    }
}

internal sealed record MeterShape(
    [property: Description("Readings are sent with it.")] long Id,
    string Serial, Service Service,
    [property: Description("Digits before the point.")] int Digits,
    [property: Description("Of the transformers; 1 without.")] string Multiplier,
    [property: Description("Its registers: a reading tells all of them together.")] IReadOnlyList<Zone> Zones,
    DateOnly Installed, [property: Description("The day belongs to the next meter; null: it stands.")] DateOnly? Removed,
    [property: Description("Last day of the newest verification; null: none is recorded.")] DateOnly? VerifiedTo)
{
    public static MeterShape Of(MeterRecord m) => new(
        m.Id.Value, m.Serial, m.Service, m.Digits, m.Multiplier.ToString(), m.Zones, Shape.Of(m.Installed), Shape.Of(m.Removed),
        m.Verifications.Count == 0 ? null : Shape.Of(m.Verifications.MaxBy(v => v.From).To));
}

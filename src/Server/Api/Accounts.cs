using System.ComponentModel;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Api.Keys;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;

namespace Ochag.Server.Api;

/// <summary>Accounts: a list without people, and the card of one with holders, residents, connections and meters.</summary>
internal static class Accounts
{
    private const string List_ = "accounts";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/accounts", List).Needs(Scopes.Registers)
            .WithTags("Registers").WithSummary("Accounts, without people")
            .WithDescription("`number` finds one account by the number on its bill.")
            .Produces<PageOf<AccountShape>>().Refuses(400);
        api.MapGet("/accounts/{id:long}", Show).Needs(Scopes.Registers).Audited(AuditActions.AccountRead)
            .WithTags("Registers").WithSummary("The card of an account")
            .WithDescription(
                "Names, telephones and mail of holders are masked unless the key has the scope `personal:read`. "
                + "Every answer is written into the journal of the company.")
            .Produces<AccountCardShape>().Refuses(404);
    }

    internal sealed record AccountShape(
        long Id, [property: Description("The number on the bill.")] string Number, long Territory, long Building, long Premises,
        string PremisesNumber, [property: Description("First day; null: its terms are not known.")] DateOnly? Opened,
        [property: Description("Null: it is open.")] DateOnly? LastDay);

    internal sealed record AccountCardShape(
        long Id, string Number, long Territory, long Building, long Premises, string Address, string PremisesNumber,
        IReadOnlyList<AccountTermShape> Terms,
        [property: Description("True: names are masked, because the key lacks `personal:read`.")] bool Masked,
        IReadOnlyList<HolderShape> Holders, IReadOnlyList<ResidentsShape> Residents, IReadOnlyList<ConnectionShape> Connections,
        IReadOnlyList<MeterShape> Meters);

    internal sealed record AccountTermShape(DateOnly From, DateOnly? To, HolderKind HolderKind);

    internal sealed record HolderShape(
        long Id, HolderKind Kind, string Name, string? Phone, string? Email, DateOnly From, DateOnly? To,
        [property: Description("Share of the account.")] ShareShape Share);

    internal sealed record ShareShape(int Numerator, int Denominator);

    internal sealed record ResidentsShape(DateOnly From, DateOnly? To, int Count, bool Temporary);

    internal sealed record ConnectionShape(Service Service, DateOnly From, DateOnly? To);

    private static async Task<IResult> List(
        [AsParameters] Paging paging, [Description(Buildings.OfTerritory)] long? territory,
        [Description("Only accounts of this building.")] long? building,
        [Description("The number on the bill.")] string? number, IRegistryLists lists, Caller caller, HttpContext http)
    {
        var page = paging.Read(List_);
        if (page.Refusal is { } refusal)
            return Problems.Wrong(http, refusal);
        var stop = http.RequestAborted;
        var slice = await lists.ListAccounts(
            new(building is { } id ? new BuildingId(id) : null, number), await caller.Sight(stop, territory), new(page.Value.After),
            page.Value.Limit, stop);
        return Results.Ok(Paging.Answer(
            List_, slice,
            a => new AccountShape(
                a.Id.Value, a.Number, a.Territory.Value, a.Building.Value, a.Premises.Value, a.PremisesNumber, Shape.Of(a.Opened),
                Shape.Of(a.LastDay)),
            a => a.Id.Value));
    }

    private static async Task<IResult> Show(long id, IRegistryDesk desk, Caller caller, HttpContext http)
    {
        var stop = http.RequestAborted;
        if (await desk.FindAccount(new(id), await caller.Sight(stop), stop) is not { } card)
            return Problems.Absent(http);
        http.IsAbout(card.Number, card.Territory.Value);
        var open = caller.SeesPersons;
        return Results.Ok(new AccountCardShape(
            card.Id.Value, card.Number, card.Territory.Value, card.Building.Value, card.PremisesId.Value, card.Address, card.Premises,
            [.. card.Terms.Select(t => new AccountTermShape(Shape.Of(t.Opened), Shape.Of(t.LastDay), t.HolderKind))],
            !open,
            [.. card.Holders.Select(h => Holder(h, open))],
            [.. card.Residents.Select(r => new ResidentsShape(Shape.Of(r.From), Shape.Of(r.To), r.Count, r.Temporary))],
            [.. card.Connections.Select(c => new ConnectionShape(c.Service, Shape.Of(c.From), Shape.Of(c.To)))],
            [.. card.Meters.Select(MeterShape.Of)]));
    }

    private static HolderShape Holder(HolderLine h, bool open) => new(
        h.Id.Value, h.Kind, open ? h.Name : Masks.Name(h.Name),
        h.Phone is null || open ? h.Phone : Masks.Phone(h.Phone),
        h.Email is null || open ? h.Email : "…",
        Shape.Of(h.From), Shape.Of(h.To), new(h.Numerator, h.Denominator));
}

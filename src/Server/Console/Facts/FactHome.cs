using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;

namespace Ochag.Server.Console.Facts;

/// <summary>The account whose facts are looked at or changed.</summary>
/// <param name="Posted">The last month that is posted; null: none is.</param>
public sealed record FactHome(AccountCard Card, TerritoryRecord Territory, LocalDate Today, BillingPeriod? Posted, bool MayWrite)
{
    public string Path => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/console/accounts/{Card.Id.Value}");

    /// <summary>Null: there is none, or it lies where the person has none of the roles.</summary>
    internal static async Task<FactHome?> Find(long id, FactAsked asked, HttpContext http, string[] roles, string[] writers)
    {
        var stop = http.RequestAborted;
        if (await asked.Desk.FindAccount(new(id), await asked.Sight.Ids(stop, roles), stop) is not { } card)
            return null;
        http.IsAbout(card.Number, card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        return new(
            card, territory, asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date,
            await asked.Billing.LastPosted(territory, stop), (await asked.Sight.Ids(stop, writers)).Contains(card.Territory));
    }
}

/// <summary>Whom the pages of facts ask.</summary>
internal sealed record FactAsked(
    IRegistryDesk Desk, IBilling Billing, Sight Sight, IClock Clock, Microsoft.Extensions.Localization.IStringLocalizer<Texts> Texts);

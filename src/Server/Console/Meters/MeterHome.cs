using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Facts;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Meters;

/// <summary>Whose page a meter is looked at from: an account's, or a building's own.</summary>
/// <param name="Name">The account's number, or the building's address.</param>
/// <param name="Title">The same as people say it: "account 1000".</param>
/// <param name="Path">Of the page that it belongs to.</param>
/// <param name="Posted">The last month that is posted; null: none is.</param>
public sealed record MeterHome(
    TerritoryRecord Territory, BuildingId Building, PremisesId? Premises, string Name, string Title, string Address, string Path,
    BillingPeriod? Posted, bool MayWrite)
{
    /// <summary>Null: it is a building's page.</summary>
    public AccountId? Account { get; init; }

    public const string Accounts = "accounts";
    public const string Buildings = "buildings";

    public static readonly string[] Kinds = [Accounts, Buildings];

    public bool Owns(MeterLife life) => life.Place.Building == Building && life.Place.Premises == Premises;

    internal string Of(MeterId meter) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}/meters/{meter.Value}");

    /// <summary>Null: there is none, or it lies where the person has none of the roles.</summary>
    internal static async Task<MeterHome?> Find(string kind, long id, MeterAsked asked, HttpContext http, params string[] roles)
    {
        var stop = http.RequestAborted;
        var sight = await asked.Sight.Ids(stop, roles);
        var account = kind == Accounts ? await asked.Desk.FindAccount(new(id), sight, stop) : null;
        var building = kind == Buildings ? await asked.Desk.FindBuilding(new(id), sight, stop) : null;
        if ((account?.Territory ?? building?.Territory) is not { } where)
            return null;
        var name = account?.Number ?? building!.Address;
        http.IsAbout(name, where.Value);
        var territory = await asked.Sight.Of(where, stop);
        var writers = await asked.Sight.Ids(stop, Roles.Engineer, Roles.Administrator);
        return new(
            territory, account?.Building ?? building!.Id, account?.PremisesId, name,
            account is null ? name : asked.Texts["account.title", name], Lead(account, building, asked),
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/console/{kind}/{id}"),
            await asked.Billing.LastPosted(territory, stop), writers.Contains(where))
        {
            Account = account?.Id,
        };
    }

    private static string Lead(AccountCard? account, BuildingCard? building, MeterAsked asked) => account is null
        ? building!.Address
        : $"{account.Address}, {asked.Texts["address.flat", account.Premises]}";
}

/// <summary>Whom the pages of meters ask.</summary>
internal sealed record MeterAsked(
    IRegistryDesk Desk, IBilling Billing, IMeterBook Meters, IMeterLife Life, IIntervals Intervals, IReadingCorrections Corrections,
    Sight Sight, NodaTime.IClock Clock, Microsoft.Extensions.Localization.IStringLocalizer<Texts> Texts);

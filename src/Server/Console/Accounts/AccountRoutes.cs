using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Meters;
using Ochag.Server.Console.Workings;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Accounts;

/// <summary>The page of an account and the workings of its lines: personal cards, so that each reading is written down.</summary>
internal static class AccountRoutes
{
    private const int ReadingsShown = 3;
    private const string Line = "/accounts/{id:long}/lines/{month}/{run:long}/{number}";

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/accounts/{id:long}", Show)
            .RequireAuthorization(Policies.Staff).Audited(AuditActions.AccountRead);
        console.MapGet(Line, (
            [AsParameters] LineAddress line, [AsParameters] Asked asked, HttpContext http) =>
            ShowWorking(line, asked, http, view => Page.Of<WorkingPage>(new { View = view })))
            .RequireAuthorization(Policies.Staff).Audited(AuditActions.WorkingRead);
        console.MapGet(Line + "/panel", (
            [AsParameters] LineAddress line, [AsParameters] Asked asked, HttpContext http) =>
            ShowWorking(line, asked, http, view => Page.Of<WorkingPanel>(new { View = view })))
            .RequireAuthorization(Policies.Staff).Audited(AuditActions.WorkingRead);
    }

    public static string PathOf(AccountId id) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"/console/accounts/{id.Value}");

    /// <summary>The address of a line's working.</summary>
    public static string PathOf(LineKey key) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"/console/accounts/{key.Account.Value}/lines/{key.PostedIn}/{key.Run.Value}/{key.Number}");

    internal sealed record LineAddress(long Id, string Month, long Run, short Number);

    /// <summary>Whom the pages ask.</summary>
    internal sealed record Asked(
        IRegistryDesk Desk, IBilling Billing, IBillingFacts Facts, IMetering Metering, IMeterBook Meters, IRegistryEdits Edits,
        IAbsences Absences, IMeterActs Acts, Sight Sight, AuditBook Audit, IClock Clock, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Show(long id, string? month, string? said, [AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var card = await asked.Desk.FindAccount(new(id), await asked.Sight.Ids(stop), stop);
        if (card is null)
            return Results.NotFound();
        http.IsAbout(card.Number, card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        var lines = (await asked.Billing.ListCharges(card.Id, stop)).ToLookup(l => l.Period);
        var wished = BillingPeriod.TryParse(month, out var named) && lines.Contains(named) ? named : (BillingPeriod?)null;
        var today = asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        var view = new AccountView
        {
            Card = card,
            Territory = territory,
            Balance = await asked.Billing.Balance(card.Id, territory.Currency, stop),
            Lines = lines,
            Readings = await asked.Metering.LatestReadings([.. card.Meters.Select(m => m.Id)], ReadingsShown, stop),
            Today = today,
            SeesPersons = asked.Sight.SeesPersons(card.Territory),
            TakesReadings = (await asked.Sight.Ids(stop, Readings.ReadingsRoutes.Enterers)).Contains(card.Territory),
            SaidReading = said == "reading",
            MayWrite = (await asked.Sight.Ids(stop, Roles.Engineer, Roles.Administrator)).Contains(card.Territory),
            ReadsJournal = (await asked.Sight.Ids(stop, Roles.Auditor, Roles.Administrator)).Contains(card.Territory),
            Administers = (await asked.Sight.Ids(stop, Roles.Administrator)).Contains(card.Territory),
            MeterLife = MeterHistory.OfAccount(
                await asked.Meters.At(card.Building, card.PremisesId, stop), $"/console/accounts/{id}", asked.Texts),
            Absences = [.. (await asked.Absences.Read(card.Id, stop)).Known],
            Acts = [.. (await asked.Acts.Read(card.PremisesId, stop)).Known],
            Marks = await Marks(card, today, asked, stop),
            Month = wished ?? (lines.Count == 0 ? null : lines.Max(g => g.Key)),
        };
        return Page.Of<AccountPage>(new { View = view });
    }

    /// <summary>Who sees them is written down, also that there are none.</summary>
    private static async Task<IReadOnlyList<FactLine<MarkReason>>?> Marks(
        AccountCard card, LocalDate today, Asked asked, CancellationToken stop)
    {
        if (!(await asked.Sight.Ids(stop, Roles.Marks)).Contains(card.Territory))
            return null;
        await asked.Audit.Write(AuditActions.MarksRead, card.Number, card.Territory.Value);
        return [.. (await asked.Edits.ReadMarks(card.Id, stop)).Known.Where(l => l.Contains(today))];
    }

    private static async Task<IResult> ShowWorking(
        LineAddress address, Asked asked, HttpContext http, Func<WorkingView, IResult> page)
    {
        var stop = http.RequestAborted;
        if (!BillingPeriod.TryParse(address.Month, out var month))
            return Results.NotFound();
        var card = await asked.Desk.FindAccount(new(address.Id), await asked.Sight.Ids(stop), stop);
        var line = card is null ? null : await asked.Billing.FindLine(new(month, card.Id, new(address.Run), address.Number), stop);
        if (card is null || line is null)
            return Results.NotFound();
        http.IsAbout($"{card.Number} {month} {address.Number}", card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        var sources = new WorkingSources(asked.Desk, asked.Billing, asked.Facts, asked.Metering);
        return page(await WorkingView.Make(line, card, territory, sources, stop));
    }
}

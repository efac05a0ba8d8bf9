using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Accounts;
using Ochag.Server.Console.Desk;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Readings;

/// <summary>Readings by a whole building: the sheet, the check of one value, recording what may be recorded.</summary>
internal static class ReadingsRoutes
{
    private const string Page_ = "/buildings/{id:long}/readings";

    public static readonly string[] Enterers = [Roles.Operator, Roles.Engineer, Roles.Administrator];

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet(Page_, Show).RequireAuthorization(Policies.Operate).Audited(AuditActions.BuildingRead);
        console.MapPost(Page_, Record).RequireAuthorization(Policies.Operate).Audited(AuditActions.ReadingsRecorded);
        console.MapPost(Page_ + "/check", Check).RequireAuthorization(Policies.Operate).Audited(AuditActions.BuildingRead);
        CallRoutes.Map(console);
        DoubtsRoutes.Map(console);
    }

    internal sealed record Asked(
        IRegistryDesk Desk, IReadingEntry Entry, Sight Sight, AuditBook Audit, IClock Clock, IStringLocalizer<Texts> Texts);

    /// <param name="Day">Day of the sheet; without one: today.</param>
    /// <param name="Service">Only registers of this service.</param>
    /// <param name="Said">How many were recorded just now.</param>
    internal sealed record Wish(long Id, string? Day, string? Service, int? Page, int? Said);

    private sealed record Seen(BuildingCard Card, TerritoryRecord Territory, LocalDate Today);

    private static async Task<IResult> Show([AsParameters] Wish wish, [AsParameters] Asked asked, HttpContext http) =>
        await Find(wish.Id, asked, http) is { } seen
            ? await Answer(seen, wish, Blank(seen, wish), [], new(), asked, http)
            : Results.NotFound();

    private static ReadingSheet Blank(Seen seen, Wish wish) =>
        new(seen.Card.Id, SheetInput.Day(wish.Day) ?? seen.Today, ReadingSource.Controller, [], "", Guid.CreateVersion7());

    private static async Task<IResult> Record([AsParameters] Wish wish, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(wish.Id, asked, http) is not { } seen)
            return Results.NotFound();
        var stop = http.RequestAborted;
        var fields = await http.Request.ReadFormAsync(stop);
        var form = new FormState(fields);
        var sheet = SheetInput.Read(fields, form, seen.Card.Id, seen.Today, asked.Texts);
        var decided = form.IsRefused
            ? [.. sheet.Lines.Select(l => new LineDecision(l, LineFate.Empty, null, null, null, []))]
            : await asked.Entry.Enter(seen.Territory, sheet, http.User.Login(), stop);
        var recorded = form.IsRefused ? 0 : decided.Count(d => d.Fate is LineFate.Taken or LineFate.Known);
        var view = new Wish(wish.Id, null, wish.Service, wish.Page, recorded);
        if (form.IsRefused || decided.Any(d => d.Fate is LineFate.Doubtful or LineFate.Refused))
        {
            // An answer with faults is not written down by its route, but what it recorded is.
            if (recorded > 0)
                await asked.Audit.Write(AuditActions.ReadingsRecorded, seen.Card.Address, seen.Territory.Id.Value);
            return await Answer(seen, view, sheet, decided, form, asked, http, StatusCodes.Status422UnprocessableEntity);
        }

        return Page.To(http, string.Create(
            CultureInfo.InvariantCulture,
            $"/console/buildings/{wish.Id}/readings?day={SheetInput.Iso(sheet.Day)}&service={ServiceOf(wish)}&page={wish.Page ?? 1}&said={recorded}"));
    }

    /// <summary>One line, decided as recording would; the answer stands under its field.</summary>
    private static async Task<IResult> Check(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not { } seen)
            return Results.NotFound();
        var fields = await http.Request.ReadFormAsync(http.RequestAborted);
        var form = new FormState(fields);
        var sheet = SheetInput.Read(fields, form, seen.Card.Id, seen.Today, asked.Texts);
        if (sheet.Lines is not [var line])
            return Results.BadRequest();
        var decided = (await asked.Entry.Check(seen.Territory, sheet, http.RequestAborted))[0];
        return Page.Of<LineMark>(new { Key = SheetRow.KeyOf(line.Meter, line.Zone), Decision = decided });
    }

    /// <summary>Null: there is none, or the person may not enter readings there.</summary>
    private static async Task<Seen?> Find(long id, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var card = await asked.Desk.FindBuilding(new(id), await asked.Sight.Ids(stop, Enterers), stop);
        if (card is null)
            return null;
        http.IsAbout(card.Address, card.Territory.Value);
        var territory = await asked.Sight.Of(card.Territory, stop);
        return new(card, territory, asked.Clock.GetCurrentInstant().InZone(territory.TimeZone).Date);
    }

    private static async Task<IResult> Answer(
        Seen seen, Wish wish, ReadingSheet sheet, IReadOnlyList<LineDecision> decided, FormState form, Asked asked, HttpContext http,
        int status = StatusCodes.Status200OK)
    {
        var flats = seen.Card.Premises.DistinctBy(p => p.Id).ToDictionary(p => p.Id);
        var all = (await asked.Entry.Open(seen.Territory, seen.Card.Id, sheet.Day, http.RequestAborted))
            .OrderBy(r => r.Premises is { } p ? flats.GetValueOrDefault(p)?.SortKey ?? "" : "\uFFFF", StringComparer.Ordinal)
            .ThenBy(r => AccountView.OrderOf(r.Meter.Service)).ThenBy(r => r.Meter.Serial, StringComparer.Ordinal).ThenBy(r => r.Zone)
            .ToList();
        var only = ServiceOf(wish);
        var shown = all.Where(r => only is null || r.Meter.Service == only).ToList();
        var pages = Math.Max(1, (shown.Count + SheetView.PageRows - 1) / SheetView.PageRows);
        var page = Math.Clamp(wish.Page ?? 1, 1, pages);
        var byKey = decided.DistinctBy(d => (d.Line.Meter, d.Line.Zone)).ToDictionary(d => (d.Line.Meter, d.Line.Zone));
        var view = new SheetView
        {
            Card = seen.Card,
            Territory = seen.Territory,
            Day = sheet.Day,
            Today = seen.Today,
            Source = sheet.Source,
            Remark = sheet.Remark,
            Key = sheet.Form,
            Rows =
            [
                .. shown.Skip((page - 1) * SheetView.PageRows).Take(SheetView.PageRows).Select(r => new SheetRow(
                    r, r.Premises is { } p ? flats.GetValueOrDefault(p)?.Number : null, byKey.GetValueOrDefault((r.Meter.Id, r.Zone)))),
            ],
            Services = [.. all.Select(r => r.Meter.Service).Distinct().OrderBy(AccountView.OrderOf)],
            Only = only,
            PageNumber = page,
            Pages = pages,
            Form = form,
            Recorded = wish.Said is >= 0 ? wish.Said : null,
        };
        return Page.Of<ReadingsPage>(new { View = view }, status);
    }

    private static Service? ServiceOf(Wish wish) =>
        Enum.TryParse<Service>(wish.Service, out var service) && Enum.IsDefined(service) ? service : null;
}

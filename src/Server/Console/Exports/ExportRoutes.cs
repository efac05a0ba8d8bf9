using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Exports;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Exports;

/// <summary>
/// Tables to take away: accounts, charges, doubtful readings and whole months of a building or a territory. A table of more names than
/// the day has left goes out without them (<see cref="ExportBook"/>); each stands in the journal with its rows.
/// </summary>
internal static class ExportRoutes
{
    private static readonly string[] Takers = [Roles.Engineer, Roles.Administrator, Roles.Auditor];

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/exports", (
            long? building, string? kind, string? territory, string? month, [AsParameters] Asked asked, HttpContext http) =>
            Show(building, asked, http, FormState.Of(("kind", kind), ("territory", territory), ("month", month)), StatusCodes.Status200OK))
            .RequireAuthorization(Policies.Export);
        console.MapPost("/exports", Take).RequireAuthorization(Policies.Export).Audited(AuditActions.TableExported);
    }

    internal sealed record Asked(
        IRegistryDesk Desk, IBilling Billing, TableMaker Tables, ExportBook Book, AuditBook Audit, Sight Sight,
        IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Take([AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var building = long.TryParse(form["building"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        if (await Read(form, building, asked, stop) is not { } wish)
            return await Show(building, asked, http, form, StatusCodes.Status422UnprocessableEntity);
        var count = await asked.Tables.Count(wish, stop);
        if (count.Refusal is { } refusal)
        {
            form.Refuse(refusal.Code == "tables.too-many-rows" ? "format" : "kind", RefusalSentences.Of(refusal, asked.Texts));
            return await Show(building, asked, http, form, StatusCodes.Status422UnprocessableEntity);
        }

        var named = await asked.Book.Begin(
            http.User.StaffId(), wish.Kind, wish.Territory.Id.Value, count.Value,
            form["names"].Length > 0 && ExportKinds.CanName(wish.Kind) && asked.Sight.SeesPersons(wish.Territory.Id), stop);
        var (table, rows) = await asked.Tables.Make(wish, named, stop);
        http.IsAbout(About(wish, rows, named), wish.Territory.Id.Value);
        return Results.File(table, TableFile.TypeOf(wish.Format), $"{NameOf(wish)}.{wish.Format}");
    }

    private static async Task<TableWish?> Read(FormState form, long? building, Asked asked, CancellationToken stop)
    {
        var own = await asked.Sight.Territories(stop, Takers);
        var house = building is { } id ? await asked.Desk.FindBuilding(new(id), [.. own.Select(t => t.Id)], stop) : null;
        var territory = own.FirstOrDefault(t => house is null ? t.Code == form["territory"] : t.Id == house.Territory);
        if (territory is null || (building is not null && house is null))
            form.Refuse("territory", asked.Texts["runs.territory.wrong"]);
        var kind = ExportKinds.All.FirstOrDefault(k => k == form["kind"]);
        if (kind is null || (kind == ExportKinds.Sheet && building is not null))
            form.Refuse("kind", asked.Texts["exports.kind.wrong"]);
        var month = BillingPeriod.TryParse(form["month"], out var named) ? named : (BillingPeriod?)null;
        var ofMonth = kind is not null && ExportKinds.IsOfMonth(kind);
        if ((kind == ExportKinds.Charges || ofMonth) && month is null)
            form.Refuse("month", asked.Texts["exports.month.wrong"]);
        var run = ofMonth && month is not null && territory is not null
            ? (await asked.Billing.ListRuns([territory.Id], stop)).FirstOrDefault(r => r.Period == month && r.State.Counts())
            : null;
        if (ofMonth && month is not null && run is null)
            form.Refuse("month", asked.Texts["exports.month.unposted"]);
        if (form["format"] is not (TableFile.Csv or TableFile.Xlsx))
            form.Refuse("format", asked.Texts["exports.format.wrong"]);
        return form.IsRefused ? null : new(kind!, territory!, house?.Id, month, form["format"], run);
    }

    private static async Task<IResult> Show(long? building, Asked asked, HttpContext http, FormState form, int status)
    {
        var stop = http.RequestAborted;
        var own = await asked.Sight.Territories(stop, Takers);
        var house = building is { } id ? await asked.Desk.FindBuilding(new(id), [.. own.Select(t => t.Id)], stop) : null;
        return building is not null && house is null && status == StatusCodes.Status200OK
            ? Results.NotFound()
            : Page.Of<ExportsPage>(
                new
                {
                    Form = form,
                    Territories = own,
                    Building = house,
                    NamesLeft = Math.Max(0, await asked.Book.Left(http.User.StaffId(), stop)),
                    SeesPersons = own.Any(t => asked.Sight.SeesPersons(t.Id)),
                },
                status);
    }

    private static string NameOf(TableWish wish) => string.Join(
        '-', new[] { wish.Kind, wish.Territory.Code, wish.Building?.Value.ToString(CultureInfo.InvariantCulture), wish.Month?.ToString() }
            .OfType<string>());

    private static string About(TableWish wish, int rows, bool named) => string.Create(
        CultureInfo.InvariantCulture, $"{NameOf(wish)}.{wish.Format}: {rows} rows, {(named ? "with names" : "no names")}");
}

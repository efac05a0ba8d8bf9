using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Exports;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Exports;

/// <summary>
/// Tables to take away: accounts, charges and doubtful readings of a building or a territory. A table of more names than
/// the day has left goes out without them (<see cref="ExportBook"/>); each stands in the journal with its rows.
/// </summary>
internal static class ExportRoutes
{
    private static readonly string[] Takers = [Roles.Engineer, Roles.Administrator, Roles.Auditor];

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/exports", (
            long? building, string? kind, string? territory, [AsParameters] Asked asked, HttpContext http) =>
            Show(building, asked, http, FormState.Of(("kind", kind), ("territory", territory)), StatusCodes.Status200OK))
            .RequireAuthorization(Policies.Export);
        console.MapPost("/exports", Take).RequireAuthorization(Policies.Export).Audited(AuditActions.TableExported);
    }

    internal sealed record Asked(
        IRegistryDesk Desk, TableMaker Tables, ExportBook Book, AuditBook Audit, Sight Sight, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Take([AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var building = long.TryParse(form["building"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : (long?)null;
        if (await Read(form, building, asked, stop) is not { } wish)
            return await Show(building, asked, http, form, StatusCodes.Status422UnprocessableEntity);
        var accounts = await asked.Tables.Count(wish, stop);
        var named = await asked.Book.Begin(
            http.User.StaffId(), wish.Kind, wish.Territory.Id.Value, accounts,
            form["names"].Length > 0 && wish.Kind != ExportKinds.Doubts && asked.Sight.SeesPersons(wish.Territory.Id), stop);
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
        if (kind is null)
            form.Refuse("kind", asked.Texts["exports.kind.wrong"]);
        var month = BillingPeriod.TryParse(form["month"], out var named) ? named : (BillingPeriod?)null;
        if (kind == ExportKinds.Charges && month is null)
            form.Refuse("month", asked.Texts["exports.month.wrong"]);
        if (form["format"] is not (TableFile.Csv or TableFile.Xlsx))
            form.Refuse("format", asked.Texts["exports.format.wrong"]);
        return form.IsRefused ? null : new(kind!, territory!, house?.Id, month, form["format"]);
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

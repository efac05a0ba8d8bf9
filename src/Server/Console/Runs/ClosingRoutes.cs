using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Exports;
using Ochag.Server.Security;
using Ochag.Server.Staff;
using static Ochag.Server.Console.Runs.RunRoutes;

namespace Ochag.Server.Console.Runs;

/// <summary>What the sheet is laid out by. The names stand in addresses and after <c>--by</c>: never rename one.</summary>
public enum SheetBy
{
    Service,
    Tariff,
    Building,
}

/// <summary>The closing sheet of a month as one of its views shows it.</summary>
/// <param name="Sheet">Null: <paramref name="Refusal"/> says why.</param>
/// <param name="Houses">Of the view by building: one page of them.</param>
public sealed record ClosingView(
    RunRecord Run,
    TerritoryRecord Territory,
    SheetBy By,
    ClosingSheet? Sheet,
    Refusal? Refusal,
    IReadOnlyList<(Service Service, Money Sum)> Sums,
    IReadOnlyList<(ClosingBuilding Building, string Address)> Houses,
    int Page,
    int Pages,
    IReadOnlyList<string> Suppliers,
    bool MayExport);

/// <summary>The closing sheet of a posted month: by service, tariff and building.</summary>
internal static class ClosingRoutes
{
    public const int OnPage = 50;

    public static void Map(RouteGroupBuilder console) => console.MapGet(
        "/runs/{id:long}/sheet",
        async (long id, string? by, int? page, [AsParameters] Asked asked, IClosing closing, IRegistry registry, HttpContext http) =>
            await View(id, by, page, asked, closing, registry, http) is { } view
                ? Page.Of<ClosingPage>(new { View = view })
                : Results.NotFound()).RequireAuthorization(Policies.Staff);

    private static async Task<ClosingView?> View(
        long id, string? by, int? page, Asked asked, IClosing closing, IRegistry registry, HttpContext http)
    {
        var stop = http.RequestAborted;
        var run = await asked.Billing.FindRun(new(id), stop);
        var territory = (await asked.Sight.Territories(stop)).FirstOrDefault(t => t.Id == run?.Territory);
        if (run is null || territory is null)
            return null;
        var view = Enum.TryParse<SheetBy>(by, ignoreCase: true, out var named) && Enum.IsDefined(named) ? named : SheetBy.Service;
        var counts = run.State.Counts();
        var sheet = view == SheetBy.Building && counts
            ? (Outcome<ClosingSheet>?)null
            : await closing.Sheet(run.Id, MonthTable.MostCounted, null, stop);
        var pages = Math.Max(1, counts ? (await closing.CountBuildings(run.Id, stop) + OnPage - 1) / OnPage : 1);
        var shown = Math.Clamp(page ?? 1, 1, pages);
        var houses = view == SheetBy.Building && counts
            ? await closing.Buildings(run, null, (shown - 1) * OnPage, OnPage, stop)
            : [];
        var addresses = await asked.Desk.AddressesOf([.. houses.Select(h => h.Building)], [territory.Id], stop);
        return new(
            run, territory, view, sheet is { Refusal: null } counted ? counted.Value : null, sheet?.Refusal,
            counts ? await asked.Billing.SumByService(territory, run.Period, stop) : [],
            [.. houses.Select(h => (h, addresses.GetValueOrDefault(h.Building, $"#{h.Building.Value}")))],
            shown, pages, await registry.SuppliersOf(territory.Id, stop),
            (await asked.Sight.Territories(stop, Roles.Engineer, Roles.Administrator, Roles.Auditor)).Any(t => t.Id == territory.Id));
    }

    public static string PathOf(RunId run, SheetBy by = SheetBy.Service) => by == SheetBy.Service
        ? $"{RunRoutes.PathOf(run)}/sheet"
        : $"{RunRoutes.PathOf(run)}/sheet?by={Name(by)}";

    public static string Name(SheetBy by) => by.ToString().ToLowerInvariant();
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Jobs;
using Ochag.Server.Console.Runs;
using Ochag.Server.Console.Tour;
using Ochag.Server.Jobs;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Start;

/// <summary>What the first page shows of one territory.</summary>
public sealed record TerritoryView(
    TerritoryRecord Territory,
    TerritoryCounts Counts,
    int Accounts,
    RunRecord? Posted,
    RunRecord? Before,
    RunRecord? Open,
    RunLook? OpenLook,
    IReadOnlyList<(Service Service, Money Sum)> Sums,
    BillingPeriod Today,
    StartView? Start)
{
    /// <summary>The month after the last posted one, when it is over and waits to be run.</summary>
    public BillingPeriod? Due => Posted is { } posted
        ? posted.Period.PlusMonths(1) is var next && next < Today ? next : null
        : Territory.BilledSince < Today ? Territory.BilledSince : null;
}

/// <summary>The console's first page.</summary>
internal static class StartRoutes
{
    private const int MostHouses = 1_000_000;

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("", Show).RequireAuthorization(Policies.Staff);
        console.MapGet("/start", async (IBilling billing, Onboarding onboarding, Sight sight, HttpContext http) =>
            await ShowStart(billing, onboarding, sight, http, new(), null, StatusCodes.Status200OK)).RequireAuthorization(Policies.Staff);
        console.MapPost("/start/{id:long}/sample", Sample).RequireAuthorization(Policies.Bill).Audited(AuditActions.SampleMade);
    }

    /// <summary>Checklists of all territories that were not billed yet; where there is none at all, the first steps.</summary>
    /// <param name="refused">The territory whose form was refused.</param>
    private static async Task<IResult> ShowStart(
        IBilling billing, Onboarding onboarding, Sight sight, HttpContext http, FormState form, TerritoryId? refused, int status)
    {
        var stop = http.RequestAborted;
        var seen = await sight.Territories(stop);
        var billed = (await billing.ListRuns([.. seen.Select(t => t.Id)], stop)).Where(r => r.State.Counts())
            .Select(r => r.Territory).ToHashSet();
        var views = new List<StartView>();
        foreach (var territory in seen.Where(t => !billed.Contains(t.Id)))
            views.Add(await onboarding.Of(territory, stop));
        if (seen.Count == 0)
            views.Add(await onboarding.Empty(stop));
        return Page.Of<StartPage>(new { Views = views, Form = form, Refused = refused }, status);
    }

    private static async Task<IResult> Sample(
        long id, IBilling billing, Onboarding onboarding, Sight sight, JobDesk jobs, HttpContext http, IStringLocalizer<Texts> texts)
    {
        var stop = http.RequestAborted;
        var own = await sight.Territories(stop, Roles.Engineer, Roles.Administrator);
        if (own.FirstOrDefault(t => t.Id.Value == id) is not { } territory)
            return Results.NotFound();
        http.IsAbout(territory.Code, territory.Id.Value);
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var typed = form["houses"].Trim();
        var houses = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null;
        if (typed.Length > 0 && houses is not (> 0 and <= MostHouses))
            form.Refuse("houses", texts["start.sample.houses.wrong"]);
        var view = await onboarding.Of(territory, stop);
        if (view.Facts.Accounts > 0)
            form.Refuse("", texts["start.sample.accounts"]);
        else if (view.Facts.EmptyHouses == 0)
            form.Refuse("", texts["start.sample.noHouses"]);
        if (form.IsRefused)
            return await ShowStart(billing, onboarding, sight, http, form, territory.Id, StatusCodes.Status422UnprocessableEntity);
        var job = await jobs.Start(SampleJob.Of(territory, houses, form["tariffs"].Length > 0, http.User.Login()), stop);
        return Page.To(http, JobRoutes.PathOf(job.Id));
    }

    private static async Task<IResult> Show(
        IBilling billing, IRegistryDesk desk, Sight sight, TourPlaces tour, JobBook jobs, Onboarding onboarding, IClock clock,
        HttpContext http)
    {
        var stop = http.RequestAborted;
        var seen = await sight.Territories(stop);
        var runs = await billing.ListRuns([.. seen.Select(t => t.Id)], stop);
        var active = await RunRoutes.Active(jobs, stop);
        var views = new List<TerritoryView>();
        foreach (var territory in seen)
        {
            var own = runs.Where(r => r.Territory == territory.Id).ToList();
            var posted = own.Where(r => r.State.Counts()).Take(2).ToList();
            var open = own.Find(r => !r.State.Counts());
            views.Add(new(
                territory,
                await desk.Count(territory.Id, stop),
                posted is [var told, ..] ? told.Accounts : await desk.CountAccounts(territory.Id, stop),
                posted.FirstOrDefault(),
                posted.ElementAtOrDefault(1),
                open,
                open is null ? null : RunView.LookOf(open, active.ContainsKey(open.Id)),
                posted is [var last, ..] ? await billing.SumByService(territory, last.Period, stop) : [],
                BillingPeriod.Of(clock.GetCurrentInstant().InZone(territory.TimeZone).Date),
                posted.Count == 0 ? await onboarding.Of(territory, stop) : null));
        }

        return Page.Of<DashboardPage>(new
        {
            Territories = views,
            HasTour = await tour.Any(stop),
            First = seen.Count == 0 ? await onboarding.Empty(stop) : null,
        });
    }
}

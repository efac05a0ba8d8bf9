using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Facts;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Meters;

/// <summary>A meter's page with its life, and a form for each step of it, from an account's page and from a building's.</summary>
internal static class MeterRoutes
{
    public static readonly string[] Writers = [Roles.Engineer, Roles.Administrator];

    public static void Map(RouteGroupBuilder console)
    {
        foreach (var kind in MeterHome.Kinds)
        {
            var read = kind == MeterHome.Accounts ? AuditActions.AccountRead : AuditActions.BuildingRead;
            var path = $"/{kind}/{{id:long}}/meters";
            console.MapGet(path + "/new", (long id, [AsParameters] MeterAsked asked, HttpContext http) =>
                Open(kind, id, null, MeterForm.Install, asked, http)).RequireAuthorization(Policies.Bill).Audited(read);
            console.MapPost(path + "/new", (long id, [AsParameters] MeterAsked asked, HttpContext http) =>
                Save(kind, id, null, MeterForm.Install, asked, http))
                .RequireAuthorization(Policies.Bill).Audited(AuditActions.MeterChanged);
            console.MapGet(path + "/{meter:long}", (
                long id, long meter, string? said, [AsParameters] MeterAsked asked, HttpContext http) =>
                Show(kind, id, meter, said, asked, http)).RequireAuthorization(Policies.Staff).Audited(read);
            console.MapGet(path + "/{meter:long}/{step}", (
                long id, long meter, string step, [AsParameters] MeterAsked asked, HttpContext http) =>
                Open(kind, id, meter, step, asked, http)).RequireAuthorization(Policies.Bill).Audited(read);
            console.MapPost(path + "/{meter:long}/{step}", (
                long id, long meter, string step, [AsParameters] MeterAsked asked, HttpContext http) =>
                Save(kind, id, meter, step, asked, http)).RequireAuthorization(Policies.Bill).Audited(AuditActions.MeterChanged);
            CorrectionRoutes.Map(console, kind, path + "/{meter:long}/readings/{reading:long}", read);
        }
    }

    private static async Task<IResult> Show(string kind, long id, long meter, string? said, MeterAsked asked, HttpContext http)
    {
        if (await MeterHome.Find(kind, id, asked, http) is not { } home || await Life(home, meter, asked, http) is not { } life)
            return Results.NotFound();
        var view = new MeterView
        {
            Home = home,
            Life = life,
            Today = Today(home, asked),
            Readings = await asked.Life.ListReadings(life.Place.Id, http.RequestAborted),
            Kept = await asked.Corrections.History(life.Place.Id, MeterView.ReadingsShown, http.RequestAborted),
            Days = await asked.Intervals.Latest(life.Place.Id, MeterView.DaysShown, http.RequestAborted),
            Said = MeterForm.Steps.Contains(said, StringComparer.Ordinal) || said is MeterForm.Install or CorrectionRoutes.Corrected
                ? said
                : null,
        };
        return Page.Of<MeterPage>(new { View = view });
    }

    private static async Task<IResult> Open(string kind, long id, long? meter, string step, MeterAsked asked, HttpContext http) =>
        await Find(kind, id, meter, step, asked, http) is { } form ? FactForms.Open(form.View()) : Results.NotFound();

    private static async Task<IResult> Save(string kind, long id, long? meter, string step, MeterAsked asked, HttpContext http)
    {
        if (await Find(kind, id, meter, step, asked, http) is not { } form)
            return Results.NotFound();
        var stop = http.RequestAborted;
        var typed = new FormState(await http.Request.ReadFormAsync(stop));
        var saved = await form.Save(typed, asked.Life, http.User.Login(), stop);
        if (saved is { IsDone: true })
        {
            http.IsAbout($"{form.Home.Name} {form.SerialOf(typed)}", form.Home.Territory.Id.Value);
            return Page.To(http, $"{form.Home.Of(saved.Meter)}?said={step}");
        }

        var doubtful = typed["confirmed"].Length > 0 || saved?.Refusals.Any(r => r.Facts.Contains(("doubt", "yes"))) == true;
        return FactForms.Refuse(form.View(doubtful), typed, saved?.Refusals ?? [], asked.Texts, MeterForm.FieldOf);
    }

    private static async Task<MeterForm?> Find(string kind, long id, long? meter, string step, MeterAsked asked, HttpContext http)
    {
        if (await MeterHome.Find(kind, id, asked, http, Writers) is not { } home)
            return null;
        if (meter is null)
            return new(home, null, step, Today(home, asked), asked.Texts);
        return MeterForm.Steps.Contains(step, StringComparer.Ordinal) && await Life(home, meter.Value, asked, http) is { } life
            ? new(home, life, step, Today(home, asked), asked.Texts)
            : null;
    }

    public static async Task<MeterLife?> Life(MeterHome home, long meter, MeterAsked asked, HttpContext http) =>
        await asked.Meters.Find(new(meter), http.RequestAborted) is { } life && home.Owns(life) ? life : null;

    public static LocalDate Today(MeterHome home, MeterAsked asked) =>
        asked.Clock.GetCurrentInstant().InZone(home.Territory.TimeZone).Date;
}

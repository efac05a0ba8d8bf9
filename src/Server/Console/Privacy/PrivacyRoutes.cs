using Microsoft.Extensions.Localization;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.Jobs;
using Ochag.Server.Jobs;
using Ochag.Server.Privacy;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Privacy;

/// <summary>What is kept of people, why and how long; and erasing what is past its term.</summary>
internal static class PrivacyRoutes
{
    private const string Path = "/personal-data";

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet(Path, ([AsParameters] Asked asked, HttpContext http) =>
            Show(asked, http, new FormState(), StatusCodes.Status200OK)).RequireAuthorization(Policies.Audit);
        console.MapPost(Path + "/retention", Start).RequireAuthorization(Policies.Administer).Audited(AuditActions.RetentionStarted);
    }

    internal sealed record Asked(Sight Sight, JobDesk Jobs, JobBook Book, IStringLocalizer<Texts> Texts);

    private static async Task<IResult> Start([AsParameters] Asked asked, HttpContext http)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        if ((await Own(asked, http)).FirstOrDefault(t => t.Code == form["territory"]) is not { } territory)
        {
            form.Refuse("territory", asked.Texts["runs.territory.wrong"]);
            return await Show(asked, http, form, StatusCodes.Status422UnprocessableEntity);
        }

        http.IsAbout(territory.Code, territory.Id.Value);
        var job = await asked.Jobs.Start(RetentionJob.Of(territory, http.User.Login()), http.RequestAborted);
        return Page.To(http, JobRoutes.PathOf(job.Id));
    }

    private static async Task<IResult> Show(Asked asked, HttpContext http, FormState form, int status)
    {
        var own = await Own(asked, http);
        var runs = new List<RetentionRun>();
        foreach (var territory in own)
            runs.Add(new(territory, await asked.Book.Latest(RetentionJob.SubjectOf(territory.Id), http.RequestAborted)));
        return Page.Of<PersonalDataPage>(new { Form = form, Runs = runs }, status);
    }

    private static Task<IReadOnlyList<TerritoryRecord>> Own(Asked asked, HttpContext http) =>
        asked.Sight.Territories(http.RequestAborted, Roles.Administrator);
}

/// <summary>When a territory was looked through the last time; null: never.</summary>
public sealed record RetentionRun(TerritoryRecord Territory, Job? Last);

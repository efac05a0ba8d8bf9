using System.Globalization;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Jobs;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Jobs;

/// <summary>Long work: who asked for it, how far it is, what came of it; cancelling and trying again.</summary>
internal static class JobRoutes
{
    private const int Listed = 200;

    public static void Map(RouteGroupBuilder console)
    {
        var jobs = console.MapGroup("/jobs");
        jobs.MapGet("", async ([AsParameters] Asked asked, HttpContext http) => Page.Of<JobsPage>(new { View = await List(asked, http) }))
            .RequireAuthorization(Policies.Bill);
        jobs.MapGet("/state", async ([AsParameters] Asked asked, HttpContext http) =>
            Page.Of<JobList>(new { View = await List(asked, http) })).RequireAuthorization(Policies.Bill);
        jobs.MapGet("/{id:long}", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await Find(id, asked, http) is { } view ? Page.Of<JobPage>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Bill);
        jobs.MapGet("/{id:long}/state", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await Find(id, asked, http) is { } view ? Page.Of<JobState>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Bill);
        jobs.MapPost("/{id:long}/cancel", Cancel).RequireAuthorization(Policies.Bill).Audited(AuditActions.JobCancelled);
        jobs.MapPost("/{id:long}/retry", Retry).RequireAuthorization(Policies.Bill).Audited(AuditActions.JobRetried);
    }

    internal sealed record Asked(JobDesk Desk, JobBook Book, Sight Sight);

    private static Task<IReadOnlyList<TerritoryRecord>> Own(Asked asked, HttpContext http) =>
        asked.Sight.Territories(http.RequestAborted, Roles.Engineer, Roles.Administrator);

    private static async Task<IReadOnlyList<JobView>> List(Asked asked, HttpContext http)
    {
        var own = await Own(asked, http);
        var jobs = await asked.Book.List([.. own.Select(t => t.Id.Value)], Listed, http.RequestAborted);
        return [.. jobs.Select(j => new JobView(asked.Desk.Fresh(j), own.First(t => t.Id.Value == j.TerritoryId), []))];
    }

    private static async Task<JobView?> Find(long id, Asked asked, HttpContext http)
    {
        var job = await asked.Book.Find(id, http.RequestAborted);
        var territory = (await Own(asked, http)).FirstOrDefault(t => t.Id.Value == job?.TerritoryId);
        return job is null || territory is null
            ? null
            : new(asked.Desk.Fresh(job), territory, await asked.Book.Lines(id, http.RequestAborted));
    }

    private static async Task<IResult> Cancel(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not { } view)
            return Results.NotFound();
        http.IsAbout(About(view.Job), view.Territory.Id.Value);
        await asked.Desk.Cancel(id, http.RequestAborted);
        return Page.To(http, PathOf(id));
    }

    /// <summary>A new job for the same thing: the old one stays as it ended.</summary>
    private static async Task<IResult> Retry(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not { } view)
            return Results.NotFound();
        http.IsAbout(About(view.Job), view.Territory.Id.Value);
        if (!view.Job.MayRetry)
            return Page.To(http, PathOf(id));
        var old = view.Job;
        var next = await asked.Desk.Start(
            new(old.Kind, old.Subject, old.Label, old.TerritoryId, old.Payload, http.User.Login()), http.RequestAborted, old.Id);
        return Page.To(http, PathOf(next.Id));
    }

    private static string About(Job job) => $"job {job.Id.ToString(CultureInfo.InvariantCulture)} {job.Kind}";

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"/console/jobs/{id}");
}

/// <summary>A job with what its page shows.</summary>
public sealed record JobView(Job Job, TerritoryRecord Territory, IReadOnlyList<JobLine> Lines);

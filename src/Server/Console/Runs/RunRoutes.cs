using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Jobs;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Runs;

/// <summary>Bill runs: their list, one with its progress, starting and continuing.</summary>
internal static class RunRoutes
{
    /// <summary>Shorter steps than a person can read would only cost requests.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(400);

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/runs", async ([AsParameters] Asked asked, HttpContext http, string? territory) =>
            await ShowList(asked, http, FormState.Of(("territory", territory)), StatusCodes.Status200OK))
            .RequireAuthorization(Policies.Staff);
        console.MapPost("/runs", Start).RequireAuthorization(Policies.Bill).Audited(AuditActions.RunStarted);
        console.MapGet("/runs/{id:long}", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await View(id, asked, http) is { } view ? Page.Of<RunPage>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Staff);
        console.MapGet("/runs/{id:long}/state", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await View(id, asked, http) is { } view ? Page.Of<RunStatePart>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Staff);
        console.MapGet("/runs/{id:long}/changes", Changes).RequireAuthorization(Policies.Staff);
        console.MapPost("/runs/{id:long}/continue", Continue).RequireAuthorization(Policies.Bill).Audited(AuditActions.RunStarted);
        RunActs.Map(console);
        AnomalyRoutes.Map(console);
        ClosingRoutes.Map(console);
    }

    internal sealed record Asked(
        IBilling Billing, IBillRuns Runs, IAnomalies Anomalies, IRegistryDesk Desk, Sight Sight, JobDesk Jobs, JobBook Book, IClock Clock,
        IStringLocalizer<Texts> Texts);

    internal static Task<IReadOnlyList<TerritoryRecord>> Billable(Asked asked, CancellationToken stop) =>
        asked.Sight.Territories(stop, Roles.Engineer, Roles.Administrator);

    private static async Task<IResult> ShowList(Asked asked, HttpContext http, FormState form, int status)
    {
        var stop = http.RequestAborted;
        var seen = await asked.Sight.Territories(stop);
        var runs = await asked.Billing.ListRuns([.. seen.Select(t => t.Id)], stop);
        var active = await Active(asked.Book, stop);
        var next = (await Billable(asked, stop)).Select(t => new NextRun(t, NextMonth(t, runs))).ToList();
        return Page.Of<RunsPage>(new
        {
            Form = form,
            Next = next,
            Runs = runs.Select(r => (r, seen.First(t => t.Id == r.Territory), RunView.LookOf(r, active.ContainsKey(r.Id)))).ToList(),
        }, status);
    }

    private static BillingPeriod NextMonth(TerritoryRecord territory, IReadOnlyList<RunRecord> runs) =>
        runs.Where(r => r.Territory == territory.Id && r.State.Counts()).Select(r => (BillingPeriod?)r.Period).Max()
            ?.PlusMonths(1) ?? territory.BilledSince;

    private static async Task<IResult> Start([AsParameters] Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var form = new FormState(await http.Request.ReadFormAsync(stop));
        var territory = (await Billable(asked, stop)).FirstOrDefault(t => t.Code == form["territory"]);
        if (territory is null)
            form.Refuse("territory", asked.Texts["runs.territory.wrong"]);
        if (!BillingPeriod.TryParse(form["month"].Trim(), out var month))
            form.Refuse("month", asked.Texts["runs.month.wrong"]);
        if (!form.IsRefused)
        {
            var opened = await asked.Runs.Open(territory!, month, http.User.Login(), stop);
            if (opened.Refusal is null)
                return await Begin(opened.Value, territory!, RunWork.Evaluate, asked, http);
            form.Refuse("month", RefusalSentences.Of(opened.Refusal, asked.Texts));
        }

        return await ShowList(asked, http, form, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What was interrupted goes on; a draft is evaluated where that failed.</summary>
    private static async Task<IResult> Continue(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not var (run, territory))
            return Results.NotFound();
        return run.State.Counts()
            ? Page.To(http, PathOf(run.Id))
            : await Begin(run, territory, run.State == RunState.Approved ? RunWork.Post : RunWork.Evaluate, asked, http);
    }

    /// <summary>A run that the person may take further; null: there is none, or it lies elsewhere.</summary>
    internal static async Task<(RunRecord Run, TerritoryRecord Territory)?> Find(long id, Asked asked, HttpContext http)
    {
        var run = await asked.Billing.FindRun(new(id), http.RequestAborted);
        var territory = (await Billable(asked, http.RequestAborted)).FirstOrDefault(t => t.Id == run?.Territory);
        if (run is null || territory is null)
            return null;
        http.IsAbout($"{territory.Code} {run.Period}", territory.Id.Value);
        return (run, territory);
    }

    internal static async Task<IResult> Begin(RunRecord run, TerritoryRecord territory, RunWork work, Asked asked, HttpContext http)
    {
        http.IsAbout($"{territory.Code} {run.Period}", territory.Id.Value);
        await asked.Jobs.Start(RunJob.Of(run, territory, work, http.User.Login()), http.RequestAborted);
        return Page.To(http, PathOf(run.Id));
    }

    internal static string PathOf(RunId run) => $"/console/runs/{run.Value.ToString(Invariant)}";

    /// <summary>The runs that wait or are at work, each with its job.</summary>
    internal static async Task<IReadOnlyDictionary<RunId, Job>> Active(JobBook book, CancellationToken stop) =>
        (await book.Active(stop)).Where(j => j.Kind == RunJob.Kind).ToDictionary(RunJob.RunOf);

    internal static async Task<RunView?> View(long id, Asked asked, HttpContext http, Refusal? refusal = null)
    {
        var stop = http.RequestAborted;
        // Before the row: a run that ends in between is shown as still working, and the page asks once more.
        var job = await asked.Book.Latest(RunJob.SubjectOf(new(id)), stop);
        var seen = await asked.Sight.Territories(stop);
        var run = await asked.Billing.FindRun(new(id), stop);
        var territory = seen.FirstOrDefault(t => t.Id == run?.Territory);
        if (run is null || territory is null)
            return null;
        var refused = run.Refused == 0 ? [] : await asked.Billing.ListRefused(run.Id, RunView.RefusedShown, stop);
        var addresses = await asked.Desk.AddressesOf([.. refused.Select(r => r.Building)], [territory.Id], stop);
        return new(
            run,
            territory,
            RunView.LookOf(run, job is { IsActive: true }),
            await asked.Billing.SumByService(territory, run.Period, stop),
            [.. refused.Select(r => (
                r.Building,
                addresses.GetValueOrDefault(r.Building, r.Building.Value.ToString(Invariant)),
                RefusalSentences.Parse(r.Reason)))],
            refusal ?? (job is { IsActive: false, Reason: { } reason } ? RefusalSentences.Parse(reason) : null),
            await asked.Anomalies.Count(run.Id, stop),
            await asked.Runs.Steps(run.Id, stop),
            job is { IsActive: true, StartedAt: { } since } ? RunPace.Of(since, asked.Clock.GetCurrentInstant(), run) : null,
            (await Billable(asked, stop)).Any(t => t.Id == territory.Id) ? http.User.Login() : null);
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    /// <summary>An event each time the run has moved on; the page then asks for its state. Ends with the run.</summary>
    private static async Task<IResult> Changes(
        long id, [AsParameters] Asked asked, HttpContext http, IHostApplicationLifetime lifetime, IServiceScopeFactory scopes)
    {
        var run = await asked.Billing.FindRun(new(id), http.RequestAborted);
        if (run is null || !(await asked.Sight.Ids(http.RequestAborted)).Contains(run.Territory))
            return Results.NotFound();
        var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.RegisterForDispose(stop);
        return TypedResults.ServerSentEvents(Watch(RunJob.SubjectOf(run.Id), asked.Jobs, scopes, stop.Token));
    }

    private static async IAsyncEnumerable<SseItem<string>> Watch(
        string subject, JobDesk jobs, IServiceScopeFactory scopes, [EnumeratorCancellation] CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && await Active(subject, scopes) is { } job)
        {
            var change = jobs.NextChange(job.Id, stop);
            var moved = await Task.WhenAny(change, Task.Delay(KeepAlive, stop)) == change;
            yield return new SseItem<string>(moved ? "moved" : "waiting", "run");
            await Task.WhenAny(Task.Delay(Pace, stop));
        }

        // A server that stops leaves the end unsaid: the page then asks the next one.
        if (!stop.IsCancellationRequested)
            yield return new SseItem<string>("ended", "ended");
    }

    /// <summary>In a scope of its own: the page is watched for as long as the run takes.</summary>
    private static async Task<Job?> Active(string subject, IServiceScopeFactory scopes)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<JobBook>().Latest(subject, CancellationToken.None) is { IsActive: true } job
            ? job
            : null;
    }
}

using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Jobs;
using Ochag.Server.Security;
using Ochag.Server.Staff;
using static Ochag.Server.Console.Runs.RunRoutes;

namespace Ochag.Server.Console.Runs;

/// <summary>What people do with an evaluated month: evaluate it anew, approve, issue, close.</summary>
internal static class RunActs
{
    public static void Map(RouteGroupBuilder console)
    {
        Map(console, "anew", AuditActions.RunStartedAnew, Anew);
        Map(console, "approve", AuditActions.RunApproved, Approve);
        Map(console, "issue", AuditActions.RunIssued, (run, territory, asked, http) =>
            Begin(run, territory, RunWork.Issue, asked, http));
        Map(console, "close", AuditActions.RunClosed, (run, territory, asked, http) =>
            Begin(run, territory, RunWork.Close, asked, http));
    }

    private static void Map(
        RouteGroupBuilder console, string act, string audited, Func<RunRecord, TerritoryRecord, Asked, HttpContext, Task<IResult>> work) =>
        console.MapPost($"/runs/{{id:long}}/{act}", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await Find(id, asked, http) is var (run, territory) ? await work(run, territory, asked, http) : Results.NotFound())
            .RequireAuthorization(Policies.Bill).Audited(audited);

    private static async Task<IResult> Anew(RunRecord run, TerritoryRecord territory, Asked asked, HttpContext http)
    {
        var begun = await asked.Runs.StartAnew(territory, run.Id, http.User.Login(), http.RequestAborted);
        return begun.Refusal is { } refusal
            ? await Refused(run, refusal, asked, http)
            : await Begin(begun.Value, territory, RunWork.Evaluate, asked, http);
    }

    private static async Task<IResult> Approve(RunRecord run, TerritoryRecord territory, Asked asked, HttpContext http)
    {
        var approved = await asked.Runs.Approve(territory, run.Id, http.User.Login(), http.RequestAborted);
        return approved.Refusal is { } refusal
            ? await Refused(run, refusal, asked, http)
            : await Begin(approved.Value, territory, RunWork.Post, asked, http);
    }

    private static async Task<IResult> Refused(RunRecord run, Refusal refusal, Asked asked, HttpContext http) => Page.Of<RunPage>(
        new { View = (await View(run.Id.Value, asked, http, refusal))! }, StatusCodes.Status422UnprocessableEntity);
}

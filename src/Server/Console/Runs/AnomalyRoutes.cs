using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;
using static Ochag.Server.Console.Runs.RunRoutes;

namespace Ochag.Server.Console.Runs;

/// <summary>An anomaly with the place that it is about.</summary>
public sealed record AnomalyLine(Anomaly Anomaly, string Address, AccountLabel? Account);

/// <summary>What of a draft looks odd: all of it by groups, or one group.</summary>
public sealed record AnomaliesView(
    RunRecord Run, TerritoryRecord Territory, AnomalyCount Count, IReadOnlyList<AnomalyGroup> Groups, AnomalyChoice? Chosen,
    int Meant, IReadOnlyList<AnomalyLine> Lines, int Page, bool GoesOn, bool MayDecide);

/// <summary>Looking through the odd bills of a draft, and deciding them: one, a house's, or a whole group.</summary>
internal static class AnomalyRoutes
{
    public const int Worst = 20;
    public const int OnPage = 50;

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet("/runs/{id:long}/anomalies", Show).RequireAuthorization(Policies.Staff);
        console.MapPost("/runs/{id:long}/anomalies", Decide).RequireAuthorization(Policies.Bill).Audited(AuditActions.AnomaliesDecided);
    }

    private static async Task<IResult> Show(long id, [AsParameters] Picked picked, [AsParameters] Asked asked, HttpContext http) =>
        await View(id, picked, asked, http) is { } view
            ? Page.Of<AnomaliesPage>(new { View = view, Form = new FormState() })
            : Results.NotFound();

    internal sealed record Picked(string? Kind, string? Service, long? Building, int? Number, int? Page)
    {
        /// <summary>Null: no group, or none of that name.</summary>
        public AnomalyChoice? Choice => Enum.TryParse<AnomalyKind>(Kind, out var kind) && Enum.IsDefined(kind) && ServiceOf(out var service)
            ? new(kind, service, Building is { } id ? new BuildingId(id) : null, Number)
            : null;

        private bool ServiceOf(out Service? service)
        {
            service = null;
            if (string.IsNullOrEmpty(Service))
                return true;
            if (!Enum.TryParse<Service>(Service, out var named) || !Enum.IsDefined(named))
                return false;
            service = named;
            return true;
        }
    }

    private static async Task<AnomaliesView?> View(long id, Picked picked, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var run = await asked.Billing.FindRun(new(id), stop);
        var territory = (await asked.Sight.Territories(stop)).FirstOrDefault(t => t.Id == run?.Territory);
        if (run is null || territory is null)
            return null;
        var chosen = picked.Choice is { } choice ? choice with { Number = null } : null;
        var page = Math.Clamp(picked.Page ?? 1, 1, 100_000);
        var (skip, take) = chosen is null ? (0, Worst) : ((page - 1) * OnPage, OnPage);
        var found = await asked.Anomalies.List(run, chosen, undecidedOnly: chosen is null, skip, take + 1, stop);
        var shown = found.Take(take).ToList();
        var places = await asked.Desk.LabelsOf([.. shown.Select(a => a.Account).OfType<AccountId>()], [territory.Id], stop);
        var addresses = await asked.Desk.AddressesOf([.. shown.Select(a => a.Building).Distinct()], [territory.Id], stop);
        var groups = await asked.Anomalies.Groups(run, stop);
        var may = run.State == RunState.Draft && (await Billable(asked, stop)).Any(t => t.Id == territory.Id);
        return new(
            run, territory, await asked.Anomalies.Count(run.Id, stop), groups, chosen,
            chosen is null ? 0 : await asked.Anomalies.CountMeant(run.Id, chosen, stop),
            [.. shown.Select(a => new AnomalyLine(
                a, addresses.GetValueOrDefault(a.Building, $"#{a.Building.Value}"),
                a.Account is { } account ? places.GetValueOrDefault(account) : null))],
            page, found.Count > take, may);
    }

    private static async Task<IResult> Decide(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not var (run, territory))
            return Results.NotFound();
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        var picked = new Picked(form["kind"], form["service"], Number(form["building"]), (int?)Number(form["number"]), null);
        Refusal? refusal = new("billing.anomaly-unknown");
        if (picked.Choice is { } choice && Enum.TryParse<AnomalyVerdict>(form["verdict"], out var verdict) && Enum.IsDefined(verdict))
        {
            var decided = await asked.Anomalies.Decide(
                territory, run.Id, choice, verdict, form["note"], http.User.Login(), http.RequestAborted);
            refusal = decided.Refusal;
        }

        if (refusal is null)
        {
            http.IsAbout($"{territory.Code} {run.Period}", territory.Id.Value);
            return Page.To(http, Local(form["back"]) ?? $"{PathOf(run.Id)}/anomalies");
        }

        form.Refuse(refusal.Code == "billing.anomaly-note-missing" ? "note" : "", RefusalSentences.Of(refusal, asked.Texts));
        var view = await View(id, picked with { Number = null }, asked, http);
        return Page.Of<AnomaliesPage>(new { View = view!, Form = form }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>To accept a building without an evaluation is to leave it without bills: the button says so.</summary>
    public static string AcceptKey(AnomalyKind kind) =>
        kind is AnomalyKind.NoTariff or AnomalyKind.NotEvaluated ? "anomalies.leaveOut" : "anomalies.accept";

    private static string? Local(string back) => back.StartsWith("/console/runs/", StringComparison.Ordinal) ? back : null;

    private static long? Number(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
        && number is > 0 and < int.MaxValue * 1000L ? number : null;
}

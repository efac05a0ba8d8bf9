using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Console.RulePacks;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Tariffs;

/// <summary>Tariffs and norms of a territory: what holds, drafts, and the second look before one is recorded.</summary>
internal static class TariffRoutes
{
    private const string Drafts = "/console/tariffs/drafts/";

    public static void Map(RouteGroupBuilder console)
    {
        var tariffs = console.MapGroup("/tariffs").RequireAuthorization(Policies.Bill);
        tariffs.MapGet("", List);
        tariffs.MapGet("/new", New);
        tariffs.MapPost("", Begin).Audited(AuditActions.TariffDrafted);
        tariffs.MapGet("/drafts/{id:long}", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await Find(id, asked, http) is ({ } territory, { } draft)
                ? await ShowDraft(asked, territory, draft, null, null, http, StatusCodes.Status200OK)
                : Results.NotFound());
        tariffs.MapGet("/drafts/{id:long}/edit", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await Find(id, asked, http) is ({ } territory, { } draft)
                ? await ShowForm(asked, territory, draft, null, TariffForm.Of(draft.Draft), http, StatusCodes.Status200OK)
                : Results.NotFound());
        tariffs.MapPost("/drafts/{id:long}", Change).Audited(AuditActions.TariffDrafted);
        tariffs.MapPost("/drafts/{id:long}/record", (long id, [AsParameters] Asked asked, HttpContext http) =>
            Close(id, asked, http, asked.Drafts.Record, "recorded")).Audited(AuditActions.TariffRecorded);
        tariffs.MapPost("/drafts/{id:long}/drop", (long id, [AsParameters] Asked asked, HttpContext http) =>
            Close(id, asked, http, asked.Drafts.Drop, "dropped")).Audited(AuditActions.TariffDropped);
    }

    internal sealed record Asked(
        IBilling Billing, IParameterDrafts Drafts, IRegistryDesk Desk, Sight Sight, IClock Clock, IStringLocalizer<Texts> Texts);

    private delegate Task<Refusal?> Closing(TerritoryRecord territory, long id, int version, string by, CancellationToken stop);

    private static Task<IReadOnlyList<TerritoryRecord>> Own(Asked asked, HttpContext http) =>
        asked.Sight.Territories(http.RequestAborted, Roles.Engineer, Roles.Administrator);

    private static async Task<TerritoryRecord?> Named(string? code, Asked asked, HttpContext http) =>
        (await Own(asked, http)).FirstOrDefault(t => string.IsNullOrEmpty(code) || t.Code == code);

    private static async Task<IResult> List([AsParameters] Asked asked, HttpContext http, string? territory, string? said)
    {
        var stop = http.RequestAborted;
        var own = await Own(asked, http);
        if (own.Count == 0)
            return Page.Of<NoRulesPage>();
        if (await Named(territory, asked, http) is not { } found)
            return Results.NotFound();
        var sources = await asked.Billing.RuleSourcesOf(found, stop);
        var rows = sources.IsRefused ? [] : RuleRow.Of(sources.Value).Where(r => r.Backing == Backing.Territory).ToList();
        return Page.Of<TariffsPage>(new
        {
            View = new TariffsView(
                found, own, rows, await asked.Drafts.ListOpen(found.Id, stop),
                asked.Clock.GetCurrentInstant().InZone(found.TimeZone).Date, sources.Refusal),
            Said = said is "recorded" or "dropped" ? "tariffs.said." + said : null,
        });
    }

    private static async Task<IResult> New(
        [AsParameters] Asked asked, HttpContext http, string? territory, string? table, string? key)
    {
        if (await Named(territory, asked, http) is not { } found)
            return Results.NotFound();
        return await ShowForm(
            asked, found, null, null, FormState.Of(("table", table), ("key", key)), http, StatusCodes.Status200OK);
    }

    private static async Task<IResult> Begin([AsParameters] Asked asked, HttpContext http)
    {
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        if (form["territory"].Length == 0 || await Named(form["territory"], asked, http) is not { } territory)
            return Results.NotFound();
        if (TariffForm.Read(form, asked.Texts) is { } draft)
        {
            http.IsAbout($"{territory.Code} {form["key"].Trim()}", territory.Id.Value);
            var begun = await asked.Drafts.Begin(territory, draft, http.User.Login(), http.RequestAborted);
            if (!begun.IsRefused)
                return Page.To(http, PathOf(begun.Value.Id));
            TariffForm.Refuse(form, begun.Refusal!, asked.Texts);
        }

        return await ShowForm(asked, territory, null, null, form, http, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Change(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await Find(id, asked, http) is not ({ } territory, { } last))
            return Results.NotFound();
        http.IsAbout(About(territory, last), territory.Id.Value);
        var form = new FormState(await http.Request.ReadFormAsync(http.RequestAborted));
        KeptDraft? theirs = null;
        if (TariffForm.Read(form, asked.Texts) is { } draft)
        {
            var changed = await asked.Drafts.Change(territory, id, VersionOf(form), draft, http.User.Login(), http.RequestAborted);
            if (!changed.IsRefused)
                return Page.To(http, PathOf(id));
            if (changed.Refusal!.Code == "billing.draft-changed-meanwhile")
                theirs = last;
            else
                TariffForm.Refuse(form, changed.Refusal, asked.Texts);
        }

        return await ShowForm(asked, territory, last, theirs, form, http, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Close(long id, Asked asked, HttpContext http, Closing closing, string said)
    {
        if (await Find(id, asked, http) is not ({ } territory, { } last))
            return Results.NotFound();
        http.IsAbout(About(territory, last), territory.Id.Value);
        var version = VersionOf(new FormState(await http.Request.ReadFormAsync(http.RequestAborted)));
        var refusal = await closing(territory, id, version, http.User.Login(), http.RequestAborted);
        if (refusal is null)
            return Page.To(http, $"/console/tariffs?territory={territory.Code}&said={said}");
        var seen = (await asked.Drafts.Versions(id, http.RequestAborted)).FirstOrDefault(v => v.Version == version);
        return await ShowDraft(asked, territory, last, seen, refusal, http, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>An open draft of the person's territories, as it stands now.</summary>
    private static async Task<(TerritoryRecord? Territory, KeptDraft? Draft)> Find(long id, Asked asked, HttpContext http)
    {
        var last = await asked.Drafts.Versions(id, http.RequestAborted) is [.., var found] ? found : null;
        var territory = (await Own(asked, http)).FirstOrDefault(t => t.Id == last?.Territory);
        return last is { State: DraftState.Open } && territory is not null ? (territory, last) : (null, null);
    }

    private static async Task<IResult> ShowDraft(
        Asked asked, TerritoryRecord territory, KeptDraft draft, KeptDraft? seen, Refusal? refusal, HttpContext http, int status)
    {
        var stop = http.RequestAborted;
        var effect = await asked.Drafts.EffectOf(territory, draft.Draft, stop);
        var sample = effect.IsRefused ? null : effect.Value.Sample;
        var address = sample is null
            ? null
            : (await asked.Desk.AddressesOf([sample.Building], [territory.Id], stop)).GetValueOrDefault(sample.Building);
        return Page.Of<DraftPage>(new
        {
            View = new DraftView(
                territory, draft, seen?.Version == draft.Version ? null : seen, effect.IsRefused ? null : effect.Value,
                refusal ?? effect.Refusal, address),
        }, status);
    }

    private static async Task<IResult> ShowForm(
        Asked asked, TerritoryRecord territory, KeptDraft? draft, KeptDraft? theirs, FormState form, HttpContext http, int status)
    {
        var sources = await asked.Billing.RuleSourcesOf(territory, http.RequestAborted);
        IReadOnlyList<(ParameterTable, string)> known = sources.IsRefused ? [] : ParameterKeys.Of(sources.Value);
        return Page.Of<DraftFormPage>(new { View = new DraftFormView(territory, draft, theirs, form, known) }, status);
    }

    private static string About(TerritoryRecord territory, KeptDraft draft) => $"{territory.Code} {draft.Draft.Key}";

    private static int VersionOf(FormState form) => int.TryParse(form["version"], CultureInfo.InvariantCulture, out var version)
        ? version
        : 0;

    public static string PathOf(long id) => string.Create(CultureInfo.InvariantCulture, $"{Drafts}{id}");
}

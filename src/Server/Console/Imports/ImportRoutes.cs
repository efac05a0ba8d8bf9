using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Console.Desk;
using Ochag.Server.Imports;
using Ochag.Server.Jobs;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Imports;

/// <summary>Registers of other systems: bringing a file, checking it, taking it in, what was taken, taking it back.</summary>
internal static class ImportRoutes
{
    public const long MostBytes = 100 * 1024 * 1024;
    private const int Listed = 100;

    public static void Map(RouteGroupBuilder console)
    {
        var imports = console.MapGroup("/imports");
        imports.MapGet("", async ([AsParameters] Asked asked, HttpContext http, string? kind, string? territory) =>
            await ShowList(asked, http, await Chosen(kind, territory, asked, http), StatusCodes.Status200OK))
            .RequireAuthorization(Policies.Bill);
        imports.MapPost("", Receive).RequireAuthorization(Policies.Bill).WithMetadata(new RequestSizeLimitAttribute(MostBytes));
        imports.MapGet("/kinds/{kind}", (string kind, IImports kinds) => kinds.Kinds.FirstOrDefault(k => k.Name == kind) is { } found
            ? Page.Of<KindPage>(new { Kind = found })
            : Results.NotFound()).RequireAuthorization(Policies.Bill);
        imports.MapGet("/kinds/{kind}/template.{format}", Template).RequireAuthorization(Policies.Bill);
        imports.MapGet("/{id:long}", async (long id, [AsParameters] Asked asked, HttpContext http) =>
            await View(id, asked, http) is { } view ? Page.Of<ImportPage>(new { View = view }) : Results.NotFound())
            .RequireAuthorization(Policies.Bill);
        imports.MapGet("/{id:long}/rejects.csv", Rejects).RequireAuthorization(Policies.Bill).Audited(AuditActions.ImportRead);
        imports.MapPost("/{id:long}/undo", Undo).RequireAuthorization(Policies.Bill).Audited(AuditActions.ImportUndone);
    }

    internal sealed record Asked(IImports Imports, Sight Sight, ImportUploads Uploads, ImportPreviews Previews, JobDesk Jobs, JobBook Book);

    internal static Task<IReadOnlyList<TerritoryRecord>> Own(Asked asked, CancellationToken stop) =>
        asked.Sight.Territories(stop, Roles.Engineer, Roles.Administrator);

    /// <summary>What a link has chosen already; the only territory is chosen by itself.</summary>
    private static async Task<FormState> Chosen(string? kind, string? territory, Asked asked, HttpContext http)
    {
        var own = await Own(asked, http.RequestAborted);
        return FormState.Of(("kind", kind), ("territory", territory ?? (own.Count == 1 ? own[0].Code : null)));
    }

    private static async Task<IResult> ShowList(Asked asked, HttpContext http, FormState form, int status)
    {
        var territories = await Own(asked, http.RequestAborted);
        var imports = await asked.Imports.List([.. territories.Select(t => t.Id)], Listed, http.RequestAborted);
        return Page.Of<ImportsPage>(new
        {
            Form = form,
            Territories = territories,
            Kinds = asked.Imports.Kinds,
            Imports = imports.Select(i => (i, territories.First(t => t.Id == i.Territory))).ToList(),
        }, status);
    }

    private static async Task<IResult> Receive([AsParameters] Asked asked, HttpContext http, IStringLocalizer<Texts> texts)
    {
        var stop = http.RequestAborted;
        var posted = await http.Request.ReadFormAsync(stop);
        var form = new FormState(posted);
        var territory = (await Own(asked, stop)).FirstOrDefault(t => t.Code == form["territory"]);
        if (territory is null)
            form.Refuse("territory", texts["runs.territory.wrong"]);
        if (asked.Imports.Kinds.All(k => k.Name != form["kind"]))
            form.Refuse("kind", texts["imports.kind.wrong"]);
        if (posted.Files["file"] is not { Length: > 0 } file)
        {
            form.Refuse("file", texts["imports.file.wrong"]);
            return await ShowList(asked, http, form, StatusCodes.Status422UnprocessableEntity);
        }

        if (form.IsRefused)
            return await ShowList(asked, http, form, StatusCodes.Status422UnprocessableEntity);
        await using var content = file.OpenReadStream();
        var upload = await asked.Uploads.Receive(
            new(Guid.CreateVersion7(), territory!.Id.Value, form["kind"], NameOf(file.FileName), http.User.Login(),
                new Dictionary<string, string>(StringComparer.Ordinal)),
            content, stop);
        await asked.Jobs.Start(ImportJob.Of(upload, take: false), stop);
        return Page.To(http, $"/console/imports/files/{upload.Id}");
    }

    /// <summary>What the browser says the file is called, for people to read only.</summary>
    private static string NameOf(string told)
    {
        var name = told.Split('/', '\\')[^1];
        return name.Length is 0 or > 150 ? "file" : name;
    }

    private static async Task<IResult> Template(string kind, string format, IImports imports)
    {
        if (imports.Kinds.FirstOrDefault(k => k.Name == kind) is not { } found || format is not ("csv" or "xlsx"))
            return Results.NotFound();
        var stream = new MemoryStream();
        ImportTemplate.Write(found, stream, format == "xlsx");
        await stream.FlushAsync();
        stream.Position = 0;
        return Results.File(stream, format == "xlsx"
            ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            : "text/csv; charset=utf-8", $"{kind}.{format}");
    }

    private static async Task<IResult> Rejects(
        long id, [AsParameters] Asked asked, HttpContext http, IStringLocalizer<Texts> texts)
    {
        if (await View(id, asked, http) is not { } view)
            return Results.NotFound();
        http.IsAbout($"import {id}", view.Territory.Id.Value);
        var stream = new MemoryStream();
        await RejectsFile.Write(asked.Imports, view.Import.Id, stream, r => RemarkText.Of(r, texts), http.RequestAborted);
        stream.Position = 0;
        return Results.File(stream, "text/csv; charset=utf-8", $"import-{id}-rejects.csv");
    }

    private static async Task<IResult> Undo(long id, [AsParameters] Asked asked, HttpContext http)
    {
        if (await View(id, asked, http) is not { } view)
            return Results.NotFound();
        http.IsAbout($"import {id}", view.Territory.Id.Value);
        var undone = await asked.Imports.Undo(view.Import.Id, http.User.Login(), http.RequestAborted);
        return undone.Refusal is { } refusal
            ? Page.Of<ImportPage>(new { View = view with { Refusal = refusal } }, StatusCodes.Status422UnprocessableEntity)
            : Page.To(http, $"/console/imports/{id}");
    }

    private static async Task<ImportView?> View(long id, Asked asked, HttpContext http)
    {
        var stop = http.RequestAborted;
        var import = await asked.Imports.Find(new(id), stop);
        var territory = (await Own(asked, stop)).FirstOrDefault(t => t.Id == import?.Territory);
        return import is null || territory is null
            ? null
            : new(
                import,
                territory,
                [
                    .. await asked.Imports.ListRemarks(import.Id, RowFate.Refused, 0, ImportView.RemarksShown, stop),
                    .. await asked.Imports.ListRemarks(import.Id, RowFate.Doubtful, 0, ImportView.RemarksShown, stop),
                ],
                null);
    }
}

/// <summary>An import with what its page shows.</summary>
/// <param name="Refusal">Why it was not taken back.</param>
public sealed record ImportView(
    ImportRecord Import, TerritoryRecord Territory, IReadOnlyList<ImportRemark> Remarks, Foundation.Refusal? Refusal)
{
    public const int RemarksShown = 100;
}

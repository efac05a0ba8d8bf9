using Ochag.Registry.Contracts;
using Ochag.Server.Audit;
using Ochag.Server.Imports;
using Ochag.Server.Jobs;
using Ochag.Server.Refusals;
using Ochag.Server.Security;
using Ochag.Server.Staff;

namespace Ochag.Server.Console.Imports;

/// <summary>A file on its way in: its preview, which column is which, taking it in, cancelling, throwing it away.</summary>
internal static class ImportFileRoutes
{
    private const string Path = "/imports/files/{id:guid}";

    public static void Map(RouteGroupBuilder console)
    {
        console.MapGet(Path, Show).RequireAuthorization(Policies.Bill);
        console.MapGet(Path + "/state", State).RequireAuthorization(Policies.Bill);
        console.MapPost(Path + "/columns", Columns).RequireAuthorization(Policies.Bill);
        console.MapPost(Path + "/take", Take).RequireAuthorization(Policies.Bill).Audited(AuditActions.ImportTaken);
        console.MapPost(Path + "/cancel", Cancel).RequireAuthorization(Policies.Bill);
        console.MapPost(Path + "/discard", Discard).RequireAuthorization(Policies.Bill);
    }

    private static async Task<IResult> Show(Guid id, [AsParameters] ImportRoutes.Asked asked, HttpContext http)
    {
        if (await View(id, asked, http) is not { } view)
            return await Ended(id, asked, http);
        if (view.Work is { Preview: null, Job: null or { State: JobState.Done or JobState.Interrupted } })
        {
            var job = await asked.Jobs.Start(ImportJob.Of(view.Upload, take: false), http.RequestAborted);
            view = view with { Work = view.Work with { Job = job } };
        }

        return Page.Of<ImportFilePage>(new { View = view });
    }

    private static async Task<IResult> State(Guid id, [AsParameters] ImportRoutes.Asked asked, HttpContext http) =>
        await View(id, asked, http) is { } view ? Page.Of<ImportFileState>(new { View = view }) : await Ended(id, asked, http);

    /// <summary>Each column of ours with the foreign one that the form names; the preview is made anew by it.</summary>
    private static async Task<IResult> Columns(Guid id, [AsParameters] ImportRoutes.Asked asked, HttpContext http)
    {
        if (await View(id, asked, http) is not { } view)
            return await Ended(id, asked, http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var mapping = view.Kind.Columns.ToDictionary(c => c.Name, c => form["column." + c.Name].ToString(), StringComparer.Ordinal);
        var upload = view.Upload with { Mapping = mapping };
        if (!view.Work.IsActive)
        {
            await asked.Uploads.Write(upload, http.RequestAborted);
            asked.Previews.Forget(id);
            await asked.Jobs.Start(ImportJob.Of(upload with { By = http.User.Login() }, take: false), http.RequestAborted);
        }

        return Page.To(http, PathOf(id));
    }

    private static async Task<IResult> Take(Guid id, [AsParameters] ImportRoutes.Asked asked, HttpContext http)
    {
        if (await View(id, asked, http) is not { } view)
            return await Ended(id, asked, http);
        http.IsAbout($"{view.Territory.Code} {view.Upload.Kind}", view.Territory.Id.Value);
        if (view.Work is { IsActive: false, Preview: not null } && view.Missing.Count == 0)
            await asked.Jobs.Start(ImportJob.Of(view.Upload with { By = http.User.Login() }, take: true), http.RequestAborted);
        return Page.To(http, PathOf(id));
    }

    private static async Task<IResult> Cancel(Guid id, [AsParameters] ImportRoutes.Asked asked, HttpContext http)
    {
        if (await View(id, asked, http) is not { } view)
            return await Ended(id, asked, http);
        if (view.Work.Job is { IsActive: true } job)
            await asked.Jobs.Cancel(job.Id, http.RequestAborted);
        return Page.To(http, PathOf(id));
    }

    /// <summary>Thrown away twice is thrown away.</summary>
    private static async Task<IResult> Discard(Guid id, [AsParameters] ImportRoutes.Asked asked, HttpContext http)
    {
        if (await View(id, asked, http) is { Work: { IsActive: false } or { IsTaking: false } } view)
        {
            if (view.Work.Job is { IsActive: true } job)
                await asked.Jobs.Cancel(job.Id, http.RequestAborted);
            asked.Previews.Forget(id);
            asked.Uploads.Remove(id);
        }

        return Page.To(http, "/console/imports");
    }

    public static string PathOf(Guid id) => $"/console/imports/files/{id}";

    private static async Task<ImportFileView?> View(Guid id, ImportRoutes.Asked asked, HttpContext http)
    {
        var upload = await asked.Uploads.Find(id, http.RequestAborted);
        var territory = (await ImportRoutes.Own(asked, http.RequestAborted)).FirstOrDefault(t => t.Id.Value == upload?.Territory);
        var kind = asked.Imports.Kinds.FirstOrDefault(k => k.Name == upload?.Kind);
        var job = await asked.Book.Latest(ImportJob.SubjectOf(id), http.RequestAborted);
        return upload is null || territory is null || kind is null || job is { Kind: ImportTaking.Kind, State: JobState.Done }
            ? null
            : new(upload, territory, kind, new(job is null ? null : asked.Jobs.Fresh(job), asked.Previews.Of(id)));
    }

    /// <summary>A file that is taken in is gone: its page leads to what became of it.</summary>
    private static async Task<IResult> Ended(Guid id, ImportRoutes.Asked asked, HttpContext http)
    {
        var job = await asked.Book.Latest(ImportJob.SubjectOf(id), http.RequestAborted);
        var own = (await ImportRoutes.Own(asked, http.RequestAborted)).Any(t => t.Id.Value == job?.TerritoryId);
        return own && job is { Kind: ImportTaking.Kind, Result: { } result } ? Page.To(http, result) : Results.NotFound();
    }
}

/// <summary>How far the work on a file is.</summary>
/// <param name="Job">The last that was asked for: a check or the taking in.</param>
public sealed record ImportWork(Job? Job, ImportPreview? Preview)
{
    public bool IsActive => Job is { IsActive: true };
    public bool IsTaking => Job is { Kind: ImportTaking.Kind };
    public Foundation.Refusal? Refusal => Job is { IsActive: false, Reason: { } reason } ? RefusalSentences.Parse(reason) : null;
}

/// <summary>A file with what its page shows.</summary>
public sealed record ImportFileView(ImportUpload Upload, TerritoryRecord Territory, IImportKind Kind, ImportWork Work)
{
    /// <summary>Needed columns that no column of the file is taken for.</summary>
    public IReadOnlyList<string> Missing => Work.Preview is { } preview
        ? [.. Kind.Columns.Where(c => c.Required && preview.Columns.All(m => m.Column != c.Name)).Select(c => c.Name)]
        : [];
}

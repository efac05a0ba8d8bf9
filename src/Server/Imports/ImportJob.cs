using System.Globalization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Jobs;
using Ochag.Server.Refusals;

namespace Ochag.Server.Imports;

/// <summary>Looks into a file that was brought, or takes it in.</summary>
internal abstract class ImportJob(IServiceScopeFactory scopes, ImportUploads uploads) : IJobKind
{
    public abstract string Name { get; }

    public static string SubjectOf(Guid upload) => $"file:{upload}";

    public static JobRequest Of(ImportUpload upload, bool take) => new(
        take ? ImportTaking.Kind : ImportCheck.Kind, SubjectOf(upload.Id), upload.Name, upload.Territory, upload.Id.ToString(), upload.By);

    public async Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop)
    {
        if (await uploads.Find(Guid.Parse(job.Payload), stop) is not { } upload)
            return JobEnd.Refused(new("imports.upload-gone", ("file", job.Label)));
        await using var scope = scopes.CreateAsyncScope();
        var territories = await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop);
        var request = new ImportRequest(
            territories.First(t => t.Id.Value == upload.Territory), upload.Kind, uploads.PathOf(upload.Id), upload.Name, upload.By,
            upload.Mapping);
        return await Work(scope.ServiceProvider.GetRequiredService<IImports>(), request, upload, pulse, stop);
    }

    protected abstract Task<JobEnd> Work(
        IImports imports, ImportRequest request, ImportUpload upload, JobPulse pulse, CancellationToken stop);

    /// <summary>Its reason is kept as a refusal was written down.</summary>
    protected static Refusal BrokenOff(string file, string? fault)
    {
        var why = RefusalSentences.Parse(fault ?? "");
        return new("imports.broken-off", [("file", file), ("reason", why.Code), .. why.Facts]);
    }

    protected static IProgress<ImportProgress> Tell(JobPulse pulse) => new Steps(pulse);

    protected static void Say(JobPulse pulse, ImportCounts counts) => pulse.Say(
        "imports.rows", Figure(counts.Rows), Figure(counts.Taken), Figure(counts.Doubtful), Figure(counts.Refused));

    private static string Figure(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Steps(JobPulse pulse) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => pulse.Reach(value.Permille);
    }
}

/// <summary>Reads the file and finds what would be taken; changes nothing.</summary>
internal sealed class ImportCheck(IServiceScopeFactory scopes, ImportUploads uploads, ImportPreviews previews) : ImportJob(scopes, uploads)
{
    public const string Kind = "import-check";

    public override string Name => Kind;

    protected override async Task<JobEnd> Work(
        IImports imports, ImportRequest request, ImportUpload upload, JobPulse pulse, CancellationToken stop)
    {
        var preview = await imports.Preview(request, Tell(pulse), stop);
        if (preview.Refusal is { } refusal)
            return JobEnd.Refused(refusal);
        Say(pulse, preview.Value.Counts);
        previews.Keep(upload.Id, preview.Value);
        return JobEnd.Done($"/console/imports/files/{upload.Id}");
    }
}

/// <summary>Takes the file in. Cancelled, what was taken stays, and can be undone.</summary>
internal sealed class ImportTaking(IServiceScopeFactory scopes, ImportUploads uploads, ImportPreviews previews) : ImportJob(scopes, uploads)
{
    public const string Kind = "import";

    private readonly ImportUploads _uploads = uploads;

    public override string Name => Kind;

    protected override async Task<JobEnd> Work(
        IImports imports, ImportRequest request, ImportUpload upload, JobPulse pulse, CancellationToken stop)
    {
        var taken = await imports.Take(request, Tell(pulse), stop);
        if (taken.Refusal is { } refusal)
            return JobEnd.Refused(refusal);
        var import = taken.Value;
        Say(pulse, import.Counts);
        var page = string.Create(CultureInfo.InvariantCulture, $"/console/imports/{import.Id.Value}");
        if (import.State != ImportState.Done)
        {
            // The file is kept: trying again goes on with the rest.
            return import.State == ImportState.Cancelled
                ? new(JobState.Cancelled, page)
                : new(JobState.Refused, page, BrokenOff(upload.Name, import.Fault));
        }

        return JobEnd.Done(page) with
        {
            Afterwards = () =>
            {
                previews.Forget(upload.Id);
                _uploads.Remove(upload.Id);
            },
        };
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Imports;

/// <summary>How far the work on a file is.</summary>
public enum ImportPhase
{
    /// <summary>Nothing is asked of it: after a restart its preview is asked for anew.</summary>
    Idle,
    Waiting,
    Previewing,
    Previewed,
    Taking,
    Taken,
    Refused,
}

/// <summary>The work on one file, as its page shows it; replaced whole at each step.</summary>
public sealed record ImportWork(
    ImportPhase Phase, ImportProgress? Progress = null, ImportPreview? Preview = null, ImportRecord? Import = null, Refusal? Refusal = null)
{
    public bool IsActive => Phase is ImportPhase.Waiting or ImportPhase.Previewing or ImportPhase.Taking;
}

/// <summary>Previews and takes files in, one after the other, in the background: the person may leave the page.</summary>
internal sealed class ImportJobs(IServiceScopeFactory scopes, ImportUploads uploads, ILogger<ImportJobs> log) : BackgroundService
{
    private const int MostWaiting = 100;

    private readonly Channel<(ImportUpload Upload, bool Take)> _queue = Channel.CreateBounded<(ImportUpload, bool)>(MostWaiting);
    private readonly ConcurrentDictionary<Guid, ImportWork> _works = new();
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _stops = new();

    public ImportWork WorkOf(Guid upload) => _works.GetValueOrDefault(upload) ?? new(ImportPhase.Idle);

    /// <summary>Asks for a preview, or for the taking in; while something is at work, for nothing.</summary>
    public void Start(ImportUpload upload, bool take)
    {
        var before = WorkOf(upload.Id);
        if (before.IsActive || before.Phase == ImportPhase.Taken)
            return;
        _works[upload.Id] = before with { Phase = ImportPhase.Waiting, Progress = null };
        if (!_queue.Writer.TryWrite((upload, take)))
            _works[upload.Id] = before;
    }

    /// <summary>What was taken stays, and can be undone.</summary>
    public void Cancel(Guid upload)
    {
        if (_stops.TryGetValue(upload, out var stop))
            stop.Cancel();
    }

    public void Forget(Guid upload)
    {
        Cancel(upload);
        _works.TryRemove(upload, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var end = stoppingToken.Register(() => _queue.Writer.TryComplete());
        await foreach (var (upload, take) in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            if (stoppingToken.IsCancellationRequested)
                return;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            _stops[upload.Id] = stop;
            try
            {
                _works[upload.Id] = await Work(upload, take, stop.Token);
                // Told first: whoever asks in between is led on, not told that there is nothing.
                if (_works[upload.Id].Phase == ImportPhase.Taken)
                    uploads.Remove(upload.Id);
            }
            catch (OperationCanceledException)
            {
                _works[upload.Id] = new(ImportPhase.Idle);
            }
#pragma warning disable CA1031 // the queue outlives the fault of one file
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log.LogError(fault, "The import of file {Upload} broke off", upload.Id);
                _works[upload.Id] = new(ImportPhase.Refused, Refusal: new("imports.fault"));
            }
            finally
            {
                _stops.TryRemove(upload.Id, out _);
            }
        }
    }

    private async Task<ImportWork> Work(ImportUpload upload, bool take, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var imports = scope.ServiceProvider.GetRequiredService<IImports>();
        var territories = await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop);
        var request = new ImportRequest(
            territories.First(t => t.Id.Value == upload.Territory), upload.Kind, uploads.PathOf(upload.Id), upload.Name, upload.By,
            upload.Mapping);
        var begun = WorkOf(upload.Id) with { Phase = take ? ImportPhase.Taking : ImportPhase.Previewing, Refusal = null };
        _works[upload.Id] = begun;
        var told = new Told(progress => _works[upload.Id] = begun with { Progress = progress });
        if (!take)
        {
            var preview = await imports.Preview(request, told, stop);
            return preview.Refusal is { } refusal
                ? new(ImportPhase.Refused, Refusal: refusal)
                : new(ImportPhase.Previewed, Preview: preview.Value);
        }

        var taken = await imports.Take(request, told, stop);
        if (taken.Refusal is { } wrong)
            return begun with { Phase = ImportPhase.Previewed, Refusal = wrong };
        log.LogInformation("Import {Import} has ended: {State}", taken.Value.Id.Value, taken.Value.State);
        return new(ImportPhase.Taken, Import: taken.Value);
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}

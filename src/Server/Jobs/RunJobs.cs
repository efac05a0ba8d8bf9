using System.Collections.Concurrent;
using System.Threading.Channels;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Jobs;

/// <summary>
/// Bill runs started from the console: one after the other, in the background, so that the person may leave the page. A
/// run that the server's end interrupts stays in the database and is continued by pressing the button again.
/// </summary>
internal sealed class RunJobs(IServiceScopeFactory scopes, ILogger<RunJobs> log) : BackgroundService
{
    private readonly Channel<Job> _queue = Channel.CreateBounded<Job>(100);
    private readonly ConcurrentDictionary<RunId, Job> _active = new();
    private readonly ConcurrentDictionary<RunId, Refusal> _refusals = new();

    private sealed record Job(RunId Run, TerritoryRecord Territory, BillingPeriod Period, string By)
    {
        public TaskCompletionSource Change { get; set; } = New();

        public static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>It waits in the queue or is being evaluated by this process.</summary>
    public bool IsActive(RunId run) => _active.ContainsKey(run);

    /// <summary>Why the last attempt of this process ended without posting; null: it did not, or there was none.</summary>
    public Refusal? RefusalOf(RunId run) => _refusals.GetValueOrDefault(run);

    /// <summary>Done when the run has moved on or ended; at once where it is not active.</summary>
    public Task NextChange(RunId run) => _active.TryGetValue(run, out var job) ? job.Change.Task : Task.CompletedTask;

    /// <summary>Puts an opened run in the queue; pressing twice is once.</summary>
    public void Start(RunRecord run, TerritoryRecord territory, string by)
    {
        var job = new Job(run.Id, territory, run.Period, by);
        if (!_active.TryAdd(run.Id, job))
            return;
        _refusals.TryRemove(run.Id, out _);
        if (!_queue.Writer.TryWrite(job))
            _active.TryRemove(run.Id, out _);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The end of the program closes the queue; waiting for a token instead would end as a fault.
        await using var end = stoppingToken.Register(() => _queue.Writer.TryComplete());
        await foreach (var job in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await Work(job, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the queue outlives the fault of one run; what is done of it is stored
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log.LogError(fault, "Run {Run} broke off", job.Run.Value);
            }
            finally
            {
                _active.TryRemove(job.Run, out _);
                job.Change.TrySetResult();
            }
        }
    }

    private async Task Work(Job job, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        var result = await billing.Run(job.Territory, job.Period, job.By, new Signal(job), stop);
        if (result.Refusal is { } refusal)
        {
            _refusals[job.Run] = refusal;
            log.LogWarning("Run {Run} was refused: {Code}", job.Run.Value, refusal.Code);
        }
        else
        {
            log.LogInformation("Run {Run} is posted", job.Run.Value);
        }
    }

    /// <summary>Wakes everybody who watches the run; what they see they read from the database.</summary>
    private sealed class Signal(Job job) : IProgress<RunRecord>
    {
        public void Report(RunRecord value)
        {
            var reached = job.Change;
            job.Change = Job.New();
            reached.TrySetResult();
        }
    }
}

using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Ochag.Server.Jobs;

/// <summary>
/// Where long work is asked for, watched and cancelled. What was asked for is in the database: a person may leave, a
/// server may end, and what waited goes on with the next start.
/// </summary>
internal sealed class JobDesk(IServiceScopeFactory scopes, IEnumerable<IJobKind> kinds)
{
    /// <summary>Pages of a job that another server does look at the database this often.</summary>
    private static readonly TimeSpan Elsewhere = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Channel<long>> _lanes = kinds.ToDictionary(
        k => k.Name, _ => Channel.CreateUnbounded<long>(), StringComparer.Ordinal);

    private readonly ConcurrentDictionary<long, (JobPulse Pulse, CancellationTokenSource Stop)> _here = new();

    /// <summary>Asks for it; a thing whose job is not over keeps that one.</summary>
    public async Task<Job> Start(JobRequest request, CancellationToken stop, long? retryOf = null)
    {
        var job = await Put(request, stop, retryOf);
        Go(job);
        return job;
    }

    /// <summary>Puts it down without setting it going yet.</summary>
    public async Task<Job> Put(JobRequest request, CancellationToken stop, long? retryOf = null)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Book(scope).Add(request, retryOf, stop);
    }

    /// <summary>Asked twice is once: the lane takes only what still waits.</summary>
    public void Go(Job job)
    {
        if (job.State == JobState.Waiting)
            _lanes[job.Kind].Writer.TryWrite(job.Id);
    }

    public async Task Cancel(long id, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Book(scope).Cancel(id, stop);
        if (_here.TryGetValue(id, out var mine))
            await mine.Stop.CancelAsync();
    }

    /// <summary>A job as its page shows it: what is at work here tells its progress itself.</summary>
    public Job Fresh(Job job)
    {
        if (_here.TryGetValue(job.Id, out var mine))
            job.Permille = mine.Pulse.Permille;
        return job;
    }

    /// <summary>Done when the job has moved on, or it is worth looking again.</summary>
    public Task NextChange(long id, CancellationToken stop) =>
        _here.TryGetValue(id, out var mine) ? mine.Pulse.Change : Task.Delay(Elsewhere, stop);

    internal ChannelReader<long> Lane(IJobKind kind) => _lanes[kind.Name].Reader;

    /// <summary>Back into its lane; what does not wait any more is passed over there.</summary>
    internal void Again(IJobKind kind, long id) => _lanes[kind.Name].Writer.TryWrite(id);

    internal JobPulse Enter(long id, CancellationTokenSource stop)
    {
        var pulse = new JobPulse();
        _here[id] = (pulse, stop);
        return pulse;
    }

    internal void Leave(long id)
    {
        if (_here.TryRemove(id, out var mine))
            mine.Pulse.Beat();
    }

    internal void Close()
    {
        foreach (var lane in _lanes.Values)
            lane.Writer.TryComplete();
    }

    private static JobBook Book(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<JobBook>();
}

using Ochag.Foundation;

namespace Ochag.Server.Jobs;

/// <summary>A kind of long work. One job of a kind is done at a time; kinds do not wait for each other.</summary>
internal interface IJobKind
{
    string Name { get; }

    /// <summary>
    /// Does it, in services of its own. What was done of it before may be met again: it is retried, and a server may end at
    /// any moment.
    /// </summary>
    Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop);
}

/// <summary>What came of a job.</summary>
/// <param name="Result">The page that shows it.</param>
internal sealed record JobEnd(JobState State, string? Result = null, Refusal? Refusal = null)
{
    /// <summary>What is cleared away once the end is written down: until then pages still ask for it.</summary>
    public Action? Afterwards { get; init; }

    public static JobEnd Done(string? result) => new(JobState.Done, result);

    public static JobEnd Refused(Refusal refusal) => new(JobState.Refused, Refusal: refusal);
}

/// <summary>
/// How far a job is, as it tells itself. Only remembered here: the worker writes it down now and then, since the job may
/// hold the database's one writer while it tells.
/// </summary>
internal sealed class JobPulse
{
    private const int MostLines = 200;

    private readonly Lock _lock = new();
    private readonly List<(string Key, string Facts)> _told = [];
    private TaskCompletionSource _change = New();
    private int _count;

    public int Permille { get; private set; }

    /// <summary>Done at the next sign of life.</summary>
    public Task Change => _change.Task;

    /// <summary>How far, in thousandths.</summary>
    public void Reach(long permille)
    {
        Permille = (int)Math.Clamp(permille, 0, 1000);
        Beat();
    }

    /// <summary>A line of the log; a job that talks too much is not listened to.</summary>
    public void Say(string key, params string[] facts)
    {
        lock (_lock)
        {
            if (_count++ < MostLines)
                _told.Add((key, string.Join('\n', facts)));
        }

        Beat();
    }

    /// <summary>The lines that were not written down yet.</summary>
    public IReadOnlyList<(string Key, string Facts)> Take()
    {
        lock (_lock)
        {
            var told = _told.ToList();
            _told.Clear();
            return told;
        }
    }

    public void Beat() => Interlocked.Exchange(ref _change, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Storage;

namespace Ochag.Server.Jobs;

/// <summary>What is asked for.</summary>
/// <param name="Subject">What it is about, for the program.</param>
/// <param name="Label">What it is about, for people.</param>
internal sealed record JobRequest(string Kind, string Subject, string Label, long Territory, string Payload, string Owner);

/// <summary>The stored jobs: what pages read, and each step of a job's life.</summary>
internal sealed class JobBook(OchagDb db, IClock clock)
{
    /// <summary>Puts it down as waiting; a thing whose job is not over yet keeps that one.</summary>
    public async Task<Job> Add(JobRequest request, long? retryOf, CancellationToken stop)
    {
        if (await Latest(request.Subject, stop) is { IsActive: true } active)
            return active;
        var job = new Job
        {
            Id = await db.ReserveIds<Job>(cancel: stop), Kind = request.Kind, Subject = request.Subject,
            Label = request.Label.Length > JobsModel.LabelLength ? request.Label[..JobsModel.LabelLength] : request.Label,
            TerritoryId = request.Territory, Payload = request.Payload, Owner = request.Owner, AskedAt = clock.GetCurrentInstant(),
            RetryOf = retryOf,
        };
        db.Add(job);
        await db.SaveChangesAsync(stop);
        return job;
    }

    public Task<Job?> Find(long id, CancellationToken stop) =>
        db.Set<Job>().AsNoTracking().FirstOrDefaultAsync(j => j.Id == id, stop);

    /// <summary>The last job about a thing.</summary>
    public Task<Job?> Latest(string subject, CancellationToken stop) =>
        db.Set<Job>().AsNoTracking().Where(j => j.Subject == subject).OrderByDescending(j => j.Id).FirstOrDefaultAsync(stop);

    /// <summary>Asked by every start, so in plain SQL: mostly there are none, and nobody waits for the model.</summary>
    public static async Task<bool> AnyActive(StoreLocation location, CancellationToken stop) =>
        (await FirstLook.Column(location, "SELECT kind FROM server_jobs WHERE state IN ('Waiting', 'Working') LIMIT 1", stop)).Count > 0;

    /// <summary>What waits or is at work, of all territories.</summary>
    public async Task<IReadOnlyList<Job>> Active(CancellationToken stop) =>
        await db.Set<Job>().AsNoTracking().Where(j => j.State == JobState.Waiting || j.State == JobState.Working)
            .OrderBy(j => j.Id).ToListAsync(stop);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Job>> List(IReadOnlyCollection<long> territories, int most, CancellationToken stop) =>
        await db.Set<Job>().AsNoTracking().Where(j => territories.Contains(j.TerritoryId))
            .OrderByDescending(j => j.Id).Take(most).ToListAsync(stop);

    public async Task<IReadOnlyList<JobLine>> Lines(long job, CancellationToken stop) =>
        await db.Set<JobLine>().AsNoTracking().Where(l => l.JobId == job).OrderBy(l => l.Number).ToListAsync(stop);

    /// <summary>Takes a waiting job to work; null: somebody else has, or it was cancelled.</summary>
    public async Task<Job?> Begin(long id, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        var begun = await db.Set<Job>().Where(j => j.Id == id && j.State == JobState.Waiting)
            .ExecuteUpdateAsync(u => u.SetProperty(j => j.State, JobState.Working).SetProperty(j => j.StartedAt, now), stop);
        return begun == 0 ? null : await Find(id, stop);
    }

    /// <summary>Writes down how far it is; true: somebody asked to cancel it.</summary>
    public async Task<bool> Note(long id, JobPulse pulse, CancellationToken stop)
    {
        await Say(id, pulse, stop);
        await db.Set<Job>().Where(j => j.Id == id).ExecuteUpdateAsync(u => u.SetProperty(j => j.Permille, pulse.Permille), stop);
        return await db.Set<Job>().AnyAsync(j => j.Id == id && j.CancelAsked, stop);
    }

    public async Task End(long id, JobEnd end, JobPulse pulse)
    {
        await Say(id, pulse, CancellationToken.None);
        var now = end.State == JobState.Waiting ? (Instant?)null : clock.GetCurrentInstant();
        var reason = end.Refusal?.ToString();
        if (reason?.Length > JobsModel.ReasonLength)
            reason = end.Refusal!.Code;
        await db.Set<Job>().Where(j => j.Id == id).ExecuteUpdateAsync(u => u
            .SetProperty(j => j.State, end.State).SetProperty(j => j.EndedAt, now).SetProperty(j => j.Result, end.Result)
            .SetProperty(j => j.Reason, reason).SetProperty(j => j.Permille, j => end.State == JobState.Done ? 1000 : j.Permille));
    }

    /// <summary>A waiting job ends at once; one at work is told to, by whoever works on it.</summary>
    public async Task Cancel(long id, CancellationToken stop)
    {
        var now = clock.GetCurrentInstant();
        await db.Set<Job>().Where(j => j.Id == id && j.State == JobState.Waiting).ExecuteUpdateAsync(
            u => u.SetProperty(j => j.State, JobState.Cancelled).SetProperty(j => j.EndedAt, now), stop);
        await db.Set<Job>().Where(j => j.Id == id && j.State == JobState.Working)
            .ExecuteUpdateAsync(u => u.SetProperty(j => j.CancelAsked, true), stop);
    }

    private async Task Say(long id, JobPulse pulse, CancellationToken stop)
    {
        var told = pulse.Take();
        if (told.Count == 0)
            return;
        var at = clock.GetCurrentInstant();
        var next = await db.Set<JobLine>().Where(l => l.JobId == id).MaxAsync(l => (int?)l.Number, stop) ?? 0;
        foreach (var (key, facts) in told)
        {
            db.Add(new JobLine
            {
                JobId = id, Number = ++next, At = at, Key = key,
                Facts = facts.Length > JobsModel.FactsLength ? facts[..JobsModel.FactsLength] : facts,
            });
        }

        await db.SaveChangesAsync(stop);
        db.ChangeTracker.Clear();
    }
}

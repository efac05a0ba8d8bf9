using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Server.Hosting;
using Ochag.Storage;

namespace Ochag.Server.Jobs;

/// <summary>Does the jobs: a lane for each kind, one job after the other.</summary>
internal sealed class JobWorker(
    IServiceScopeFactory scopes, JobDesk desk, IEnumerable<IJobKind> kinds, IHostApplicationLifetime life, ILogger<JobWorker> log)
    : BackgroundService
{
    public const string Fault = "jobs.fault";

    /// <summary>How often the progress is written down and a wish to cancel is looked for.</summary>
    private static readonly TimeSpan Pulse = TimeSpan.FromSeconds(2);

    /// <summary>After a database that was away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The end of the program closes the lanes; waiting for a token instead would end as a fault.
        await using var end = stoppingToken.Register(desk.Close);
        // Before any lane: what is at work then was left by an earlier process, and is none of ours.
        await TakeUp(stoppingToken);
        await Task.WhenAll(kinds.Select(k => WorkLane(k, stoppingToken)));
    }

    /// <summary>What an earlier process left: what waited goes on, what was at work is told as interrupted.</summary>
    private async Task TakeUp(CancellationToken stop)
    {
        try
        {
            await life.Started(stop);
            await using var scope = scopes.CreateAsyncScope();
            if (!await JobBook.AnyActive(scope.ServiceProvider.GetRequiredService<StoreLocation>(), stop))
                return;
            var book = scope.ServiceProvider.GetRequiredService<JobBook>();
            foreach (var job in await book.Active(stop))
            {
                if (job.State == JobState.Waiting)
                    desk.Go(job);
                else if (await Hold(scope.ServiceProvider, job.Id, stop) is { } left)
                    await using (left)
                        await book.End(job.Id, new(JobState.Interrupted), new JobPulse());
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // new jobs can still be done
        catch (Exception fault)
#pragma warning restore CA1031
        {
            log.LogError(fault, "The jobs of an earlier start were not taken up");
        }
    }

    private async Task WorkLane(IJobKind kind, CancellationToken stopping)
    {
        await foreach (var id in desk.Lane(kind).ReadAllAsync(CancellationToken.None))
        {
            if (stopping.IsCancellationRequested)
                return;
            try
            {
                await WorkOne(kind, id, stopping);
            }
#pragma warning disable CA1031 // the lane outlives a database that is away
            catch (Exception fault)
#pragma warning restore CA1031
            {
                log.LogError(fault, "Job {Job} was lost sight of: the database does not answer", id);
                await Task.WhenAny(Task.Delay(Patience, stopping));
                desk.Again(kind, id);
            }
            finally
            {
                desk.Leave(id);
            }
        }
    }

    private async Task WorkOne(IJobKind kind, long id, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<JobBook>();
        await using var held = await Hold(scope.ServiceProvider, id, stopping);
        // Not cut in two by the server's end: a job that is marked as at work is also put down again.
        if (held is null || await book.Begin(id, CancellationToken.None) is not { } job)
            return;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pulse = desk.Enter(id, stop);
        pulse.Say("begun", job.Owner);
        log.LogInformation("Job {Job} ({Kind}) has begun", id, kind.Name);
        var work = Task.Run(() => Try(kind, job, pulse, stop.Token, stopping), CancellationToken.None);
        while (await Task.WhenAny(work, Task.Delay(Pulse, CancellationToken.None)) != work)
        {
            if (await Note(book, id, pulse))
                await stop.CancelAsync();
        }

        var end = await work;
        // A server that is told to stop puts down what it has in hand; the next one goes on with it.
        if (stopping.IsCancellationRequested && end.State is JobState.Cancelled or JobState.Interrupted)
            end = new(JobState.Waiting);
        pulse.Say("ended." + end.State);
        await book.End(id, end, pulse);
        end.Afterwards?.Invoke();
        log.LogInformation("Job {Job} ({Kind}) has ended: {State} {Code}", id, kind.Name, end.State, end.Refusal?.Code ?? "");
    }

    /// <summary>True: somebody asked to cancel it. A database that does not answer now is asked at the next beat.</summary>
    private async Task<bool> Note(JobBook book, long id, JobPulse pulse)
    {
        try
        {
            return await book.Note(id, pulse, CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            log.LogWarning(e, "How far job {Job} is was not written down", id);
            return false;
        }
    }

    private async Task<JobEnd> Try(IJobKind kind, Job job, JobPulse pulse, CancellationToken stop, CancellationToken stopping)
    {
        try
        {
            return await kind.Work(job, pulse, stop);
        }
        catch (OperationCanceledException)
        {
            return new(stopping.IsCancellationRequested ? JobState.Interrupted : JobState.Cancelled);
        }
#pragma warning disable CA1031 // told on the job's page, whole in the log
        catch (Exception fault)
#pragma warning restore CA1031
        {
            log.LogError(fault, "Job {Job} ({Kind}) broke off", job.Id, kind.Name);
            return new(JobState.Failed, Refusal: new Refusal(Fault, ("job", job.Id.ToString(CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>Says to other servers that the job is at work: dies with the process.</summary>
    private static Task<IAsyncDisposable?> Hold(IServiceProvider services, long id, CancellationToken stop) =>
        Exclusive.TakeAmongServers(
            services.GetRequiredService<OchagDb>(), string.Create(CultureInfo.InvariantCulture, $"job-{id}"), stop);
}

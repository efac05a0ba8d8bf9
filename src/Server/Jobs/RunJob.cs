using System.Globalization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Jobs;

/// <summary>What a job does of a run: each is one step of its life, and goes on where it was when it was interrupted.</summary>
internal enum RunWork
{
    Evaluate,
    Post,
    Issue,
    Close,
}

/// <summary>Steps of a territory's month that take their time: evaluate, post, issue, close.</summary>
internal sealed class RunJob(IServiceScopeFactory scopes) : IJobKind
{
    public const string Kind = "run";
    private const string Prefix = "run:";

    public string Name => Kind;

    public static string SubjectOf(RunId run) => Prefix + run.Value.ToString(CultureInfo.InvariantCulture);

    public static RunId RunOf(Job job) => new(long.Parse(job.Subject[Prefix.Length..], CultureInfo.InvariantCulture));

    public static JobRequest Of(RunRecord run, TerritoryRecord territory, RunWork work, string by) =>
        new(Kind, SubjectOf(run.Id), $"{territory.Name}, {run.Period}", territory.Id.Value, $"{run.Period} {work}", by);

    public async Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var territories = await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop);
        var territory = territories.First(t => t.Id.Value == job.TerritoryId);
        var runs = scope.ServiceProvider.GetRequiredService<IBillRuns>();
        var (month, work) = Read(job.Payload);
        var result = work switch
        {
            RunWork.Post => await runs.Post(territory, RunOf(job), job.Owner, stop),
            RunWork.Issue => await runs.Issue(territory, RunOf(job), job.Owner, stop),
            RunWork.Close => await runs.Close(territory, RunOf(job), job.Owner, stop),
            _ => await runs.Evaluate(territory, month, job.Owner, new Steps(pulse), stop),
        };
        var page = $"/console/runs/{RunOf(job).Value}";
        if (result.Refusal is { } refusal)
            return new(JobState.Refused, page, refusal);
        pulse.Say($"run.{work}", Figure(result.Value.Accounts), Figure(result.Value.Lines));
        return JobEnd.Done(page);
    }

    /// <summary>A job that waits since an earlier version names the month alone.</summary>
    private static (BillingPeriod Month, RunWork Work) Read(string payload) => payload.Split(' ') is [var month, var work]
        ? (BillingPeriod.Parse(month), Enum.Parse<RunWork>(work))
        : (BillingPeriod.Parse(payload), RunWork.Evaluate);

    private static string Figure(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Steps(JobPulse pulse) : IProgress<RunRecord>
    {
        private const int Tenths = 10;
        private int _told;

        public void Report(RunRecord value)
        {
            if (value.Buildings == 0)
                return;
            var tenth = value.BuildingsDone * Tenths / value.Buildings;
            if (tenth > _told)
                pulse.Say("run.buildings", Figure(value.BuildingsDone), Figure(value.Buildings));
            _told = tenth;
            pulse.Reach(value.BuildingsDone * 1000L / value.Buildings);
        }
    }
}

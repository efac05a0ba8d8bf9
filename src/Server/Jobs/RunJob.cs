using System.Globalization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Jobs;

/// <summary>
/// A bill run: evaluates a territory's month and posts it. Cancelled or interrupted, it stays in the database and goes on
/// where it was.
/// </summary>
internal sealed class RunJob(IServiceScopeFactory scopes) : IJobKind
{
    public const string Kind = "run";
    private const string Prefix = "run:";

    public string Name => Kind;

    public static string SubjectOf(RunId run) => Prefix + run.Value.ToString(CultureInfo.InvariantCulture);

    public static RunId RunOf(Job job) => new(long.Parse(job.Subject[Prefix.Length..], CultureInfo.InvariantCulture));

    public static JobRequest Of(RunRecord run, TerritoryRecord territory, string by) =>
        new(Kind, SubjectOf(run.Id), $"{territory.Name}, {run.Period}", territory.Id.Value, run.Period.ToString(), by);

    public async Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var territories = await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop);
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        var result = await billing.Run(
            territories.First(t => t.Id.Value == job.TerritoryId), BillingPeriod.Parse(job.Payload), job.Owner, new Steps(pulse), stop);
        var page = $"/console/runs/{RunOf(job).Value}";
        if (result.Refusal is { } refusal)
            return new(JobState.Refused, page, refusal);
        pulse.Say("run.posted", Figure(result.Value.Accounts), Figure(result.Value.Lines));
        return JobEnd.Done(page);
    }

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

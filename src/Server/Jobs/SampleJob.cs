using System.Globalization;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;

namespace Ochag.Server.Jobs;

/// <summary>
/// Invents people, meters and readings for the houses of a territory, and tariffs where it has none: to try the program
/// out on a register of houses. Each fact says that it was generated.
/// </summary>
internal sealed class SampleJob(IServiceScopeFactory scopes, IClock clock) : IJobKind
{
    public const string Kind = "sample";
    private const ulong Seed = 1;
    private const string Tariffs = "tariffs";

    public string Name => Kind;

    public static string SubjectOf(TerritoryId territory) =>
        "sample:" + territory.Value.ToString(CultureInfo.InvariantCulture);

    /// <param name="houses">Only so many of the empty houses; null: all.</param>
    public static JobRequest Of(TerritoryRecord territory, int? houses, bool tariffs, string by) => new(
        Kind, SubjectOf(territory.Id), territory.Name, territory.Id.Value,
        string.Create(CultureInfo.InvariantCulture, $"{houses};{(tariffs ? Tariffs : "")}"), by);

    public async Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var territory = (await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop))
            .First(t => t.Id.Value == job.TerritoryId);
        var asked = job.Payload.Split(';');
        if (asked[1] == Tariffs)
            await RecordTariffs(scope.ServiceProvider.GetRequiredService<IBilling>(), territory, job.Owner, pulse, stop);
        var plan = new GenerationPlan(
            Seed, Through(territory), int.TryParse(asked[0], CultureInfo.InvariantCulture, out var limit) ? limit : null);
        var done = await ActivatorUtilities.CreateInstance<Generation>(scope.ServiceProvider)
            .FillHouses(territory, plan, new Steps(pulse), stop);
        pulse.Say("sample.done", Figure(done.Houses), Figure(done.Accounts));
        return JobEnd.Done("/console/start");
    }

    /// <summary>A territory that has decided anything keeps to that.</summary>
    private static async Task RecordTariffs(
        IBilling billing, TerritoryRecord territory, string by, JobPulse pulse, CancellationToken stop)
    {
        var sources = await billing.RuleSourcesOf(territory, stop);
        if (sources.IsRefused || sources.Value.Own.Count > 0)
            return;
        var made = TerritoryParameters.Make();
        await billing.RecordParameters(territory.Id, made, by, TerritoryParameters.Evidence, stop);
        pulse.Say("sample.tariffs", Figure(made.Count));
    }

    /// <summary>Readings up to the last whole month, so that all of them can be billed one after another.</summary>
    private BillingPeriod Through(TerritoryRecord territory)
    {
        var last = BillingPeriod.Of(clock.GetCurrentInstant().InZone(territory.TimeZone).Date).PlusMonths(-1);
        return last < territory.BilledSince ? territory.BilledSince : last;
    }

    private static string Figure(long value) => value.ToString(CultureInfo.InvariantCulture);

    private sealed class Steps(JobPulse pulse) : IProgress<GenerationProgress>
    {
        private const int Tenths = 10;
        private int _told;

        public void Report(GenerationProgress value)
        {
            if (value.HousesInAll == 0)
                return;
            var tenth = value.Houses * Tenths / value.HousesInAll;
            if (tenth > _told)
                pulse.Say("sample.houses", Figure(value.Houses), Figure(value.HousesInAll), Figure(value.Accounts));
            _told = tenth;
            pulse.Reach(value.Houses * 1000L / value.HousesInAll);
        }
    }
}

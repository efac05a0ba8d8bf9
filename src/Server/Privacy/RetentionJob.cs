using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Server.Api;
using Ochag.Server.Api.Keys;
using Ochag.Server.Imports;
using Ochag.Server.Jobs;
using Ochag.Server.Settings;
using Ochag.Server.Staff;
using Ochag.Storage;
using Ochag.Storage.Books;

namespace Ochag.Server.Privacy;

/// <summary>
/// Erases what is past its term, and tells of each kind how much it was. Done twice it finds nothing the second time.
/// </summary>
internal sealed class RetentionJob(IServiceScopeFactory scopes, ImportUploads uploads, OchagSettings settings, IClock clock) : IJobKind
{
    public const string Kind = "retention";
    private const string Prefix = "retention:";

    public string Name => Kind;

    public static string SubjectOf(TerritoryId territory) => Prefix + territory.Value.ToString(CultureInfo.InvariantCulture);

    public static JobRequest Of(TerritoryRecord territory, string by) =>
        new(Kind, SubjectOf(territory.Id), territory.Name, territory.Id.Value, "", by);

    public async Task<JobEnd> Work(Job job, JobPulse pulse, CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var territory = (await services.GetRequiredService<IRegistry>().ListTerritories(stop)).First(t => t.Id.Value == job.TerritoryId);
        var (db, persons) = (services.GetRequiredService<OchagDb>(), services.GetRequiredService<IPersons>());
        var now = clock.GetCurrentInstant();
        await Erased.ForGood(db, async () =>
        {
            var before = now - Duration.FromDays(settings.ImportRowDays);
            Tell(pulse, "rows", await persons.EmptyImportRows(territory.Id, before, stop));
            Tell(pulse, "sessions", await Sessions(db, now, stop));
            Tell(pulse, "links", await db.Set<StaffLink>().Where(l => l.ExpiresAt < now || l.UsedAt != null).ExecuteDeleteAsync(stop));
            var day = now - Answers.Kept;
            Tell(pulse, "answers", await db.Set<ApiAnswer>().Where(a => a.At < day).ExecuteDeleteAsync(stop));
            return true;
        }, stop);
        pulse.Reach(700);
        Tell(pulse, "uploads", uploads.Sweep());
        // Whether they owe nothing is not known while no payments come in: told, and left to a person.
        var closed = now.InZone(territory.TimeZone).Date.PlusYears(-settings.ClosedAccountYears);
        pulse.Say("retention.closed", Figure(await persons.CountOfClosed(territory.Id, closed, stop)), Figure(settings.ClosedAccountYears));
        return JobEnd.Done("/console/personal-data");
    }

    private Task<int> Sessions(OchagDb db, Instant now, CancellationToken stop)
    {
        var idle = now - Duration.FromTimeSpan(settings.SessionIdle);
        var oldest = now - Duration.FromTimeSpan(settings.SessionAbsolute);
        return db.Set<StaffSession>().Where(s => s.SeenAt < idle || s.StartedAt < oldest).ExecuteDeleteAsync(stop);
    }

    private static void Tell(JobPulse pulse, string what, int count) => pulse.Say("retention." + what, Figure(count));

    private static string Figure(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Asks for it once a day in each territory; the first time an hour after the start.</summary>
internal sealed class RetentionTimer(IServiceScopeFactory scopes, JobDesk desk, IClock clock, ILogger<RetentionTimer> log)
    : BackgroundService
{
    public const string Owner = "timer";
    private static readonly TimeSpan Look = TimeSpan.FromHours(1);
    private static readonly Duration Between = Duration.FromHours(23);

    /// <summary>Asks in every territory that was not looked through for a day.</summary>
    internal async Task AskWhereDue(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<JobBook>();
        foreach (var territory in await scope.ServiceProvider.GetRequiredService<IRegistry>().ListTerritories(stop))
        {
            var last = await book.Latest(RetentionJob.SubjectOf(territory.Id), stop);
            if (last is null || clock.GetCurrentInstant() - last.AskedAt > Between)
                await desk.Start(RetentionJob.Of(territory, Owner), stop);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Try(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task Try(CancellationToken stop)
    {
        try
        {
            await AskWhereDue(stop);
        }
#pragma warning disable CA1031 // an hour later it is tried again
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogError(fault, "What is past its term was not looked for");
        }
    }
}

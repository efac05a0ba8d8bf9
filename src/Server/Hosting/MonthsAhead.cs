using NodaTime;
using Ochag.Foundation;
using Ochag.Server.Cli;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Hosting;

/// <summary>
/// The month tables of the coming months are made before somebody writes there: at a start, after a migration, and once a
/// day. Making one waits for everybody who reads the table and lets everybody else wait: nothing for the middle of a run.
/// </summary>
internal sealed class MonthsAhead(IServiceScopeFactory scopes, IHostApplicationLifetime life, IClock clock, ILogger<MonthsAhead> log)
    : BackgroundService
{
    /// <summary>This month and so many more: a server that nobody starts anew for a month still has some.</summary>
    public const int Months = 3;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>The month before is the first that may still be billed.</summary>
    public static Task<IReadOnlyList<string>> Make(OchagDb db, IClock clock, CancellationToken stop)
    {
        var month = BillingPeriod.Of(clock.GetCurrentInstant().InUtc().Date);
        return MonthTables.MakeAhead(db, month.PlusMonths(-1), month.PlusMonths(Months), stop);
    }

    public static async Task<IReadOnlyList<string>> Make(OchagSettings settings, IClock clock, CancellationToken stop)
    {
        await using var services = WithServices.OpenAsIs(settings, DatabaseAddress.Unpooled(settings.Store));
        return await Make(services.Get<OchagDb>(), clock, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await life.Started(stoppingToken);
            using var timer = new PeriodicTimer(Day);
            do
                await Try(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task Try(CancellationToken stop)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (!MonthTables.AreApart(scope.ServiceProvider.GetRequiredService<StoreLocation>()))
                return;
            foreach (var made in await Make(scope.ServiceProvider.GetRequiredService<OchagDb>(), clock, stop))
                log.LogInformation("Month table {Table} was made ahead", made);
        }
#pragma warning disable CA1031 // a run makes the month that it needs by itself; tomorrow it is tried again
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogWarning(fault, "Month tables were not made ahead");
        }
    }
}

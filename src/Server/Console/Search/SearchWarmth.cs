using Ochag.Registry.Contracts;
using Ochag.Server.Hosting;

namespace Ochag.Server.Console.Search;

/// <summary>Names and addresses are read while nobody has asked yet: in a city that takes seconds.</summary>
internal sealed class SearchWarmth(IServiceScopeFactory scopes, IHostApplicationLifetime life, ILogger<SearchWarmth> log)
    : BackgroundService
{
    /// <summary>Whoever has just started the server opens its first page: that goes before.</summary>
    private static readonly TimeSpan FirstPage = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // A start is short of processors: first the address is told, then what can wait is read.
            await life.Started(stoppingToken);
            await Task.Delay(FirstPage, stoppingToken);
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IRegistryDesk>().WarmUpSearch(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
#pragma warning disable CA1031 // the first search will read them, or tell what is wrong
        catch (Exception e)
#pragma warning restore CA1031
        {
            log.LogWarning(e, "The search was not warmed up");
        }
    }
}

using Ochag.Foundation;
using Ochag.Server.Demo;
using Ochag.Server.Demo.Tour;
using Ochag.Server.Hosting;
using Ochag.Server.Refusals;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Server.Cli;

/// <summary>The services of the program without its web server, for commands that work on the database.</summary>
internal sealed class WithServices : IAsyncDisposable
{
    private readonly ServiceProvider _provider;
    private readonly AsyncServiceScope _scope;

    private WithServices(ServiceProvider provider)
    {
        _provider = provider;
        _scope = provider.CreateAsyncScope();
    }

    /// <summary>Opens the database of the settings; its tables are made or brought up to date first.</summary>
    public static async Task<WithServices> Open(OchagSettings settings, CancellationToken stop)
    {
        var opened = OpenAsIs(settings);
        try
        {
            await Tables.Prepare(opened.Get<OchagDb>(), stop);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a database and leaves its tables as they are, or absent.</summary>
    public static WithServices OpenAsIs(OchagSettings settings, StoreLocation? elsewhere = null)
    {
        var services = new ServiceCollection().AddLogging();
        WebHost.AddCore(services, settings, elsewhere);
        services.AddScoped<Generation>().AddScoped<TourFiller>().AddScoped<DemoCompany>();
        return new WithServices(services.BuildServiceProvider());
    }

    public T Get<T>()
        where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _provider.DisposeAsync();
    }
}

/// <summary>How a refusal is told at the command line.</summary>
internal static class Refused
{
    public static int Tell(Refusal refusal)
    {
        Say.Fault(RefusalSentences.AtCommandLine(refusal));
        return Commands.Failed;
    }
}

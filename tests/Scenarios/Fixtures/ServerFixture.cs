using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Ochag.Server.Cli;
using Ochag.Server.Hosting;
using Ochag.Server.Security;
using Ochag.Server.Settings;
using Ochag.Storage;

namespace Ochag.Scenarios.Fixtures;

/// <summary>
/// The whole server in this process, on a port that the system chose and a new SQLite database, wired as "serve" wires
/// it but for the clock, which the scenario moves.
/// </summary>
public sealed class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-scenario-").FullName;
    private WebApplication? _app;

    public MovableClock Clock { get; } = new(Instant.FromUtc(2026, 11, 2, 3, 0));

    public IServiceProvider Services => _app?.Services ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>The address with "localhost": passkeys and cookies know no 127.0.0.1.</summary>
    public Uri Root { get; private set; } = new("http://localhost");

    /// <summary>How often a browser reported that our own pages break our own policy.</summary>
    internal CspReports Reports => Services.GetRequiredService<CspReports>();

    /// <summary>Settings that differ from the program's own, set before the start.</summary>
    internal Dictionary<string, string> Settings { get; } = [];

    /// <summary>Services beside the program's own, set before the start.</summary>
    internal Action<IServiceCollection>? More { get; set; }

    public async ValueTask InitializeAsync()
    {
        await Start("http://127.0.0.1:0");
        Root = new UriBuilder(ServeCommand.Root(_app!)) { Host = "localhost" }.Uri;
    }

    /// <summary>The server stops, and nobody answers at its address.</summary>
    public async Task Stop()
    {
        if (_app is null)
            return;
        await _app.StopAsync();
        await _app.DisposeAsync();
        _app = null;
    }

    /// <summary>The server that was stopped comes back at the same address, with the same data.</summary>
    public Task Return() => Start($"http://127.0.0.1:{Root.Port}");

    public async ValueTask DisposeAsync()
    {
        await Stop();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Start(string address)
    {
        var settings = OchagSettings.From(
        [
            new("default", SettingCatalogue.All.ToDictionary(s => s.Name, s => s.Default)),
            new("scenario", new Dictionary<string, string>
            {
                [SettingCatalogue.Database.Name] = $"sqlite:{Path.Combine(_folder, "ochag.db")}",
                [SettingCatalogue.DataPath.Name] = _folder,
                [SettingCatalogue.Urls.Name] = address,
                [SettingCatalogue.LogLevel.Name] = "Error",
                [SettingCatalogue.SignInsPerMinute.Name] = "1000",
            }),
            new("this scenario", Settings),
        ]);
        _app = WebHost.Build(settings, services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IClock>(Clock));
            More?.Invoke(services);
        });
        await using (var scope = _app.Services.CreateAsyncScope())
            await Prepare(scope.ServiceProvider.GetRequiredService<OchagDb>());
        await _app.StartAsync();
    }

    private static async Task Prepare(OchagDb db)
    {
        var applied = await Storage.Schema.Migrate(db, CancellationToken.None);
        if (applied.IsRefused)
            throw new InvalidOperationException(applied.Refusal!.ToString());
    }
}

using Ochag.Server.Settings;

namespace Ochag.Scenarios.Fixtures;

/// <summary>A server with nothing in its base and nobody who works there.</summary>
public sealed class EmptyBase : IAsyncLifetime
{
    public ServerFixture Server { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Server.Settings[SettingCatalogue.SecondFactor.Name] = "optional";
        await Server.InitializeAsync();
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Ochag.Server.Hosting;
using Ochag.Server.Settings;

namespace Ochag.Bench.Cities;

/// <summary>The product's services in this process, on one database.</summary>
internal static class OchagServices
{
    public static ServiceProvider On(string address)
    {
        if (address.StartsWith("postgres:", StringComparison.Ordinal))
            address = "postgres:" + new NpgsqlConnectionStringBuilder(address["postgres:".Length..]) { Pooling = true }.ConnectionString;
        var services = new ServiceCollection().AddLogging();
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { [SettingCatalogue.Database.Name] = address };
        WebHost.AddCore(services, OchagSettings.Load(given));
        return services.BuildServiceProvider();
    }
}

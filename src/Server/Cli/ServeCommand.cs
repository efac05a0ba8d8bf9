using System.CommandLine;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Ochag.Server.Hosting;
using Ochag.Server.Settings;
using Ochag.Server.Staff;
using Ochag.Storage;

namespace Ochag.Server.Cli;

/// <summary>"serve": the web server with what is in the database; on an empty one the first administrator sets up.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var urls = SharedOptions.Urls();
        var serve = new Command("serve", "Start the server: console, public site, interfaces.") { urls };
        serve.SetAction((parsed, stop) => Run(
            CommonOptions.Settings(parsed, (SettingCatalogue.Urls, parsed.GetValue(urls))), [], stop));
        return serve;
    }

    /// <param name="more">Lines to print under the address.</param>
    public static async Task<int> Run(OchagSettings settings, IReadOnlyList<string> more, CancellationToken stop)
    {
        foreach (var url in SettingCatalogue.Split(settings[SettingCatalogue.Urls], ';'))
        {
            if (!Ports.IsTaken(url))
                continue;
            Say.Fault($"Another program listens on {url}. Stop it, or choose another address: --urls {Ports.NextFree(url)}");
            return Commands.Failed;
        }

        if (!await FirstLook.IsCurrent(settings.Store, stop))
            await (await WithServices.Open(settings, stop)).DisposeAsync();
        await using var app = WebHost.Build(settings);
        await using var alone = await Exclusive.TakeServing(settings.Store, stop);
        if (alone is null)
        {
            Say.Fault(settings.Store.Store == Store.Sqlite
                ? $"Another server works on {DatabaseAddress.Describe(settings.Store)}. Stop it, or name another database: --database"
                : $"{DatabaseAddress.Describe(settings.Store)} is being brought up to another program. Start again when that is done.");
            return Commands.Failed;
        }

        if (!await Listen(app, settings, stop))
            return Commands.Failed;
        var root = Root(app) + settings.PathBase;
        Say.Line($"Ochag     {Say.Strong(root + "/console")}");
        Say.Line($"Data      {DatabaseAddress.Describe(settings.Store)}");
        foreach (var line in more)
            Say.Line(line);
        Say.Line("Stop      Ctrl+C");
        if (await SetupLink(app.Services, root, stop) is { } link)
        {
            Say.Line();
            Say.Line("Nobody works here yet. The first administrator sets up by this link, once, within 24 hours:");
            Say.Line($"          {Say.Strong(link)}");
        }

        // Said last: who waits for us (systemd) may send requests from now on.
        await using var manager = ServiceManager.Find(app.Logger);
        await manager.Ready(root + "/console");
        await app.WaitForShutdownAsync(stop);
        await manager.Stopping();
        return Commands.Done;
    }

    /// <summary>False, and said so: the system does not let us listen there (not its address, or a port of the administrator's).</summary>
    private static async Task<bool> Listen(WebApplication app, OchagSettings settings, CancellationToken stop)
    {
        try
        {
            await app.StartAsync(stop);
            return true;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Say.Fault($"Cannot listen on {settings[SettingCatalogue.Urls]}: {e.Message.TrimEnd('.')}. Choose another address: --urls");
            return false;
        }
    }

    /// <summary>The address that a browser on this machine can open.</summary>
    public static string Root(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal);

    /// <summary>A link for the first administrator while there is none; null when somebody works here already.</summary>
    public static async Task<string?> SetupLink(IServiceProvider services, string root, CancellationToken stop)
    {
        var location = services.GetRequiredService<StoreLocation>();
        if ((await FirstLook.Column(location, $"SELECT user_name FROM {StaffModel.Users} LIMIT 1", stop)).Count > 0)
            return null;
        await using var scope = services.CreateAsyncScope();
        var code = await scope.ServiceProvider.GetRequiredService<StaffLinks>().Issue(LinkPurpose.Setup, stop: stop);
        return $"{root}/console/set-up?code={code}";
    }
}

using System.CommandLine;
using System.Text.Json;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Server.Hosting;
using Ochag.Server.Settings;
using Ochag.Server.Staff;
using Ochag.Storage;

namespace Ochag.Server.Cli;

/// <summary>"demo": a generated company, billed and served, with its logins printed.</summary>
internal static class DemoCommand
{
    public static Command Build()
    {
        var noServe = new Option<bool>("--no-serve") { Description = "Make the company and stop." };
        var urls = SharedOptions.Urls();
        var demo = new Command("demo", "Make a generated company (two cities, fourteen billed months) and serve it.") { noServe, urls };
        demo.SetAction(async (parsed, stop) =>
        {
            // Invented data: the second factor stays a choice, as it never is in earnest.
            var asked = CommonOptions.Settings(parsed, (SettingCatalogue.Urls, parsed.GetValue(urls)))[SettingCatalogue.Urls];
            var settings = CommonOptions.Settings(
                parsed, (SettingCatalogue.SecondFactor, "optional"), (SettingCatalogue.Urls, Free(asked)));
            var made = await Make(settings, stop);
            return made is null ? Commands.Failed
                : parsed.GetValue(noServe) ? Commands.Done
                : await ServeCommand.Run(settings, made, stop);
        });
        return demo;
    }

    /// <summary>The lines to print under the address; null: refused, and said so.</summary>
    private static async Task<IReadOnlyList<string>?> Make(OchagSettings settings, CancellationToken stop)
    {
        if (await Made(settings, stop) is { } made)
            return Lines(made);
        await using var services = await WithServices.Open(settings, stop);
        var company = services.Get<DemoCompany>();
        if (!await company.MayUse(stop))
        {
            Say.Fault($"{DatabaseAddress.Describe(settings.Store)} holds data that the demo did not make. Name another database: --database sqlite:data/demo.db");
            return null;
        }

        using var progress = new ProgressLine();
        if (await company.Make(progress.Of<string>(text => text), stop) is { } refusal)
        {
            progress.End();
            Refused.Tell(refusal);
            return null;
        }

        progress.End();
        return Lines(await Logins(company, settings, stop));
    }

    private static IReadOnlyList<string> Lines(IReadOnlyList<DemoLogin> logins) =>
        [.. logins.Select(l => $"Sign in   {l.Login,-10} {l.Password}   {l.Name}, {l.Role}")];

    /// <summary>The logins are written last: where they lie beside the database file, all the rest is there too.</summary>
    private static async Task<IReadOnlyList<DemoLogin>?> Made(OchagSettings settings, CancellationToken stop)
    {
        var file = LoginsFile(settings);
        return settings.Store.Store == Store.Sqlite && File.Exists(DatabaseAddress.Describe(settings.Store)) && File.Exists(file)
            ? JsonSerializer.Deserialize<List<DemoLogin>>(await File.ReadAllTextAsync(file, stop))
            : null;
    }

    /// <summary>Passwords of invented people, kept beside the invented data so that the next start can print them.</summary>
    private static async Task<IReadOnlyList<DemoLogin>> Logins(DemoCompany company, OchagSettings settings, CancellationToken stop)
    {
        var file = LoginsFile(settings);
        if (await company.Hire(stop) is { } hired)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(hired), stop);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            return hired;
        }

        return File.Exists(file) ? JsonSerializer.Deserialize<List<DemoLogin>>(await File.ReadAllTextAsync(file, stop))! : [];
    }

    /// <summary>Beside the database file and by its name: another database of the folder is another company.</summary>
    private static string LoginsFile(OchagSettings settings) =>
        settings.Store.Store == Store.Sqlite ? $"{DatabaseAddress.Describe(settings.Store)}.logins.json" : "demo-logins.json";

    /// <summary>The addresses asked for; a taken port gives way to the next free one.</summary>
    private static string Free(string urls) => string.Join(';', SettingCatalogue.Split(urls, ';').Select(url =>
    {
        if (!Ports.IsTaken(url))
            return url;
        var free = Ports.NextFree(url);
        Say.Line($"{url} is taken by another program: using {free}");
        return free;
    }));
}

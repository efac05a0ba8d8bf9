using System.CommandLine;
using Ochag.Server.Settings;

namespace Ochag.Server.Cli;

/// <summary>"health": asks the server that runs with the same settings whether it is ready; for containers without curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    public static Command Build()
    {
        var health = new Command("health", "Ask the running server whether it is ready; exit 1 when it is not.");
        health.SetAction(async (parsed, stop) =>
        {
            var settings = CommonOptions.Settings(parsed);
            var address = SettingCatalogue.Split(settings[SettingCatalogue.Urls], ';')[0]
                .Replace("//*", "//localhost", StringComparison.Ordinal)
                .Replace("//+", "//localhost", StringComparison.Ordinal)
                .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
                .Replace("//[::]", "//localhost", StringComparison.Ordinal);
            var ready = new Uri(new Uri(address), settings.PathBase + "/health/ready");
            using var http = new HttpClient { Timeout = Patience };
            try
            {
                using var answer = await http.GetAsync(ready, stop);
                Say.Line($"{ready} {(int)answer.StatusCode}");
                return answer.IsSuccessStatusCode ? Commands.Done : Commands.Failed;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                Say.Fault($"{ready} does not answer: {e.Message}");
                return Commands.Failed;
            }
        });
        return health;
    }
}

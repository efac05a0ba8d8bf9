using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Ochag.Server.Settings;

namespace Ochag.Server.Cli;

/// <summary>"config show": every setting, its value, where it came from and what it means.</summary>
internal static class ConfigCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    public static Command Build()
    {
        var json = SharedOptions.Json();
        var show = new Command("show", "Print every setting: effective value, source, meaning. Secrets are masked.") { json };
        show.SetAction(parsed => Show(CommonOptions.Settings(parsed), parsed.GetValue(json)));
        return new Command("config", "The settings of this installation.") { show };
    }

    private static int Show(OchagSettings settings, bool json)
    {
        if (json)
        {
            var rows = settings.All.Select(e => new
            {
                name = e.Setting.Name,
                value = Masked(e),
                source = e.Source,
                @default = e.Setting.Default,
                variable = e.Setting.Variable,
                meaning = e.Setting.Meaning,
            });
            Say.Line(JsonSerializer.Serialize(rows, Json));
            return Commands.Done;
        }

        foreach (var effective in settings.All)
        {
            Say.Line($"{Say.Strong(effective.Setting.Name)} = {Masked(effective)}");
            Say.Line($"    {effective.Setting.Meaning}");
            Say.Line(Say.Quiet($"    from: {effective.Source}; variable: {effective.Setting.Variable}"));
        }

        return Commands.Done;
    }

    private static string Masked(EffectiveSetting effective)
    {
        if (effective.Setting == SettingCatalogue.Database)
            return DatabaseAddress.Masked(effective.Value);
        return effective.Setting.Secret && effective.Value.Length > 0 ? "********" : effective.Value;
    }
}

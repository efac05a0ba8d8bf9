using System.CommandLine;
using Ochag.Server.Settings;

namespace Ochag.Server.Cli;

/// <summary>Options that every command takes, and the settings that follow from them.</summary>
internal static class CommonOptions
{
    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "Any setting, as --set Session:Idle=00:20:00; may be repeated.",
        HelpName = "NAME=VALUE",
        Recursive = true,
    };

    public static readonly Option<string?> Database = new("--database")
    {
        Description = "Where the data lie: sqlite:FILE or postgres:CONNECTION-STRING.",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    /// <summary>The settings with what this command line says on top.</summary>
    public static OchagSettings Settings(ParseResult parsed, params (Setting Setting, string? Value)[] more)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in parsed.GetValue(Set) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
                throw new SettingsException([$"--set {pair}: write NAME=VALUE."], isMisuse: true);
            given[pair[..at]] = pair[(at + 1)..];
        }

        foreach (var (setting, value) in more.Append((SettingCatalogue.Database, parsed.GetValue(Database))))
        {
            if (value is not null)
                given[setting.Name] = value;
        }

        return OchagSettings.Load(given);
    }
}

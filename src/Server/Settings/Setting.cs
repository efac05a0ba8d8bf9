namespace Ochag.Server.Settings;

/// <summary>
/// One setting: its name under "Ochag", its default, what it means, and the sentence that refuses a wrong value
/// (null: the value is right).
/// </summary>
internal sealed record Setting(string Name, string Default, string Meaning, Func<string, string?> Refuse)
{
    /// <summary>A secret is never printed and may be read from a file (OCHAG__Name_FILE).</summary>
    public bool Secret { get; init; }

    /// <summary>Environment variables of the outside world that also set it, below OCHAG__ ones; the last wins.</summary>
    public IReadOnlyList<(string Variable, Func<string, string> Read)> Also { get; init; } = [];

    public string Key => $"{SettingCatalogue.Root}:{Name}";

    /// <summary>The name of its own environment variable.</summary>
    public string Variable => $"OCHAG__{Name.Replace(":", "__", StringComparison.Ordinal)}";
}

namespace Ochag.Server.Settings;

/// <summary>
/// One setting: its name under "Ochag", its default, what it means, and the sentence that refuses a wrong value
/// (null: the value is right).
/// </summary>
internal sealed record Setting(string Name, string Default, string Meaning, Func<string, string?> Refuse)
{
    /// <summary>A secret is never printed and may be read from a file (OCHAG__Name_FILE).</summary>
    public bool Secret { get; init; }

    /// <summary>An environment variable of the outside world that also sets it, below OCHAG__ ones.</summary>
    public string? Also { get; init; }

    public string Key => $"{SettingCatalogue.Root}:{Name}";

    /// <summary>The name of its own environment variable.</summary>
    public string Variable => $"OCHAG__{Name.Replace(":", "__", StringComparison.Ordinal)}";
}

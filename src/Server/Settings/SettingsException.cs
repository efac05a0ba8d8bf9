namespace Ochag.Server.Settings;

/// <summary>The settings are wrong: one sentence for each fault, all at once.</summary>
internal sealed class SettingsException(IReadOnlyList<string> faults)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}

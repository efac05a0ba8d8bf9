namespace Ochag.Server.Settings;

/// <summary>The settings are wrong: one sentence for each fault, all at once.</summary>
/// <param name="isMisuse">The command line itself said one of them, not a file or a variable of the installation.</param>
internal sealed class SettingsException(IReadOnlyList<string> faults, bool isMisuse = false)
    : Exception(string.Join(Environment.NewLine, faults))
{
    public IReadOnlyList<string> Faults { get; } = faults;
    public bool IsMisuse { get; } = isMisuse;
}

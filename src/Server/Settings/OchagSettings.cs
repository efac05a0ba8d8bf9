using System.Globalization;
using Ochag.Storage;

namespace Ochag.Server.Settings;

/// <summary>An effective value and where it came from.</summary>
internal sealed record EffectiveSetting(Setting Setting, string Value, string Source);

/// <summary>All settings as they hold now, checked.</summary>
internal sealed class OchagSettings
{
    private readonly Dictionary<string, EffectiveSetting> _values;

    private OchagSettings(Dictionary<string, EffectiveSetting> values, string environment)
    {
        _values = values;
        Environment = environment;
    }

    public string Environment { get; }
    public IEnumerable<EffectiveSetting> All => SettingCatalogue.All.Select(s => _values[s.Name]);
    public StoreLocation Store => DatabaseAddress.Parse(this[SettingCatalogue.Database], this[SettingCatalogue.DataPath]);
    public string PathBase => this[SettingCatalogue.PathBase];
    public TimeSpan SessionIdle => Span(SettingCatalogue.SessionIdle);
    public TimeSpan SessionAbsolute => Span(SettingCatalogue.SessionAbsolute);
    public bool SecondFactorRequired => Is(SettingCatalogue.SecondFactor, "required");
    public int SignInsPerMinute => int.Parse(this[SettingCatalogue.SignInsPerMinute], CultureInfo.InvariantCulture);

    public int ImportRowDays => int.Parse(this[SettingCatalogue.ImportRowDays], CultureInfo.InvariantCulture);
    public int ClosedAccountYears => int.Parse(this[SettingCatalogue.ClosedAccountYears], CultureInfo.InvariantCulture);

    public string this[Setting setting] => _values[setting.Name].Value;

    public bool Is(Setting setting, string value) => this[setting].Equals(value, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the settings of this process; <paramref name="given"/> is what the command line says.</summary>
    public static OchagSettings Load(IReadOnlyDictionary<string, string>? given = null)
    {
        var environment = System.Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
            ?? System.Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? "Production";
        var folders = new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() }
            .Select(f => Path.TrimEndingDirectorySeparator(Path.GetFullPath(f))).Distinct(StringComparer.Ordinal).ToArray();
        given ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var sources = SettingSources.Read(folders, environment, System.Environment.GetEnvironmentVariables(), given);
        return From(sources, environment);
    }

    /// <summary>The last source that names a setting wins. Unknown names and wrong values are refused together.</summary>
    public static OchagSettings From(IReadOnlyList<SettingSource> sources, string environment = "Production")
    {
        var faults = new List<string>();
        var misused = false;
        var values = new Dictionary<string, EffectiveSetting>(StringComparer.OrdinalIgnoreCase);
        foreach (var source in sources)
        {
            foreach (var (name, value) in source.Values)
            {
                var setting = SettingCatalogue.All.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
                if (setting is null)
                {
                    misused |= source.Name == SettingSources.CommandLine;
                    faults.Add($"{source.Name}: there is no setting '{name}'. Did you mean '{Nearest(name)}'? "
                        + "'ochag config show' lists them all.");
                }
                else
                {
                    values[setting.Name] = new EffectiveSetting(setting, value.Trim(), source.Name);
                }
            }
        }

        foreach (var (setting, value, source) in values.Values)
        {
            if (setting.Refuse(value) is not { } sentence)
                continue;
            misused |= source == SettingSources.CommandLine;
            faults.Add($"{setting.Name} ({source}): {sentence}");
        }

        return faults.Count == 0 ? new OchagSettings(values, environment) : throw new SettingsException(faults, misused);
    }

    private TimeSpan Span(Setting setting) => TimeSpan.Parse(this[setting], CultureInfo.InvariantCulture);

    private static string Nearest(string name) => SettingCatalogue.All
        .MinBy(s => Distance(s.Name.ToUpperInvariant(), name.ToUpperInvariant()))!.Name;

    /// <summary>How many letters to add, drop or change (Levenshtein).</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var corner = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
                corner = row[j];
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}

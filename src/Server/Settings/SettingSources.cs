using System.Collections;
using System.Text.Json;

namespace Ochag.Server.Settings;

/// <summary>One place that gives settings, and its name for people.</summary>
internal sealed record SettingSource(string Name, IReadOnlyDictionary<string, string> Values);

/// <summary>
/// Reads the sources in their order, the weakest first: defaults, appsettings.json, appsettings.{Environment}.json,
/// foreign variables (ASPNETCORE_URLS), OCHAG__ variables, their _FILE twins, the command line.
/// </summary>
internal static class SettingSources
{
    public const string CommandLine = "command line";

    private const string Prefix = "OCHAG__";
    private const string File = "_FILE";

    public static List<SettingSource> Read(
        IReadOnlyList<string> folders, string environment, IDictionary variables, IReadOnlyDictionary<string, string> given)
    {
        var sources = new List<SettingSource>
        {
            new("default", SettingCatalogue.All.ToDictionary(s => s.Name, s => s.Default, StringComparer.OrdinalIgnoreCase)),
        };
        foreach (var folder in folders)
        {
            foreach (var file in new[] { "appsettings.json", $"appsettings.{environment}.json" })
                AddFile(sources, Path.Combine(folder, file));
        }

        var names = variables.Keys.Cast<string>().Order(StringComparer.Ordinal).ToList();
        foreach (var setting in SettingCatalogue.All)
        {
            foreach (var (variable, read) in setting.Also)
            {
                if (variables[variable] is string { Length: > 0 } value)
                    sources.Add(new(variable, One(setting.Name, read(value))));
            }
        }

        foreach (var name in names.Where(n => n.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)))
        {
            var value = (string?)variables[name] ?? "";
            var key = name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal);
            if (!key.EndsWith(File, StringComparison.OrdinalIgnoreCase))
                sources.Add(new(name, One(key, value)));
        }

        foreach (var name in names.Where(n => n.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            && n.EndsWith(File, StringComparison.OrdinalIgnoreCase)))
        {
            sources.Add(FromSecretFile(name, (string?)variables[name] ?? ""));
        }

        sources.Add(new(CommandLine, given));
        return sources;
    }

    private static Dictionary<string, string> One(string name, string value) =>
        new(StringComparer.OrdinalIgnoreCase) { [name] = value };

    private static SettingSource FromSecretFile(string variable, string path)
    {
        var key = variable[Prefix.Length..^File.Length].Replace("__", ":", StringComparison.Ordinal);
        if (SettingCatalogue.All.FirstOrDefault(s => s.Name.Equals(key, StringComparison.OrdinalIgnoreCase)) is { Secret: false })
            throw new SettingsException([$"{variable}: only secrets are read from a file; set {variable[..^File.Length]} itself."]);
        try
        {
            return new($"{variable} ({path})", One(key, System.IO.File.ReadAllText(path).Trim()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SettingsException([$"{variable}: the file '{path}' cannot be read: {e.Message}"]);
        }
    }

    private static void AddFile(List<SettingSource> sources, string path)
    {
        if (!System.IO.File.Exists(path))
            return;
        try
        {
            using var json = JsonDocument.Parse(
                System.IO.File.ReadAllText(path),
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            foreach (var section in json.RootElement.EnumerateObject()
                .Where(p => p.Name.Equals(SettingCatalogue.Root, StringComparison.OrdinalIgnoreCase)))
            {
                Flatten(section.Value, "", values);
            }

            if (values.Count > 0)
                sources.Add(new(path, values));
        }
        catch (JsonException e)
        {
            throw new SettingsException([$"{path}, line {e.LineNumber + 1}: this is not JSON. {e.Message}"]);
        }
    }

    private static void Flatten(JsonElement element, string name, Dictionary<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                    Flatten(property.Value, name.Length == 0 ? property.Name : $"{name}:{property.Name}", values);
                break;
            case JsonValueKind.Array:
                // A list is the same as its values by commas.
                values[name] = string.Join(',', element.EnumerateArray().Select(e => e.ToString()));
                break;
            default:
                values[name] = element.ToString();
                break;
        }
    }
}

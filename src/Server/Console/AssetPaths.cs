using Microsoft.AspNetCore.StaticAssets;

namespace Ochag.Server.Console;

/// <summary>
/// Finds the fingerprinted address of a built file, which browsers keep for a year. The framework does this for its
/// own routed pages only; ours are answers of plain endpoints.
/// </summary>
public sealed class AssetPaths(EndpointDataSource endpoints)
{
    private readonly Lazy<Dictionary<string, string>> _paths = new(() => Read(endpoints));

    public string this[string path] => _paths.Value.GetValueOrDefault(path, path);

    private static Dictionary<string, string> Read(EndpointDataSource endpoints)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var endpoint in endpoints.Endpoints)
        {
            if (endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not { } asset)
                continue;
            if (asset.Properties.FirstOrDefault(p => p.Name == "label") is { Value.Length: > 0 } label && asset.Selectors.Count == 0)
                paths[label.Value] = asset.Route;
        }

        return paths;
    }
}

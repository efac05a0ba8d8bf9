using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Ochag.Scenarios.Endpoints;

/// <summary>An endpoint of the server, as its pattern and methods tell it.</summary>
internal sealed record Called(string Pattern, IReadOnlyList<string> Given, bool NeedsExample)
{
    public string Name => Given.Count == 0 ? $"ANY {Pattern.TrimStart('/')}" : $"{string.Join(',', Given)} {Pattern}";

    public IReadOnlyList<string> Methods => Given.Count == 0 ? ["GET", "POST"] : Given;

    /// <summary>Every endpoint but the files of the pages, once for its pattern and methods.</summary>
    public static List<Called> All(IServiceProvider services) =>
    [
        .. Sources(services).Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is null)
            .Select(e => new Called(
                "/" + e.RoutePattern.RawText!.Trim('/'),
                e.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? [],
                e.RoutePattern.Parameters.Count > 0))
            .OrderBy(e => e.Pattern, StringComparer.Ordinal).ThenBy(e => e.Name, StringComparer.Ordinal),
    ];

    public static IEnumerable<RouteEndpoint> Sources(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();
}

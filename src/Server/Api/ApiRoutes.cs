using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing.Template;
using Ochag.Server.Api.Keys;
using Ochag.Server.Security;
using Ochag.Storage;

namespace Ochag.Server.Api;

/// <summary>The interface for other programs: its services, and the routes of every resource.</summary>
internal static class ApiRoutes
{
    public const string Root = "/api/v1";

    /// <summary>What commands without a web server need too: the tables.</summary>
    public static IServiceCollection AddApiTables(this IServiceCollection services) => services.AddSingleton<IModelPart, ApiModel>();

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddScoped<KeyBook>().AddScoped<Caller>().AddScoped<Answers>().AddSingleton<KeyLimits>();
        KeyDoor.AddPolicies(services);
        ApiDocument.Add(services);
        return services.ConfigureHttpJsonOptions(o =>
        {
            var json = o.SerializerOptions;
            json.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
            // What is not understood is refused: a misspelt name would otherwise be a wish that nobody hears.
            json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.NumberHandling = JsonNumberHandling.Strict;
            json.RespectNullableAnnotations = true;
            json.RespectRequiredConstructorParameters = true;
            json.AllowDuplicateProperties = false;
            json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        // No browser session stands behind a key, so there is no form to forge.
        var api = app.MapGroup(Root).WithMetadata(new NoForgeryCheck())
            .Refuses(401, 403, 429);
        Territories.Map(api);
        Buildings.Map(api);
        Accounts.Map(api);
        Charges.Map(api);
        Readings.Map(api);
        ApiDocument.Map(app);
        app.Map("/api/{**rest}", Nothing).AllowAnonymous().WithMetadata(new NoForgeryCheck()).ExcludeFromDescription()
            .WithOrder(int.MaxValue - 1);
    }

    /// <summary>
    /// An address that is nothing; or one that is something by another method, then it says which; or with another body.
    /// </summary>
    private static IResult Nothing(HttpContext http, EndpointDataSource endpoints)
    {
        var methods = endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ScopeOfEndpoint>() is not null && Fits(e, http.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal).ToList();
        if (methods.Count == 0)
            return Problems.Absent(http);
        if (methods.Contains(http.Request.Method, StringComparer.Ordinal))
        {
            return HttpMethods.IsPost(http.Request.Method) && !http.Request.HasJsonContentType()
                ? Plain(http, StatusCodes.Status415UnsupportedMediaType)
                : Problems.Absent(http);
        }

        http.Response.Headers.Allow = string.Join(", ", methods);
        return Plain(http, StatusCodes.Status405MethodNotAllowed);
    }

    private static IResult Plain(HttpContext http, int status) => Problems.Of(http, status, Problems.OfStatus(status));

    private static bool Fits(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}

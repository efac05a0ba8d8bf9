using System.ComponentModel;
using System.Net.Mime;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Ochag.Server.Api.Keys;
using Ochag.Server.Settings;
using Ochag.Server.Telemetry;

namespace Ochag.Server.Api;

/// <summary>What a refusal looks like, for the description; <see cref="Problems"/> writes it.</summary>
internal sealed record Problem(
    string Type, string Title, int Status,
    [property: Description("In the language of Accept-Language: ru, uk or en.")] string Detail,
    [property: Description("Stable: programs decide by it.")] string Code,
    [property: Description("What the sentence was made from.")] IReadOnlyDictionary<string, string> Facts,
    [property: Description("The number of this request in the log of the server.")] string Id,
    [property: Description("Of a reading that was not recorded: its verdicts.")] Readings.ReadingShape? Reading = null);

/// <summary>
/// The OpenAPI document, made from the routes when somebody first asks for it: a start does not wait for it.
/// </summary>
internal sealed class ApiDocument(IServiceProvider services)
{
    private const string Name = "v1";
    private const string Key = "key";

    private readonly Lazy<Task<string>> _text = new(() => Write(services));

    public static void Add(IServiceCollection services) => services.AddSingleton<ApiDocument>().AddOpenApi(Name, o =>
    {
        o.ShouldInclude = d => $"/{d.RelativePath}".StartsWith(ApiRoutes.Root + "/", StringComparison.Ordinal);
        o.CreateSchemaReferenceId = NameOf;
        o.AddDocumentTransformer(Head);
        o.AddOperationTransformer(Operation);
        o.AddSchemaTransformer(Grow);
    });

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(
            ApiRoutes.Root + "/openapi.json",
            async (ApiDocument document) => Results.Text(await document._text.Value, MediaTypeNames.Application.Json))
        .AllowAnonymous().ExcludeFromDescription();

    private static async Task<string> Write(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredKeyedService<IOpenApiDocumentProvider>(Name);
        var document = await provider.GetOpenApiDocumentAsync();
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
    }

    /// <summary>"BuildingShape" is "Building", "PageOf(BuildingShape)" is "BuildingPage".</summary>
    private static string? NameOf(JsonTypeInfo type)
    {
        if (type.Type is { IsGenericType: true } page && page.GetGenericTypeDefinition() == typeof(PageOf<>))
            return Short(page.GetGenericArguments()[0].Name) + "Page";
        if (type.Type == typeof(Console.Workings.Verdict))
            return "WorkingVerdict";
        return OpenApiOptions.CreateDefaultSchemaReferenceId(type) is { } name ? Short(name) : null;

        static string Short(string name) => name.EndsWith("Shape", StringComparison.Ordinal) ? name[..^"Shape".Length] : name;
    }

    private static Task Head(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new()
        {
            Title = "Ochag", Version = "1",
            Description = "Registers, readings and charges of a utility for other programs. "
                + "Ids are numbers; money is whole minor units with its currency; decimals are text; days are ISO 8601, months 2026-10. "
                + "Lists come in pages: send `next` back as `after`.",
        };
        var folder = context.ApplicationServices.GetRequiredService<OchagSettings>().PathBase;
        document.Servers = [new() { Url = folder.Length > 0 ? folder : "/" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Key] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = KeyBook.Prefix + "…",
                Description = "A key that an administrator made in the console, with the scopes that it needs.",
            },
        };
        return Task.CompletedTask;
    }

    /// <summary>What comes in is read strictly; answers may get more fields, and nobody should break on them.</summary>
    private static Task Grow(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken stop)
    {
        if (!Readings.Incoming.Contains(context.JsonTypeInfo.Type) && schema.AdditionalProperties is null)
            schema.AdditionalPropertiesAllowed = true;
        return Task.CompletedTask;
    }

    private static Task Operation(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var scope = metadata.OfType<ScopeOfEndpoint>().Single().Scope;
        operation.OperationId = context.Description.RelativePath!["api/v1/".Length..].Split('/', '{', '}')
            .Where(p => p.Length > 0).Select(p => p.Split(':')[0])
            .Aggregate(context.Description.HttpMethod!.ToLowerInvariant(), (name, part) => $"{name}_{part}");
        operation.Description = $"{operation.Description} Scope: `{scope}`.".Trim();
        operation.Security = [new() { [new OpenApiSecuritySchemeReference(Key, context.Document)] = [scope] }];
        var isPost = HttpMethods.IsPost(context.Description.HttpMethod!);
        if (isPost)
            Once(operation);
        foreach (var (status, answer) in operation.Responses ?? [])
        {
            if (answer.Content?.TryGetValue(Problems.ContentType, out var problem) == true)
                problem.Example = Example(status, scope, isPost);
        }

        return Task.CompletedTask;
    }

    private static void Once(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = Answers.Header, In = ParameterLocation.Header, Required = true,
            Description = "A new one for each new request; the same when a request is sent again because its answer never came: "
                + "then the same answer comes, without a second effect. Kept for 24 hours.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = ApiAnswer.TokenLength },
        });
        if (operation.RequestBody?.Content?[MediaTypeNames.Application.Json] is { } body)
            body.Example = operation.OperationId == "post_readings" ? JsonNode.Parse(ManyExample) : JsonNode.Parse(OneExample);
    }

    private const string OneExample =
        """{ "day": "2026-10-25", "source": "consumer", "values": [{ "zone": "single", "index": "4518.3" }] }""";

    private const string ManyExample =
        """
        { "readings": [
          { "meter": 17, "day": "2026-10-25", "source": "consumer", "values": [{ "zone": "single", "index": "4518.3" }] },
          { "meter": 18, "day": "2026-10-25", "source": "controller", "remark": "walk 12",
            "values": [{ "zone": "day", "index": "20110" }, { "zone": "night", "index": "9004" }] } ] }
        """;

    private static JsonObject? Example(string status, string scope, bool isPost) => status switch
    {
        "400" when isPost => Refusal(400, "Bad Request", "api.idempotency-key-missing", "The header Idempotency-Key is needed."),
        "400" => Refusal(400, "Bad Request", "api.limit-wrong", "`limit` is a number from 1 to 500.", ("most", "500")),
        "401" => Refusal(401, "Unauthorized", "api.key-unknown", "This key is not known, is over or was revoked."),
        "403" => Refusal(403, "Forbidden", "api.scope-missing", $"The key lacks the right {scope}.", ("scope", scope)),
        "404" => Refusal(404, "Not Found", "api.not-found", "There is nothing at this address that this key may see."),
        "409" => Refusal(409, "Conflict", "api.reading-doubtful", "The reading is doubtful and was not recorded."),
        "422" => Refusal(422, "Unprocessable Entity", "api.reading-refused", "The reading cannot be and was not recorded."),
        "413" => Refusal(413, "Payload Too Large", "api.body-too-large", "The body of the request is too large."),
        "415" => Refusal(415, "Unsupported Media Type", "api.body-not-json", "The body of the request must be application/json."),
        "429" => Refusal(429, "Too Many Requests", "api.too-many-requests", "The key may ask 120 times a minute. Ask again in 30 s.",
            ("perMinute", "120"), ("seconds", "30")),
        _ => null,
    };

    private static JsonObject Refusal(int status, string title, string code, string detail, params ReadOnlySpan<(string, string)> facts)
    {
        var told = new JsonObject();
        foreach (var (name, value) in facts)
            told[name] = value;
        return new()
        {
            ["type"] = "urn:ochag:refusal:" + code, ["title"] = title, ["status"] = status, ["detail"] = detail, ["code"] = code,
            ["facts"] = told, ["id"] = "0af7651916cd43dd8448eb211c80319c",
        };
    }
}

internal static class RefusingEndpoint
{
    /// <summary>The statuses of refusals, for the description.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(
            [.. statuses.Select(s => (object)new ProducesResponseTypeMetadata(s, typeof(Problem), [Problems.ContentType]))]);
}

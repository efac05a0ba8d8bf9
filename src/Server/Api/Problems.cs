using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Ochag.Foundation;
using Ochag.Server.Refusals;
using Ochag.Server.Telemetry;

namespace Ochag.Server.Api;

/// <summary>
/// Whatever the interface refuses or fails at, as RFC 9457 has it: a stable code with its facts for programs, a sentence in
/// the caller's language for people, the number of the request for our log. Never a trace of what broke.
/// </summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static IResult Of(HttpContext http, int status, Refusal refusal) => Reply(http, status, refusal).ToResult();

    public static IResult Wrong(HttpContext http, Refusal refusal) => Of(http, StatusCodes.Status400BadRequest, refusal);

    /// <summary>Nowhere, or where the key may not look: both in the same words.</summary>
    public static IResult Absent(HttpContext http) =>
        Of(http, StatusCodes.Status404NotFound, OfStatus(StatusCodes.Status404NotFound));

    /// <summary>The same as a text, to be kept; <paramref name="more"/> stands beside the code.</summary>
    public static Reply Reply(HttpContext http, int status, Refusal refusal, params (string Name, object Value)[] more)
    {
        var problem = Make(http, status, refusal);
        foreach (var (name, value) in more)
            problem.Extensions[name] = value;
        return new(status, ContentType, JsonSerializer.Serialize(problem, OptionsOf(http)));
    }

    /// <summary>What the server itself answered before any handler of ours was asked, or when one broke.</summary>
    public static Refusal OfStatus(int status) => status switch
    {
        StatusCodes.Status400BadRequest => new("api.request-unreadable"),
        StatusCodes.Status401Unauthorized => new("api.key-missing"),
        StatusCodes.Status404NotFound => new("api.not-found"),
        StatusCodes.Status405MethodNotAllowed => new("api.method-wrong"),
        StatusCodes.Status413PayloadTooLarge => new("api.body-too-large"),
        StatusCodes.Status415UnsupportedMediaType => new("api.body-not-json"),
        StatusCodes.Status503ServiceUnavailable => new("api.database-away"),
        >= 500 => new("api.fault"),
        _ => new("api.request-unreadable"),
    };

    public static JsonSerializerOptions OptionsOf(HttpContext http) =>
        http.RequestServices.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;

    private static ProblemDetails Make(HttpContext http, int status, Refusal refusal)
    {
        var texts = http.RequestServices.GetRequiredService<IStringLocalizer<Texts>>();
        var problem = new ProblemDetails
        {
            Type = "urn:ochag:refusal:" + refusal.Code,
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = RefusalSentences.Of(refusal, texts),
        };
        problem.Extensions["code"] = refusal.Code;
        problem.Extensions["facts"] = FactsOf(refusal);
        problem.Extensions["id"] = RequestLog.Trace(http);
        return problem;
    }

    public static IReadOnlyDictionary<string, string> FactsOf(Refusal refusal)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in refusal.Facts)
            facts[name] = value;
        return facts;
    }
}

/// <summary>An answer as it goes out, whole: it can be kept and given again.</summary>
internal sealed record Reply(int Status, string ContentType, string Body)
{
    public static Reply Of(HttpContext http, int status, object body) =>
        new(status, "application/json", JsonSerializer.Serialize(body, Problems.OptionsOf(http)));

    public IResult ToResult() => Results.Text(Body, ContentType + "; charset=utf-8", statusCode: Status);
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Api;
using Ochag.Server.Api.Keys;

namespace Ochag.Scenarios.Api;

/// <summary>Another program that asks the server with its key, and sees what comes back.</summary>
internal sealed class Robot : IDisposable
{
    private readonly HttpClient _http;

    private Robot(Uri root, string? secret)
    {
        _http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = root };
        if (secret is not null)
            _http.DefaultRequestHeaders.Authorization = new("Bearer", secret);
    }

    public static Robot Without(ServerFixture server, string? secret = null) => new(server.Root, secret);

    /// <summary>With a key of its own, made as the console makes it.</summary>
    public static async Task<Robot> With(
        ServerFixture server, TerritoryId? territory, IReadOnlyList<string> scopes, int perMinute = 6000) =>
        new(server.Root, (await Key(server, territory, scopes, perMinute)).Secret);

    public static async Task<(ApiKey Key, string Secret)> Key(
        ServerFixture server, TerritoryId? territory, IReadOnlyList<string> scopes, int perMinute = 6000)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var wish = new KeyWish($"{Guid.NewGuid():N}", scopes, territory?.Value, 30, perMinute);
        return (await scope.ServiceProvider.GetRequiredService<KeyBook>().Make(wish, "scenario", TestContext.Current.CancellationToken))
            .Value;
    }

    public Task<Answer> Get(string path, string? language = null) => Send("GET", path, null, null, language);

    public Task<Answer> Post(string path, string body, string? token, string? language = null, string type = "application/json") =>
        Send("POST", path, new StringContent(body, Encoding.UTF8, type), token, language);

    public async Task<Answer> Send(
        string method, string path, HttpContent? body = null, string? token = null, string? language = null)
    {
        using var request = new HttpRequestMessage(new(method), ApiRoutes.Root + path) { Content = body };
        if (token is not null)
            request.Headers.TryAddWithoutValidation(Answers.Header, token);
        if (language is not null)
            request.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        // What a browser would ask for: it gets no page either.
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new(
            answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "",
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            answer.Headers.TryGetValues("Retry-After", out var after) ? after.Single() : null,
            answer.Content.Headers.Allow.Count > 0 ? string.Join(", ", answer.Content.Headers.Allow) : null);
    }

    /// <summary>All pages of a list, each item once as it came.</summary>
    public async Task<List<JsonElement>> Walk(string path, int limit, Func<Task>? between = null)
    {
        var items = new List<JsonElement>();
        for (string? after = null; ;)
        {
            var page = (await Get($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}limit={limit}"
                + (after is null ? "" : "&after=" + after))).Json;
            items.AddRange(page.GetProperty("items").EnumerateArray());
            if (page.GetProperty("next").GetString() is not { } next)
                return items;
            after = next;
            if (between is not null)
                await between();
        }
    }

    public void Dispose() => _http.Dispose();
}

internal sealed record Answer(HttpStatusCode Status, string Type, string Body, string? RetryAfter, string? Allow)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Code => Json.GetProperty("code").GetString()!;
}

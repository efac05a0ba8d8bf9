using System.Net;
using System.Text.RegularExpressions;

namespace Ochag.Scenarios.Fixtures;

/// <summary>A signed-in person without a browser: keeps cookies, sends the forgery token of the last page.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly HttpClient _http;
    private string _token = "";

    /// <summary>Every address that was asked for or led to.</summary>
    public List<string> Asked { get; } = [];

    private Visitor(Uri root) => _http = new(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = root };

    public static Task<Visitor> SignIn(CityFixture city, string login) => SignIn(city.Server, login);

    public static async Task<Visitor> SignIn(ServerFixture server, string login)
    {
        var visitor = new Visitor(server.Root);
        await visitor.Get("/console/sign-in");
        var (status, _) = await visitor.Post("/console/sign-in", ("login", login), ("password", CityFixture.Password));
        return status == HttpStatusCode.OK ? visitor : throw new InvalidOperationException($"{login} was not let in: {status}");
    }

    /// <summary>Let in by a one-time link, as an invited person is.</summary>
    public static async Task<Visitor> ByLink(CityFixture city, string link)
    {
        var visitor = new Visitor(city.Server.Root);
        await visitor.Get(link);
        await visitor.Post("/console/link", ("code", link.Split('=')[^1]));
        return visitor;
    }

    public async Task<(HttpStatusCode Status, string Page)> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await Send(request);
    }

    public async Task<(HttpStatusCode Status, string Page)> Post(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Content(fields) };
        request.Headers.Accept.ParseAdd("text/html");
        return await Send(request);
    }

    /// <summary>A form that is answered with a file.</summary>
    public async Task<(HttpStatusCode Status, byte[] File)> PostForBytes(string path, params (string Name, string Value)[] fields)
    {
        using var content = Content(fields);
        using var answer = await _http.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    private FormUrlEncodedContent Content((string Name, string Value)[] fields) => new(
        fields.Append(("__RequestVerificationToken", _token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));

    /// <summary>A form with a file in its field "file".</summary>
    public async Task<(HttpStatusCode Status, string Page)> Upload(
        string path, string fileName, byte[] file, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Append(("__RequestVerificationToken", _token)))
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(file), "file", fileName);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Accept.ParseAdd("text/html");
        return await Send(request);
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, string Page)> Send(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Asked.Add(answer.RequestMessage?.RequestUri?.ToString() ?? "");
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        if (Token().Match(page) is { Success: true } token)
            _token = token.Groups["value"].Value;
        return (answer.StatusCode, page);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}

using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios.Endpoints;

/// <summary>
/// Promise S1: every endpoint that the server has, called by everybody, for an object of their own territory, of another
/// and of none. What each gets is written down in endpoints.approved.txt; a change of it is a change that a person reads.
/// </summary>
public sealed partial class MatrixTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Approved = "endpoints.approved.txt";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_gets_from_every_endpoint_what_was_approved_and_nothing_of_others()
    {
        var endpoints = Called.All(server.Services);
        endpoints.Where(e => e.NeedsExample && !Examples.All.ContainsKey(e.Name)).Select(e => e.Name)
            .ShouldBeEmpty("endpoints that name an object: give each an example in Endpoints/Examples.cs");
        Examples.All.Keys.Except(endpoints.Select(e => e.Name)).ShouldBeEmpty("examples of endpoints that are no more");

        await using var scope = server.Services.CreateAsyncScope();
        var home = await Place.Make(scope.ServiceProvider, "home", Stop);
        var away = await Place.Make(scope.ServiceProvider, "away", Stop);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = server.Root };
        var people = await Actors.Hire(server.Services, home.Territory.Id.Value);
        var actors = new Actors(server.Services, http);

        var told = new List<string>();
        var table = new StringBuilder();
        foreach (var endpoint in endpoints)
        {
            var example = Examples.All.GetValueOrDefault(endpoint.Name) ?? new(_ => endpoint.Pattern);
            (string Kind, string Path)[] objects = example.NamesObject
                ? [("own", example.Path(home)), ("foreign", example.Path(away)), ("absent", example.Absent!)]
                : [("", example.Path(home))];
            foreach (var method in endpoint.Methods)
            {
                var answers = new Dictionary<(string Actor, string Kind), Answer>();
                foreach (var (kind, path) in objects)
                {
                    foreach (var actor in people)
                        answers[(actor.Name, kind)] = await Call(actors, actor, method, path, example.Form?.Invoke(home) ?? []);
                    table.AppendLine($"{method} {endpoint.Pattern} {kind}".TrimEnd());
                    foreach (var alike in people.GroupBy(p => answers[(p.Name, kind)].Short, p => p.Name))
                        table.AppendLine($"    {alike.Key,-36} {(alike.Count() == people.Count ? "everybody" : string.Join(' ', alike))}");
                }

                told.AddRange(people.Where(p => example.NamesObject
                        && answers[(p.Name, "foreign")] is var foreign && answers[(p.Name, "absent")] != foreign)
                    .Select(p => $"{method} {endpoint.Pattern}: {p.Name} can tell a foreign object from an absent one: "
                        + answers[(p.Name, "foreign")].Beside(answers[(p.Name, "absent")])));
            }
        }

        told.ShouldBeEmpty();
        table.ToString().ShouldNotContain("\n    5", customMessage: "an answer that is a fault of ours");
        Compare(table.ToString());
    }

    [Fact]
    public async Task Files_of_the_pages_are_open_to_everybody()
    {
        var files = Called.Sources(server.Services).Where(e => e.Metadata.GetMetadata<StaticAssetDescriptor>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.TrimStart('/')).Distinct().ToList();
        files.ShouldNotBeEmpty();
        using var http = new HttpClient { BaseAddress = server.Root };
        foreach (var file in files)
            (await http.GetAsync(new Uri(file, UriKind.Relative), Stop)).IsSuccessStatusCode.ShouldBeTrue(file);
    }

    private static async Task<Answer> Call(
        Actors actors, Actor actor, string method, string path, (string Name, string Value)[] form)
    {
        using var answer = await actors.Send(actor, method, path, form, Stop);
        var to = answer.Headers.Location is { } location ? new Uri(actors.Root, location).PathAndQuery : "";
        to = NewJob().Replace(to, "/jobs/#");
        var body = Passing().Replace(await answer.Content.ReadAsStringAsync(Stop), "");
        // A page may say again which address was asked for; that is no answer.
        foreach (var asked in new[] { path, Uri.EscapeDataString(path) }.Where(a => a.Any(char.IsAsciiDigit)))
            (to, body) = (to.Replace(asked, "#", StringComparison.Ordinal), body.Replace(asked, "#", StringComparison.Ordinal));
        return new((int)answer.StatusCode, to, body);
    }

    private static void Compare(string table)
    {
        var file = Path.Combine(Folder(), Approved);
        var received = file.Replace("approved", "received", StringComparison.Ordinal);
        if (File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == table)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, table);
        var known = File.Exists(file) ? File.ReadAllLines(file) : [];
        var now = table.Split('\n');
        var changed = now.Except(known).Select(l => "+ " + l).Concat(known.Except(now).Select(l => "- " + l));
        Assert.Fail($"Answers have changed. Read {received}; when all of it is meant, it becomes {Approved}.\n{string.Join('\n', changed)}");
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string own = "") =>
        Path.GetDirectoryName(Path.GetDirectoryName(own))!;

    /// <summary>What differs from request to request: tokens, and the number of a fault.</summary>
    /// <summary>Its number depends on who else asked for work meanwhile.</summary>
    [GeneratedRegex("/jobs/[0-9]+$", RegexOptions.None, 1000)]
    private static partial Regex NewJob();

    [GeneratedRegex(
        "hx-headers=\"[^\"]*\"|name=\"__RequestVerificationToken\" value=\"[^\"]*\"|\\b[0-9a-f]{32}\\b", RegexOptions.None, 1000)]
    private static partial Regex Passing();

    private sealed record Answer(int Status, string To, string Body)
    {
        /// <summary>The status and, of a redirect, where to, without what was asked for.</summary>
        public string Short => To.Length == 0 ? $"{Status}" : $"{Status}>{To.Split('?')[0]}";

        /// <summary>Where two answers part.</summary>
        public string Beside(Answer other)
        {
            var at = Body.Zip(other.Body).TakeWhile(c => c.First == c.Second).Count();
            return $"{Short} | {other.Short} | {Cut(Body)} | {Cut(other.Body)}";

            string Cut(string body) => body.Substring(Math.Max(0, at - 60), Math.Min(120, body.Length - Math.Max(0, at - 60)));
        }
    }
}

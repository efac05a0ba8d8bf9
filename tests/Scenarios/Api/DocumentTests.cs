using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Api.Keys;
using Shouldly;

namespace Ochag.Scenarios.Api;

/// <summary>The OpenAPI document: programs of others are made from it, so a change of it is a change that a person reads.</summary>
public sealed class DocumentTests(CityFixture city)
{
    private static readonly JsonSerializerOptions Written =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    [Fact]
    public async Task The_document_is_the_one_that_was_approved()
    {
        using var robot = Robot.Without(city.Server);
        var answer = await robot.Get("/openapi.json");
        answer.Type.ShouldBe("application/json");
        var now = JsonSerializer.Serialize(answer.Json, Written) + "\n";
        var file = Path.Combine(Folder(), "openapi.approved.json");
        var received = file.Replace("approved", "received", StringComparison.Ordinal);
        if (File.Exists(file) && (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ReplaceLineEndings("\n") == now)
        {
            File.Delete(received);
            return;
        }

        await File.WriteAllTextAsync(received, now, TestContext.Current.CancellationToken);
        Assert.Fail($"The document has changed. Read {received}; when all of it is meant, it becomes openapi.approved.json.");
    }

    [Fact]
    public async Task Every_endpoint_stands_in_it_with_its_scope_and_its_refusals()
    {
        using var robot = Robot.Without(city.Server);
        var paths = (await robot.Get("/openapi.json")).Json.GetProperty("paths");
        var operations = paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).ToList();
        var endpoints = city.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<ScopeOfEndpoint>() is not null).ToList();
        operations.Count.ShouldBe(endpoints.Count);
        foreach (var operation in operations)
        {
            operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            operation.Value.GetProperty("security")[0].GetProperty("key").GetArrayLength().ShouldBe(1);
            foreach (var status in new[] { "401", "403", "429" })
                operation.Value.GetProperty("responses").TryGetProperty(status, out _).ShouldBeTrue();
        }

        operations.Select(o => o.Value.GetProperty("operationId").GetString()).ShouldBeUnique();
    }

    [Fact]
    public void No_two_shapes_bear_one_name()
    {
        var shapes = typeof(ScopeOfEndpoint).Assembly.GetTypes()
            .Where(t => t.Namespace == "Ochag.Server.Api" && t.Name.EndsWith("Shape", StringComparison.Ordinal))
            .Select(t => t.Name).ToList();
        shapes.Count.ShouldBeGreaterThan(20);
        shapes.ShouldBeUnique("the document knows them by it");
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string own = "") =>
        Path.GetDirectoryName(Path.GetDirectoryName(own))!;
}

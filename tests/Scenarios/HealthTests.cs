using System.Net;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

public sealed class HealthTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_server_with_its_database_says_that_it_is_well(string path)
    {
        using var http = new HttpClient { BaseAddress = server.Root };
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = server.Root };
        using var answer = await http.GetAsync(new Uri("/console", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldContain("/console/sign-in");
    }
}

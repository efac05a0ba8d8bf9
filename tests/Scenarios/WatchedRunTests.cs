using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A run is watched while it works, by a browser without scripts.</summary>
public sealed class WatchedRunTests(LostConnectionTests.OwnServer own, ChromiumFixture chromium)
    : BrowserTests(own.Server, chromium), IClassFixture<LostConnectionTests.OwnServer>
{
    [Fact]
    public async Task Without_javascript_a_working_run_has_a_link_that_asks_again()
    {
        var page = await LostConnectionTests.SignIn(await Open("/console/sign-in", scripts: false));
        await using (await own.HoldRun(new(2026, 10)))
        {
            await page.GotoAsync($"/console/runs/{own.Run.Value}");
            (await page.Locator("noscript a, #state a.btn").First.GetAttributeAsync("href")).ShouldBe($"/console/runs/{own.Run.Value}");
            (await page.Locator("[data-lost] .note").CountAsync()).ShouldBe(0);
        }
    }
}

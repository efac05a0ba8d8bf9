using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

public sealed class SignInPageTests(ServerFixture server, ChromiumFixture chromium)
    : BrowserTests(server, chromium), IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("ru", "Вход")]
    [InlineData("uk", "Вхід")]
    [InlineData("en", "Sign in")]
    public async Task The_sign_in_page_speaks_the_language_that_was_chosen(string language, string title)
    {
        var page = await Open("/console/sign-in", language);
        (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language);
        (await page.TitleAsync()).ShouldContain(title);
    }

    [Fact]
    public async Task The_sign_in_page_fits_a_phone()
    {
        var page = await Open("/console/sign-in");
        await page.SetViewportSizeAsync(390, 844);
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBe(390);
    }
}

using Microsoft.AspNetCore.Localization;
using Microsoft.Playwright;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Console;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A scenario in the browser. Whatever it is about, it fails when a page breaks its own policy or logs an error.</summary>
public abstract class BrowserTests : IAsyncLifetime
{
    private readonly ChromiumFixture _chromium;
    private readonly List<string> _faults = [];
    private IBrowserContext? _context;

    protected BrowserTests(ServerFixture server, ChromiumFixture chromium)
    {
        if (chromium.Absent is { } reason)
        {
            if (chromium.IsRequired)
                Assert.Fail($"A browser is required, but there is {reason}");
            Assert.Skip(reason);
        }

        (Server, _chromium) = (server, chromium);
    }

    protected ServerFixture Server { get; }

    /// <summary>What the browser is expected to complain of: a server that is not there.</summary>
    protected string? MayComplainOf { get; set; }

    public async ValueTask InitializeAsync()
    {
        _context = await _chromium.Browser.NewContextAsync(new() { BaseURL = Server.Root.ToString(), Locale = "ru-RU" });
        await ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
            await _context.DisposeAsync();
        GC.SuppressFinalize(this);
        _faults.RemoveAll(f => MayComplainOf is { } may && f.Contains(may, StringComparison.Ordinal));
        _faults.ShouldBeEmpty("what the browser itself complained of");
        Server.Reports.Last.ShouldBeEmpty("what the Content-Security-Policy stopped");
    }

    protected async Task<IPage> Open(string path, string? language = null, bool scripts = true)
    {
        if (!scripts)
        {
            await _context!.DisposeAsync();
            _context = await _chromium.Browser.NewContextAsync(
                new() { BaseURL = Server.Root.ToString(), Locale = "ru-RU", JavaScriptEnabled = false });
        }

        if (language is not null)
        {
            await _context!.AddCookiesAsync(
            [
                new()
                {
                    Name = Languages.Cookie,
                    Value = CookieRequestCultureProvider.MakeCookieValue(new(language)),
                    Url = Server.Root.ToString(),
                },
            ]);
        }

        var page = await _context!.NewPageAsync();
        page.SetDefaultTimeout(15_000); // a page that does not answer by then never will
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _faults.Add(message.Text);
        };
        page.PageError += (_, error) => _faults.Add(error);
        (await page.GotoAsync(path))!.Ok.ShouldBeTrue();
        return page;
    }
}

using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Ochag.Scenarios.Fixtures.ChromiumFixture))]

namespace Ochag.Scenarios.Fixtures;

/// <summary>
/// One Chromium for the whole run, the machine's own: nothing is downloaded. Where there is none,
/// <see cref="Absent"/> says so and the scenarios in the browser are shown as skipped.
/// </summary>
public sealed class ChromiumFixture : IAsyncLifetime
{
    private const string Variable = "OCHAG_TEST_BROWSER";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    // No call home, no GPU that a server lacks; --no-sandbox because runners are often root in a container.
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string? Absent { get; private set; }

    /// <summary>Somebody asked for the browser: its absence is a failure, not a skip.</summary>
    public bool IsRequired { get; private set; }

    public IBrowser Browser => _browser ?? throw new InvalidOperationException(Absent ?? "The fixture was not started.");

    public async ValueTask InitializeAsync()
    {
        var wish = Environment.GetEnvironmentVariable(Variable) ?? "";
        var given = wish is "" or "required" ? null : wish;
        var program = given ?? Find();
        if (program is null || !File.Exists(program))
        {
            Absent = program is null
                ? $"no browser: none of {string.Join(", ", Names)} is on PATH"
                : $"no browser: {Variable} names {program}, which is not there";
            IsRequired = wish.Length > 0;
            return;
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name + (OperatingSystem.IsWindows() ? ".exe" : ""))))
        .FirstOrDefault(File.Exists);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Ochag.Scenarios.Endpoints;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Staff;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>
/// Every page that the server has, found from its endpoints: nothing that hinders a person who does not see or hear well,
/// in light and in dark, on a desk and on a phone, where besides nothing stands out at the side.
/// </summary>
public sealed class EveryPageTests(EmptyBase nobody, ChromiumFixture chromium)
    : BrowserTests(nobody.Server, chromium), IClassFixture<EmptyBase>
{
    private const int Desk = 1440;
    private const int Phone = 390;

    /// <summary>Its colours are the same as of the filled one, so that dark is looked at there.</summary>
    private const string Empty = "empty";

    /// <summary>What an address alone does not show: something found, a record to mend, a link that is good.</summary>
    private static readonly string[] More =
    [
        "/console/second-factor?recovery=yes", "/console/rules?part=changes", "/console/rules?part=calendar",
    ];

    /// <summary>Who is asked first: an administrator sees nearly everything.</summary>
    private static readonly string[] Order =
        [Roles.Administrator, Roles.Engineer, Roles.Operator, Roles.Auditor, "half", "anonymous"];

    private readonly List<string> _wrong = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_page_hinders_anybody()
    {
        MayComplainOf = "the server responded with a status of 4"; // pages that say "there is none" are pages too
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = Server.Root };
        await using var scope = Server.Services.CreateAsyncScope();
        var page = await Open("/console/sign-in");
        var endpoints = Called.All(Server.Services).Where(e => e.Methods.Contains("GET")).ToList();

        var links = scope.ServiceProvider.GetRequiredService<StaffLinks>();
        await Look(page, "/console/set-up?code=" + await links.Issue(LinkPurpose.Setup, stop: Stop), "nobody there yet");
        var actors = new Actors(Server.Services, http);
        var first = await Actors.First(Server.Services);
        foreach (var endpoint in endpoints.Where(e => !e.NeedsExample))
            await Look(page, actors, [first], endpoint.Pattern, Empty);

        var place = await Place.Make(scope.ServiceProvider, "home", Stop);
        var people = await Actors.Hire(Server.Services, place.Territory.Id.Value);
        var asked = Order.Select(name => people.First(p => p.Name == name)).ToList();
        var addresses = endpoints.Select(e => (Examples.All.GetValueOrDefault(e.Name) ?? new(_ => e.Pattern)).Path(place)).Concat(More);
        var looked = 0;
        foreach (var address in addresses.Where(a => !a.StartsWith("/api/", StringComparison.Ordinal)))
            looked += await Look(page, actors, asked, address, "filled") ? 1 : 0;

        _wrong.ShouldBeEmpty();
        looked.ShouldBeGreaterThan(50);
    }

    [Fact]
    public async Task What_hinders_is_found()
    {
        var page = await Open("/console/sign-in");
        await page.EvaluateAsync(
            """
            () => {
              document.querySelectorAll('label').forEach(l => l.style.color = '#777')
              document.querySelector('label').removeAttribute('for')
              document.querySelector('main').style.minWidth = '500px'
            }
            """);
        await Check(page, "spoilt", dark: true);
        foreach (var found in new[] { "1440: color-contrast", "1440, dark: color-contrast", "1440: label", "390: 5" })
            _wrong.ShouldContain(w => w.StartsWith($"spoilt, {found}", StringComparison.Ordinal), found);
    }

    /// <summary>False: the address answers nobody with a whole page.</summary>
    private async Task<bool> Look(IPage page, Actors actors, IReadOnlyList<Actor> asked, string address, string state)
    {
        Actor? who = null;
        foreach (var actor in asked)
        {
            using var answer = await actors.Send(actor, "GET", address, [], Stop);
            var body = answer.Content.Headers.ContentType?.MediaType == "text/html" ? await answer.Content.ReadAsStringAsync(Stop) : "";
            if (!body.Contains("<html", StringComparison.Ordinal))
                continue;
            who ??= actor;
            if (!answer.IsSuccessStatusCode)
                continue;
            who = actor;
            break;
        }

        if (who is null)
            return false;
        await page.Context.ClearCookiesAsync();
        if (await actors.SignIn(who) is { Length: > 0 } session)
        {
            var (name, value) = (session.Split('=', 2)[0], session.Split('=', 2)[1]);
            await page.Context.AddCookiesAsync([new() { Name = name, Value = value, Url = Server.Root.ToString() }]);
        }

        await Look(page, address, state);
        return true;
    }

    private async Task Look(IPage page, string address, string state)
    {
        await page.SetViewportSizeAsync(Desk, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(address);
        await Check(page, $"{address} ({state})", dark: state != Empty);
    }

    /// <summary>The whole checker at both widths; the dark look has the same page in other colours.</summary>
    private async Task Check(IPage page, string place, bool dark)
    {
        await Axe.Bring(page);
        Wrong("1440", await Axe.Run(page));
        if (dark)
        {
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            Wrong("1440, dark", await Axe.Run(page, "color-contrast"));
            await page.SetViewportSizeAsync(Phone, 844);
            Wrong("390, dark", await Axe.Run(page, "color-contrast"));
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        }

        await page.SetViewportSizeAsync(Phone, 844);
        Wrong("390", await Axe.Run(page));
        if (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") is > Phone and var wide)
            Wrong("390", [$"{wide} px wide"]);

        void Wrong(string look, string[] broken) => _wrong.AddRange(broken.Select(b => $"{place}, {look}: {b}"));
    }
}

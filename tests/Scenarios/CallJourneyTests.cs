using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>
/// An operator with a caller on the line, keys counted (journeys 1 and 3): finding by a misheard street and saying why the
/// bill rose in at most 12; a reading with its check and its money in at most 10, after which it stands.
/// </summary>
public sealed class CallJourneyTests(CityFixture city, ChromiumFixture chromium) : BrowserTests(city.Server, chromium)
{
    private const int ReasonKeys = 12;
    private const int ReadingKeys = 10;

    private int _keys;

    [Fact]
    public async Task A_caller_is_found_by_a_misheard_street_and_told_why_the_bill_rose_to_the_kopeck()
    {
        var page = await SignIn();
        await Press(page, "/");
        // "камс 11 5", misheard and typed in the other layout.
        await Type(page, "rfvc 11 5");
        await page.Locator("#found .hits a").First.WaitForAsync();
        await Press(page, "Tab");
        await Press(page, "Enter");
        await page.WaitForURLAsync("**/console/accounts/*");
        _keys.ShouldBeLessThanOrEqualTo(ReasonKeys);

        var id = long.Parse(page.Url.Split('/')[^1].Split('?')[0], CultureInfo.InvariantCulture);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var lines = await scope.ServiceProvider.GetRequiredService<IBilling>().ListCharges(new(id), TestContext.Current.CancellationToken);
        var months = lines.GroupBy(l => l.Period).OrderByDescending(g => g.Key).Take(2).ToList();
        var difference = months[0].Sum(l => l.Total.Minor) - months[1].Sum(l => l.Total.Minor);
        var told = await page.Locator("[data-change]").EvaluateAllAsync<string[]>("all => all.map(e => e.dataset.change)");
        told.Sum(t => long.Parse(t, CultureInfo.InvariantCulture)).ShouldBe(difference, "the reasons add up");
        (await page.Locator("[data-change]").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_reading_told_by_telephone_is_checked_priced_and_recorded_and_a_doubtful_one_stops_once()
    {
        var (account, field) = await Pick();
        var page = await SignIn();
        await page.GotoAsync($"/console/accounts/{account.Value}");
        _keys = 0;
        await Press(page, "r");
        await page.WaitForURLAsync("**/reading");
        await page.FocusAsync($"#f-{field.Key}");
        await Type(page, $"{field.After()}");
        await Press(page, "Enter");
        await page.Locator("text=Начислится за").First.WaitForAsync();
        (await Recorded(field)).ShouldBe(0, "the first Enter only shows");
        await Press(page, "Enter");
        await page.Locator("text=Показание записано").WaitForAsync();
        _keys.ShouldBeLessThanOrEqualTo(ReadingKeys);
        (await Recorded(field)).ShouldBe(1);

        // Far too much: it stops once, says so, and passes when it is meant.
        var (other, far) = await Pick(skip: 1);
        await page.GotoAsync($"/console/accounts/{other.Value}/reading");
        await page.FocusAsync($"#f-{far.Key}");
        await Type(page, $"{far.After(60)}");
        await Press(page, "Enter");
        await page.Locator(".doubt").First.WaitForAsync();
        (await page.Locator("form .btn-primary").Last.InnerTextAsync()).ShouldContain("Записать всё равно");
        await Press(page, "Enter");
        await page.Locator("text=Показание записано").WaitForAsync();
        (await Recorded(far)).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_a_number_changed_after_it_was_shown_is_shown_again()
    {
        var (account, field) = await Pick(skip: 2);
        using var operatorHere = await Visitor.SignIn(city, "operator");
        var path = $"/console/accounts/{account.Value}/reading";
        await operatorHere.Get(path);
        var (status, below) = await operatorHere.Post(path, ($"v-{field.Key}", $"{field.Before - 3}"));
        ((int)status).ShouldBe(422);
        below.ShouldContain("class=\"wrong\"");
        var (_, empty) = await operatorHere.Post(path);
        empty.ShouldContain("Введите хотя бы одно показание");
        var (_, shown) = await operatorHere.Post(path, ($"v-{field.Key}", $"{field.After()}"));
        shown.ShouldContain("Записать");
        var (_, again) = await operatorHere.Post(
            path, ($"v-{field.Key}", $"{field.After() + 1}"), ("seen", $"{field.Key}={field.After()}="));
        again.ShouldContain("Записать", Case.Sensitive, "another number than was shown");
        (await Recorded(field)).ShouldBe(0);
    }

    /// <summary>An account with a lively meter of one register, not yet read today.</summary>
    private async Task<(AccountId Account, SheetField Field)> Pick(int skip = 0)
    {
        var (building, all) = await city.Sheet("комсомольская 12 8", city.South);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var house = (await scope.ServiceProvider.GetRequiredService<IRegistry>()
            .ReadBuildings([building], TestContext.Current.CancellationToken))[0];
        var field = all.Where(f => f.IsLively && f.Register.Zone == Zone.Single).Reverse().Skip(skip).First();
        return (house.Accounts.First(a => a.Premises == field.Register.Premises).Id, field);
    }

    private async Task<int> Recorded(SheetField field)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var latest = await scope.ServiceProvider.GetRequiredService<IMetering>()
            .LatestReadings([field.Register.Meter.Id], 5, TestContext.Current.CancellationToken);
        return latest[field.Register.Meter.Id].Count(r => r.Taken == SheetCity.Today);
    }

    private async Task Type(IPage page, string text)
    {
        _keys += text.Length;
        await page.Keyboard.TypeAsync(text);
    }

    private async Task Press(IPage page, string key)
    {
        _keys++;
        await page.Keyboard.PressAsync(key);
    }

    private async Task<IPage> SignIn()
    {
        var page = await Open("/console/sign-in");
        await page.FillAsync("#f-login", "operator");
        await page.FillAsync("#f-password", CityFixture.Password);
        await page.PressAsync("#f-password", "Enter");
        await page.WaitForURLAsync("**/console");
        return page;
    }
}

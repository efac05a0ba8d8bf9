using System.Globalization;
using Microsoft.Playwright;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A sheet of a building's readings by the keyboard alone, with the keys counted: at most seven for a reading.</summary>
public sealed class ReadingsJourneyTests(CityFixture city, ChromiumFixture chromium) : BrowserTests(city.Server, chromium)
{
    private const int Budget = 7;
    private int _keys;

    [Fact]
    public async Task Ten_readings_with_planted_errors_cost_at_most_seven_keys_each_and_none_is_lost()
    {
        var (building, all) = await city.Sheet("комсомольская 11 5", city.North);
        var page = await SignIn();
        await page.GotoAsync($"/console/buildings/{building.Value}/readings");
        var order = await page.Locator("[data-register]").EvaluateAllAsync<string[]>("all => all.map(f => f.dataset.register)");
        var sheet = order.Select(key => all.First(f => f.Key == key)).ToList();
        (await page.EvaluateAsync<string>("document.activeElement.dataset.register")).ShouldBe(order[0], "the first field has the focus");
        var lively = sheet.Index().Where(f => f.Item.IsLively && f.Item.Register.Zone == Zone.Single).Take(10).ToList();
        lively.Count.ShouldBe(10);

        foreach (var (n, (_, field)) in lively.Index())
        {
            await GoTo(page, field.Key);
            switch (n)
            {
                case 2: // Below the one before: the sentence brings the person back; Esc, and the right one.
                    await Enter(page, field.Before - 5);
                    await Mark(page, field.Key, "block", field.Key);
                    await Press(page, "Escape");
                    await Enter(page, field.After());
                    break;
                case 5: // Far too much, and true: one more Enter passes it.
                    await Enter(page, field.After(60));
                    await Mark(page, field.Key, "doubt", field.Key);
                    await Press(page, "Enter");
                    break;
                case 9: // Below, and left so: saved with the others, it must come back.
                    await Enter(page, field.Before - 7);
                    await Mark(page, field.Key, "block", null);
                    break;
                default:
                    await Enter(page, field.After());
                    break;
            }
        }

        MayComplainOf = "422"; // what is left is answered so
        await Save(page);
        (await page.Locator(".note").InnerTextAsync()).ShouldContain("Показаний записано: 9.");
        var left = lively[9].Item;
        (await page.InputValueAsync($"#f-{left.Key}")).ShouldBe($"{left.Before - 7}", "what is wrong stays in its field");
        (await page.EvaluateAsync<string>("document.activeElement.dataset.register")).ShouldBe(left.Key, "and the person is at it");
        await Press(page, "Escape");
        await Enter(page, left.After());
        await Save(page);
        (await page.Locator(".note").InnerTextAsync()).ShouldContain("Показаний записано: 1.");

        foreach (var (n, (_, field)) in lively.Index())
        {
            var last = await page.Locator($"tr:has(#f-{field.Key}) .figure").First.InnerTextAsync();
            last.Replace("\u00A0", "", StringComparison.Ordinal)
                .ShouldBe(field.After(n == 5 ? 60 : 1).ToString(CultureInfo.InvariantCulture), $"line {n}");
        }

        _keys.ShouldBeLessThanOrEqualTo(lively.Count * Budget);
    }

    [Fact]
    public async Task A_slip_is_answered_by_what_was_meant_and_a_changed_value_is_judged_anew()
    {
        var (building, all) = await city.Sheet("комсомольская 12 7", city.North);
        var page = await SignIn();
        await page.GotoAsync($"/console/buildings/{building.Value}/readings");
        var field = all.Where(f => f.IsLively && f.Register.Zone == Zone.Single && f.Before > 99).Last();
        await page.FocusAsync($"#f-{field.Key}");
        await Enter(page, field.After() * 10);
        await Mark(page, field.Key, "doubt", null);
        (await page.Locator($"#m-{field.Key}").InnerTextAsync()).ShouldContain("Может быть,");
        await page.FocusAsync($"#f-{field.Key}");
        await page.Keyboard.PressAsync("Backspace");
        (await page.Locator($"#m-{field.Key}").InnerTextAsync()).ShouldBeEmpty("the old sentence is of another value");
        await page.Keyboard.PressAsync("Tab");
        await Mark(page, field.Key, "fine", null);
    }

    /// <summary>From where the Enter before led: what is not read is passed by with one key each.</summary>
    private async Task GoTo(IPage page, string key)
    {
        while (await page.EvaluateAsync<string>("document.activeElement.dataset.register") != key)
            await Press(page, "Enter");
    }

    private async Task Enter(IPage page, long index)
    {
        var digits = index.ToString(CultureInfo.InvariantCulture);
        _keys += digits.Length;
        await page.Keyboard.TypeAsync(digits);
        await Press(page, "Enter");
    }

    private async Task Press(IPage page, string key)
    {
        _keys++;
        await page.Keyboard.PressAsync(key);
    }

    private async Task Save(IPage page)
    {
        var answered = page.WaitForResponseAsync(r => r.Request.Method == "POST" && !r.Url.EndsWith("/check", StringComparison.Ordinal));
        await Press(page, "Control+Enter");
        await answered;
        await page.Locator(".note").WaitForAsync();
    }

    /// <summary>The answer stands under the field, and the focus is where it should be.</summary>
    private static async Task Mark(IPage page, string key, string verdict, string? focused)
    {
        await page.Locator($"#m-{key}[data-verdict={verdict}]").WaitForAsync();
        if (focused is not null)
            await page.WaitForFunctionAsync($"document.activeElement.dataset.register === '{focused}'");
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

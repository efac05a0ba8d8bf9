using System.Net;
using System.Text.RegularExpressions;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios.Api;

/// <summary>An administrator makes a key, sees it once, and takes it back.</summary>
public sealed partial class KeysPageTests(CityFixture city)
{
    [Fact]
    public async Task A_key_is_made_shown_once_works_and_is_revoked()
    {
        using var visitor = await Visitor.SignIn(city, "administrator");
        await visitor.Get("/console/keys");
        var name = $"Сайт {Guid.NewGuid():N}";
        (string, string)[] form =
        [
            ("name", name), ("scope-registers:read", "yes"), ("territory", $"{city.South.Id.Value}"), ("days", "30"), ("perMinute", "60"),
        ];
        var (status, page) = await visitor.Post("/console/keys", form);
        status.ShouldBe(HttpStatusCode.OK);
        var secret = Secret().Match(page).Value;
        secret.Length.ShouldBe(49);
        (await visitor.Get("/console/keys")).Page.ShouldNotContain(secret);

        using var robot = Robot.Without(city.Server, secret);
        (await robot.Walk("/territories", 10)).Single().GetProperty("name").GetString().ShouldBe("Южный");
        (await visitor.Post("/console/keys", form)).Page.ShouldContain("уже есть: выберите другое название");

        (_, page) = await visitor.Get("/console/keys");
        var revoke = Revoke().Match(page[page.IndexOf(name, StringComparison.Ordinal)..]).Value;
        (_, page) = await visitor.Post(revoke);
        page.ShouldContain("Ключ отозван");
        (await robot.Get("/territories")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var journal = (await visitor.Get("/console/audit")).Page;
        journal.ShouldContain($"{name}: registers:read");
        journal.ShouldContain("Отозван ключ API");
    }

    [Fact]
    public async Task A_form_that_cannot_be_comes_back_whole_with_what_is_wrong()
    {
        using var visitor = await Visitor.SignIn(city, "administrator");
        await visitor.Get("/console/keys");
        var (status, page) = await visitor.Post(
            "/console/keys", ("name", new('a', 61)), ("territory", "777"), ("days", "31"), ("perMinute", "0"));
        status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("от 1 до 60 знаков");
        page.ShouldContain("хотя бы одно право");
        page.ShouldContain("Выберите территорию");
        page.ShouldContain("Выберите срок");
        page.ShouldContain("от 1 до 6000");
        page.ShouldContain(new string('a', 61));
    }

    [Fact]
    public async Task The_pages_speak_three_languages_without_a_key_left_over()
    {
        using var visitor = await Visitor.SignIn(city, "administrator");
        foreach (var (language, keys, how) in new[]
        {
            ("ru", "Ключи API", "API для программ"), ("uk", "Ключі API", "API для програм"), ("en", "API keys", "API for programs"),
        })
        {
            await visitor.Get("/console/own");
            await visitor.Post("/console/language", ("language", language), ("to", "/console"));
            foreach (var (path, heading) in new[] { ("/console/keys", keys), ("/console/api", how) })
            {
                var page = (await visitor.Get(path)).Page;
                page.ShouldContain(heading);
                Leftover().Matches(page).Select(m => m.Value).ShouldBeEmpty(path);
            }
        }
    }

    [GeneratedRegex("ochag_[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("/console/keys/[0-9a-f-]{36}/revoke", RegexOptions.None, 1000)]
    private static partial Regex Revoke();

    [GeneratedRegex(">[^<]*\\b(keys|api)\\.[a-zA-Z.-]+[^<]*<", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Leftover();
}

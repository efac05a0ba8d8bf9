using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A register comes in through the console, as it comes over HTTP: without JavaScript.</summary>
public sealed partial class ImportPageTests(CityFixture city)
{
    private const int Attempts = 5000;

    [Fact]
    public async Task A_file_is_checked_its_columns_are_named_it_is_taken_and_taken_back()
    {
        var territory = await Empty("in");
        using var admin = await Visitor.SignIn(city, "administrator");
        await admin.Get("/console/imports");
        const string text = "Реестр;;\nШифр;Строение где;Построен\nQ-1;\"г. Чита, ул. Тестовая, д. 1\";1975\nQ-2;;1980\n";
        var (_, first) = await admin.Upload(
            "/console/imports", "<b>дома.csv</b>", Encoding.UTF8.GetBytes(text), ("territory", territory.Code), ("kind", "houses"));
        first.ShouldNotContain("<b>дома.csv");
        var file = FilePath().Match(first).Value;
        (await Settled(admin, file)).ShouldContain("Не найдено, где в файле: Адрес");

        await admin.Post(file + "/columns", ("column.id", "Шифр"), ("column.address", "Строение где"), ("column.year", "Построен"));
        var ready = await Settled(admin, file);
        ready.ShouldContain("Взять строк: 1");
        ready.ShouldContain("Колонка «Адрес» пуста");
        (await Buildings(territory)).ShouldBe(0, "a preview changes nothing");

        await admin.Post(file + "/take");
        var done = await Settled(admin, file);
        done.ShouldContain("Отменить загрузку");
        (await Buildings(territory)).ShouldBe(1);
        var import = ImportPath().Match(done).Value;
        (await admin.Get(import + "/rejects.csv")).Page.ShouldContain("Q-2,,1980,4,");

        var (status, undone) = await admin.Post(import + "/undo");
        status.ShouldBe(HttpStatusCode.OK);
        undone.ShouldContain("Отменил administrator");
        (await Buildings(territory)).ShouldBe(0);
        (await admin.Post(import + "/undo")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_cannot_be_read_or_is_not_chosen_is_refused_with_a_sentence_and_nothing_is_kept()
    {
        using var engineer = await Visitor.SignIn(city, "engineer");
        await engineer.Get("/console/imports");
        var (empty, page) = await engineer.Upload("/console/imports", "a.csv", [], ("territory", city.North.Code), ("kind", "houses"));
        empty.ShouldBe(HttpStatusCode.UnprocessableEntity);
        page.ShouldContain("Выберите файл, в котором что-то есть");
        (await engineer.Upload("/console/imports", "a.csv", "a,b\n1,2\n"u8.ToArray(), ("territory", city.Foreign.Code), ("kind", "x")))
            .Page.ShouldContain("Выберите, что в файле");

        var (_, bomb) = await engineer.Upload(
            "/console/imports", "bomb.xlsx", [.. "PK"u8, 3, 4, 1, 2, 3], ("territory", city.North.Code), ("kind", "houses"));
        var file = FilePath().Match(bomb).Value;
        (await Settled(engineer, file)).ShouldContain("bomb.xlsx не читается: книга повреждена; откройте её");
        await engineer.Post("/console/language", ("language", "uk"), ("to", "/console"));
        (await engineer.Get(file)).Page.ShouldContain("bomb.xlsx не читається: книгу пошкоджено");
        await engineer.Post("/console/language", ("language", "en"), ("to", "/console"));
        (await engineer.Get(file)).Page.ShouldContain("bomb.xlsx cannot be read: the workbook is damaged");
        await engineer.Post(file + "/discard");
        (await engineer.Get(file)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_file_of_megabytes_comes_in_and_one_beyond_the_limit_is_refused_with_a_sentence()
    {
        var territory = await Empty("big");
        using var admin = await Visitor.SignIn(city, "administrator");
        await admin.Get("/console/imports");
        var rows = string.Concat(Enumerable.Range(1, 40_000).Select(i => $"B-{i};\"г. Чита, ул. Длинная Набережная, д. {i}\"\n"));
        var (status, page) = await admin.Upload(
            "/console/imports", "big.csv", Encoding.UTF8.GetBytes("id;address\n" + rows),
            ("territory", territory.Code), ("kind", "houses"));
        status.ShouldBe(HttpStatusCode.OK);
        (await Settled(admin, FilePath().Match(page).Value)).ShouldContain("Взять строк: 40\u00A0000");

        // Asked before it sends, as programs do with large bodies; a browser's own page says it before it sends.
        using var http = new HttpClient { BaseAddress = city.Server.Root };
        using var huge = new HttpRequestMessage(HttpMethod.Post, "/console/sign-in")
        {
            Headers = { ExpectContinue = true }, Content = new FormUrlEncodedContent([new("login", new string('x', 2_000_000))]),
        };
        using var refused = await http.SendAsync(huge, TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await admin.Get("/console/imports")).Page.ShouldContain("data-most=\"104857600\"");
    }

    [Fact]
    public async Task Templates_are_tables_that_come_back_in_as_they_are()
    {
        using var engineer = await Visitor.SignIn(city, "engineer");
        await using var scope = city.Server.Services.CreateAsyncScope();
        foreach (var kind in scope.ServiceProvider.GetRequiredService<IImports>().Kinds)
        {
            var template = (await engineer.Get($"/console/imports/kinds/{kind.Name}/template.csv")).Page;
            template.ShouldContain(string.Join(',', kind.Columns.Select(c => c.Name)));
            (await engineer.Get($"/console/imports/kinds/{kind.Name}/template.xlsx")).Status.ShouldBe(HttpStatusCode.OK);
            (await engineer.Get($"/console/imports/kinds/{kind.Name}")).Page.ShouldNotContain("imports.column.");
        }

        (await engineer.Get("/console/imports/kinds/houses/template.exe")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    /// <summary>The page once nothing is at work on the file any more.</summary>
    private static async Task<string> Settled(Visitor visitor, string file)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (_, page) = await visitor.Get(file);
            if (!page.Contains("every 700ms", StringComparison.Ordinal))
                return page;
        }

        throw new TimeoutException(file);
    }

    private async Task<TerritoryRecord> Empty(string code)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var draft = new TerritoryDraft(code, "Пустая", "Asia/Chita", "ru-354", Currency.Rub, CityFixture.First, "—");
        return (await scope.ServiceProvider.GetRequiredService<IRegistryIntake>()
            .AddTerritory(draft, TestContext.Current.CancellationToken)).Value;
    }

    private async Task<int> Buildings(TerritoryRecord territory)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IRegistry>()
            .ListBuildings(territory.Id, TestContext.Current.CancellationToken)).Count;
    }

    [GeneratedRegex(@"/console/imports/files/[0-9a-f-]{36}", RegexOptions.None, 1000)]
    private static partial Regex FilePath();

    [GeneratedRegex(@"/console/imports/\d+", RegexOptions.None, 1000)]
    private static partial Regex ImportPath();
}

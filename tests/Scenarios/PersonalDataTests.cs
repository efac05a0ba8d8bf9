using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Scenarios.Fixtures;
using Ochag.Server.Jobs;
using Ochag.Server.Privacy;
using Shouldly;

namespace Ochag.Scenarios;

/// <summary>A resident whose name is nobody else's: where it comes to light, what an appeal gets, and what erasing leaves.</summary>
public sealed class PersonalDataTests(CityFixture city)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_auditor_meets_neither_the_name_nor_the_telephone_of_a_resident_on_any_page()
    {
        var canary = await Plant("Кукушечкина Домна Евлампиевна", "+79249990801", "комсомольская 12 3");
        using var auditor = await Visitor.SignIn(city, "auditor");
        var account = $"/console/accounts/{canary.Account.Id.Value}";
        foreach (var path in new[]
        {
            account, account + "/residents", account + "/connections", account + "/passport", account + "/holders/" + canary.Holder,
            $"/console/buildings/{canary.Account.Building.Value}", $"/console/buildings/{canary.Account.Building.Value}/premises",
            "/console", "/console/runs", "/console/audit", "/console/exports", "/console/personal-data", "/console/own",
            $"/console/accounts/{canary.Account.Id.Value}/holders/999999",
        })
        {
            Hides(canary, (await auditor.Get(path)).Page, path);
        }

        await auditor.Get("/console/search");
        Hides(canary, (await auditor.Post("/console/search/hits", ("q", canary.Account.Number))).Page, "hits");
        Hides(canary, (await auditor.Post("/console/search", ("q", canary.Account.Number))).Page, "search");
        // Who searches by the name himself is told of the account, and of the name no more than its initials.
        (await auditor.Post("/console/search/hits", ("q", "домна евлампиевна"))).Page.ShouldNotContain("Кукушечкина");
        await auditor.Get("/console/exports");
        foreach (var kind in new[] { "accounts", "charges" })
        {
            Hides(canary, (await auditor.Post(
                "/console/exports", ("territory", "north"), ("kind", kind), ("month", $"{CityFixture.First}"), ("format", "csv"),
                ("names", "yes"))).Page, kind);
        }

        // A name that is typed where a number belongs is not kept in the journal.
        await auditor.Get("/console/audit");
        await auditor.Post("/console/audit", ("who", ""), ("what", canary.Name), ("action", ""));
        Hides(canary, (await auditor.Get("/console/audit")).Page, "journal");
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get(account)).Page.ShouldContain(canary.Name);
        (await engineer.Get("/console/jobs")).Page.ShouldNotContain("Кукушечкина");
    }

    [Fact]
    public async Task An_auditor_comes_from_an_account_to_who_looked_at_it_in_one_step()
    {
        var account = (await city.Find("комсомольская 12 9", city.North)).Accounts[0];
        using var reader = await Visitor.SignIn(city, "operator");
        (await reader.Get($"/console/accounts/{account.Id.Value}")).Page.ShouldNotContain("Кто смотрел");
        using var auditor = await Visitor.SignIn(city, "auditor");
        (await auditor.Get($"/console/accounts/{account.Id.Value}")).Page.ShouldContain("Кто смотрел");
        var journal = (await auditor.Post("/console/audit", ("what", account.Number))).Page;
        journal.ShouldContain(">operator<");
        journal.ShouldContain(account.Number);
    }

    [Fact]
    public async Task An_administrator_exports_a_person_and_erases_him_once_the_account_is_closed()
    {
        var canary = await Plant("Сорокопутова Фёкла Ардалионовна", "+79249990802", "комсомольская 12 4");
        var path = $"/console/accounts/{canary.Account.Id.Value}/holders/{canary.Holder}";
        using var engineer = await Visitor.SignIn(city, "engineer");
        (await engineer.Get(path)).Status.ShouldBe(HttpStatusCode.Forbidden);

        using var administrator = await Visitor.SignIn(city, "administrator");
        var page = (await administrator.Get(path)).Page;
        page.ShouldContain(canary.Name);
        page.ShouldContain($"Счёт {canary.Account.Number} открыт");
        (await administrator.Post(path + "/export", ("format", "json"))).Page.ShouldContain(canary.Phone);
        (await administrator.Post(path + "/export", ("format", "html"))).Page.ShouldContain("Кто смотрел и менял");
        await administrator.Get(path);
        (await administrator.Post(path + "/erase", ("appeal", "5/2026"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await administrator.Post(path + "/erase", ("appeal", "5/2026"), ("sure", "yes"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity, "the account is open");
        (await administrator.Get($"/console/accounts/{canary.Account.Id.Value}")).Page.ShouldContain(canary.Name);
    }

    [Fact]
    public async Task A_person_whose_share_has_ended_is_erased_by_the_page_and_the_sums_stay()
    {
        var canary = await Plant("Горихвосткина Устинья Карповна", "+79249990803", "комсомольская 12 5", until: "2026-08-31");
        using var administrator = await Visitor.SignIn(city, "administrator");
        var before = (await administrator.Get($"/console/accounts/{canary.Account.Id.Value}")).Page;
        var (lines, balance) = await Sums(canary.Account.Id);
        before.ShouldContain(canary.Name);
        var path = $"/console/accounts/{canary.Account.Id.Value}/holders/{canary.Holder}";
        await administrator.Get(path);
        var (status, page) = await administrator.Post(path + "/erase", ("appeal", "6/2026"), ("sure", "yes"));
        status.ShouldBe(HttpStatusCode.OK);
        page.ShouldContain("Данные удалены");
        page.ShouldNotContain(canary.Name);
        var after = (await administrator.Get($"/console/accounts/{canary.Account.Id.Value}")).Page;
        Hides(canary, after, "account");
        after.ShouldContain("Удалено по обращению № 6/2026");
        Glance(after).ShouldBe(Glance(before));
        (await Sums(canary.Account.Id)).ShouldSatisfyAllConditions(s => s.Lines.ShouldBe(lines), s => s.Balance.ShouldBe(balance));
        await administrator.Get("/console/audit");
        (await administrator.Post("/console/audit", ("what", canary.Account.Number), ("action", "person-erased"))).Page
            .ShouldContain("обращение 6/2026");
    }

    [Fact]
    public async Task What_is_past_its_term_is_erased_by_a_job_that_tells_how_much()
    {
        using var auditor = await Visitor.SignIn(city, "auditor");
        var table = (await auditor.Get("/console/personal-data")).Page;
        table.ShouldContain("registry_household_mark.reason");
        table.ShouldContain("152-ФЗ ст. 10");
        table.ShouldNotContain("privacy.");
        using var administrator = await Visitor.SignIn(city, "administrator");
        await administrator.Get("/console/personal-data");
        (await administrator.Post("/console/personal-data/retention", ("territory", "nowhere"))).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await administrator.Post("/console/personal-data/retention", ("territory", "south"))).Status.ShouldBe(HttpStatusCode.OK);
        await using var scope = city.Server.Services.CreateAsyncScope();
        var book = scope.ServiceProvider.GetRequiredService<JobBook>();
        Job job;
        do
        {
            job = (await book.Latest(RetentionJob.SubjectOf(city.South.Id), Stop))!;
            await Task.Yield();
        }
        while (job.IsActive);

        job.State.ShouldBe(JobState.Done);
        (await book.Lines(job.Id, Stop)).Select(l => l.Key).Where(k => k.StartsWith("retention", StringComparison.Ordinal)).ShouldBe(
            ["retention.rows", "retention.sessions", "retention.links", "retention.answers", "retention.uploads", "retention.closed"]);
        (await administrator.Get($"/console/jobs/{job.Id}")).Page.ShouldContain("Строк загрузок очищено");
    }

    private sealed record Canary(string Name, string Phone, FoundAccount Account, long Holder);

    /// <summary>Another holder of an account, as a register brings her.</summary>
    private async Task<Canary> Plant(string name, string phone, string where, string until = "")
    {
        var account = (await city.Find(where, city.North)).Accounts[0];
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file, $"account;name;share;phone;from;to\n{account.Number};{name};1/2;{phone};2026-08-01;{until}\n", Encoding.UTF8, Stop);
        await using var scope = city.Server.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<IImports>().Take(
            new(city.North, "holders", file, "holders.csv", "scenario"), null, Stop)).Value.Counts.Refused.ShouldBe(0);
        File.Delete(file);
        var holders = await scope.ServiceProvider.GetRequiredService<IPersons>().HoldersOf(account.Number, [city.North.Id], Stop);
        return new(name, phone, account, holders.Single(h => h.Name == name).Id.Value);
    }

    /// <summary>The account's lines and balance, and every working of the territory computed again.</summary>
    private async Task<(string Lines, AccountBalance Balance)> Sums(AccountId account)
    {
        await using var scope = city.Server.Services.CreateAsyncScope();
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        var check = await billing.CheckWorkings(city.North.Id, null, null, Stop);
        check.Faults.ShouldBe(0);
        var lines = await billing.ListCharges(account, Stop);
        return ($"{check.Lines}: {string.Join(' ', lines)}", await billing.Balance(account, city.North.Currency, Stop));
    }

    private static void Hides(Canary canary, string page, string where)
    {
        page.ShouldNotContain(canary.Name.Split(' ')[0], customMessage: where);
        page.ShouldNotContain(canary.Phone[2..], customMessage: where);
    }

    /// <summary>Balance and the last month, as the head of the account's page tells them.</summary>
    private static string Glance(string page) => string.Join(
        '|', page.Split("figure-big\">")[1..3].Select(f => f[..f.IndexOf("</div>", StringComparison.Ordinal)]));
}

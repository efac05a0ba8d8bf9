using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>A month from its draft to its closed books.</summary>
public abstract class RunLifeTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod Month = new(2026, 9);

    [Fact]
    public async Task A_draft_counts_nowhere_until_a_second_person_approves_it_and_it_is_posted()
    {
        var territory = await Make("life");
        var draft = (await Ask(r => r.Evaluate(territory, Month, "anna", null, Stop))).Value;
        draft.State.ShouldBe(RunState.Draft);
        draft.Total.Minor.ShouldBeGreaterThan(0);
        (await Posted()).ShouldNotContain(p => p.Territory == territory.Id);
        (await Ask(r => r.Evaluate(territory, Month, "boris", null, Stop))).Value.ShouldBe(draft);
        (await Ask(r => r.Post(territory, draft.Id, "anna", Stop))).Refusal!.Code.ShouldBe("billing.run-step-wrong");
        (await Ask(r => r.Approve(territory, draft.Id, "Anna", Stop))).Refusal!.Code.ShouldBe("billing.run-own-approval");

        (await Ask(r => r.Approve(territory, draft.Id, "boris", Stop))).Value.State.ShouldBe(RunState.Approved);
        (await Posted()).ShouldNotContain(p => p.Territory == territory.Id);
        (await Ask(r => r.Post(territory, draft.Id, "boris", Stop))).Value.State.ShouldBe(RunState.Posted);
        var posted = (await Posted()).Single(p => p.Territory == territory.Id);
        (posted.Lines, posted.Total, posted.Accounts).ShouldBe((draft.Lines, draft.Total, draft.Accounts));

        (await Ask(r => r.Close(territory, draft.Id, "boris", Stop))).Refusal!.Code.ShouldBe("billing.run-step-wrong");
        (await Ask(r => r.Issue(territory, draft.Id, "anna", Stop))).Value.State.ShouldBe(RunState.Issued);
        (await Ask(r => r.Issue(territory, draft.Id, "anna", Stop))).Refusal!.Code.ShouldBe("billing.run-step-wrong");
        (await Numbers(draft.Id)).ShouldBe(Enumerable.Range(1, draft.Accounts));
        (await Ask(r => r.Close(territory, draft.Id, "anna", Stop))).Value.State.ShouldBe(RunState.Closed);
        (await Posted()).Single(p => p.Territory == territory.Id).ShouldBe(posted);
        (await Ask(r => r.StartAnew(territory, draft.Id, "anna", Stop))).Refusal!.Code.ShouldBe("billing.month-already-posted");
        (await Ask(r => r.Steps(draft.Id, Stop))).Select(s => (s.State, s.By)).ShouldBe(
        [
            (RunState.Evaluating, "anna"), (RunState.Draft, "anna"), (RunState.Approved, "boris"), (RunState.Posted, "boris"),
            (RunState.Issued, "anna"), (RunState.Closed, "anna"),
        ]);
    }

    [Fact]
    public async Task Of_four_who_approve_at_once_one_does()
    {
        var territory = await Make("four");
        var draft = (await Ask(r => r.Evaluate(territory, Month, "anna", null, Stop))).Value;
        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Ask(r => r.Approve(territory, draft.Id, $"b{i}", Stop))));
        answers.Count(a => !a.IsRefused).ShouldBe(1);
        answers.Where(a => a.IsRefused).ShouldAllBe(a =>
            a.Refusal!.Code == "billing.run-step-wrong" || a.Refusal.Code == "billing.run-in-progress");
    }

    [Fact]
    public async Task A_draft_of_other_rules_is_not_approved_and_is_evaluated_anew()
    {
        var territory = await Make("rules-changed");
        var draft = (await Ask(r => r.Evaluate(territory, Month, "anna", null, Stop))).Value;
        await using (var scope = Database.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<IBilling>().RecordParameters(
                territory.Id, [new(ParameterTable.Tariff, "cold_water", Month.FirstDay, null, Exact.Of(77))], "test", "decision", Stop);
        }

        (await Ask(r => r.Approve(territory, draft.Id, "boris", Stop))).Refusal!.Code.ShouldBe("billing.rules-changed-since-draft");
        var again = (await Ask(r => r.Evaluate(territory, Month, "boris", null, Stop))).Value;
        (again.Id, again.State, again.Lines).ShouldBe((draft.Id, RunState.Draft, draft.Lines));
        again.Total.Minor.ShouldBeGreaterThan(draft.Total.Minor);
        (await Ask(r => r.Approve(territory, draft.Id, "boris", Stop))).Refusal!.Code.ShouldBe("billing.run-own-approval");
        (await Ask(r => r.Approve(territory, draft.Id, "anna", Stop))).Value.Total.ShouldBe(again.Total);
    }

    [Fact]
    public async Task A_draft_that_begins_anew_has_nothing_and_comes_to_the_same_again()
    {
        var territory = await Make("anew");
        var draft = (await Ask(r => r.Evaluate(territory, Month, "anna", null, Stop))).Value;
        var empty = (await Ask(r => r.StartAnew(territory, draft.Id, "boris", Stop))).Value;
        (empty.State, empty.Lines, empty.Total.Minor).ShouldBe((RunState.Evaluating, 0, 0));
        var again = (await Ask(r => r.Evaluate(territory, Month, "boris", null, Stop))).Value;
        (again.Lines, again.Total, again.Accounts).ShouldBe((draft.Lines, draft.Total, draft.Accounts));
    }

    [Fact]
    public async Task A_month_is_not_closed_over_books_that_differ_or_before_the_month_before_it()
    {
        var territory = await Make("books");
        var first = await Issued(territory, Month);
        var second = await Issued(territory, Month.PlusMonths(1));
        (await Ask(r => r.Close(territory, second, "anna", Stop))).Refusal!.Code.ShouldBe("billing.previous-month-not-closed");
        await Sql($"UPDATE billing_charge_line SET amount_minor = amount_minor + 1 WHERE posted_in = {Month.Number} AND run_id = {first.Value} AND number = 1");
        (await Ask(r => r.Close(territory, first, "anna", Stop))).Refusal!.Code.ShouldBe("billing.books-differ");
        await Sql($"UPDATE billing_charge_line SET amount_minor = amount_minor - 1 WHERE posted_in = {Month.Number} AND run_id = {first.Value} AND number = 1");
        (await Ask(r => r.Close(territory, first, "anna", Stop))).IsRefused.ShouldBeFalse();
        (await Ask(r => r.Close(territory, second, "anna", Stop))).IsRefused.ShouldBeFalse();
    }

    private async Task<RunId> Issued(TerritoryRecord territory, BillingPeriod month)
    {
        var draft = (await Ask(r => r.Evaluate(territory, month, "anna", null, Stop))).Value;
        await using (var scope = Database.Services.CreateAsyncScope())
        {
            var anomalies = scope.ServiceProvider.GetRequiredService<IAnomalies>();
            foreach (var odd in await anomalies.Groups(draft, Stop))
                await anomalies.Decide(territory, draft.Id, new(odd.Kind, odd.Service), AnomalyVerdict.Accepted, "seen", "anna", Stop);
        }

        (await Ask(r => r.Approve(territory, draft.Id, "boris", Stop))).IsRefused.ShouldBeFalse();
        (await Ask(r => r.Post(territory, draft.Id, "boris", Stop))).IsRefused.ShouldBeFalse();
        return (await Ask(r => r.Issue(territory, draft.Id, "boris", Stop))).Value.Id;
    }

    private async Task Sql(string sql)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<OchagDb>().Database.ExecuteSqlRawAsync(sql, Stop)).ShouldBeGreaterThan(0);
    }

    private async Task<List<int>> Numbers(RunId run)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var sql = $"SELECT number AS \"Value\" FROM billing_issued_bill WHERE run_id = {run.Value} ORDER BY account_id";
        return await scope.ServiceProvider.GetRequiredService<OchagDb>().Database.SqlQueryRaw<int>(sql).ToListAsync(Stop);
    }

    private async Task<IReadOnlyList<PostedMonth>> Posted()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IBilling>().CountPosted(Stop);
    }

    private async Task<T> Ask<T>(Func<IBillRuns, Task<T>> ask)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IBillRuns>());
    }

    private async Task<TerritoryRecord> Make(string code)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        var intake = get.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(
            new(code, "Город", "Asia/Chita", "ru-354", Currency.Rub, Month, "Теплосеть"), Stop)).Value;
        await get.GetRequiredService<IBilling>().RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", Stop);
        await intake.AddHouses(
            territory.Id,
            [.. Enumerable.Range(1, 3).Select(i => new HouseDraft($"ул. Ленина, {i}", $"c:{code}:{i}", 1980, 5, Flats: 4))], Stop);
        await ActivatorUtilities.CreateInstance<Generation>(get).FillHouses(territory, new(1, Month.PlusMonths(1)), null, Stop);
        return territory;
    }
}

public sealed class RunLifeTests_on_Sqlite(SqliteDatabase database) : RunLifeTests(database), IClassFixture<SqliteDatabase>;

public sealed class RunLifeTests_on_Postgres(PostgresDatabase database) : RunLifeTests(database), IClassFixture<PostgresDatabase>;

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Cases;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>The closing sheet on a database: its views come to the run, and a closed month's sheet stays as it was.</summary>
public abstract class ClosingTests(Database database) : StoreTests(database)
{
    [Theory]
    [InlineData("B10")]
    [InlineData("O21")]
    [InlineData("O26")]
    [InlineData("O27")]
    public async Task Every_view_of_a_month_comes_to_the_run_before_and_after_it_is_closed(string id)
    {
        var (territory, accounts, run) = await Issued(id, "c");
        var counted = (await Sheet(run.Id)).Value;
        counted.IsFrozen.ShouldBeFalse();
        (counted.Lines, counted.Total).ShouldBe((run.Lines, run.Total));
        counted.Groups.ShouldContain(g => g.VatOnTop && g.Total == g.Amount + g.Vat && g.Vat.Minor > 0, "a company's VAT comes on top");
        counted.Groups.Where(g => !g.VatOnTop).ShouldAllBe(g => g.Total == g.Amount);
        counted.Groups.ShouldContain(g => g.Prices == 1);

        var buildings = await Ask<IClosing, IReadOnlyList<ClosingBuilding>>(c => c.Buildings(run, null, 0, 10, Stop));
        buildings.Count.ShouldBe(1);
        (buildings[0].Total, buildings[0].Lines, buildings[0].Accounts).ShouldBe((run.Total, (int)run.Lines, run.Accounts));
        foreach (var (service, sum) in buildings[0].Sums)
            counted.Groups.Where(g => g.Service == service).Sum(g => g.Total.Minor).ShouldBe(sum.Minor);

        var bills = new List<ClosingBill>();
        while (await Ask<IClosing, IReadOnlyList<ClosingBill>>(c =>
            c.Bills(run, null, bills.Count == 0 ? default : bills[^1].Account, 2, Stop)) is { Count: > 0 } some)
            bills.AddRange(some);
        bills.Sum(b => b.Total.Minor).ShouldBe(run.Total.Minor);
        bills.Select(b => b.Number).ShouldBe(Enumerable.Range(1, run.Accounts).Select(n => (int?)n));
        (await Ask<IClosing, IReadOnlyList<ClosingBill>>(c => c.Bills(run, [bills[^1].Account], default, 10, Stop)))
            .Select(b => b.Account).ShouldBe([bills[^1].Account]);
        bills.ShouldAllBe(b => b.Sums.Sum(s => s.Sum.Minor) == b.Total.Minor);
        var lines = await Ask<IClosing, IReadOnlyList<PostedLine>>(c => c.Lines(run, accounts, Stop));
        (lines.Count, lines.Sum(l => l.Total.Minor)).ShouldBe(((int)run.Lines, run.Total.Minor));

        (await Ask<IBillRuns, Outcome<RunRecord>>(r => r.Close(territory, run.Id, "boris", Stop))).Value.State.ShouldBe(RunState.Closed);
        var kept = (await Sheet(run.Id, mostLines: 0)).Value;
        kept.IsFrozen.ShouldBeTrue();
        kept.Groups.ShouldBe(counted.Groups);
        kept.Accounts.OrderBy(a => a.Key).ShouldBe(counted.Accounts.OrderBy(a => a.Key));
    }

    [Fact]
    public async Task A_draft_has_no_sheet_and_too_long_a_month_is_not_counted()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var stored = await StoredBuilding.Put(Read("B10", "B10d"), scope.ServiceProvider, Stop);
        var month = Read("B10", "B10d").Months[0];
        var draft = (await scope.ServiceProvider.GetRequiredService<IBillRuns>()
            .Evaluate(stored.Territory, month, "anna", null, Stop)).Value;
        (await Sheet(draft.Id)).Refusal!.Code.ShouldBe("billing.closing-not-posted");
        var (_, _, run) = await Issued("B10", "l");
        var refusal = (await Sheet(run.Id, run.Lines - 1)).Refusal!;
        (refusal.Code, refusal.Facts[0].Value).ShouldBe(("billing.closing-too-long", $"{run.Lines}"));
    }

    [Fact]
    public async Task A_sheet_that_was_kept_does_not_follow_lines_that_somebody_altered_past_the_program()
    {
        var (territory, _, run) = await Issued("B10", "f");
        await Ask<IBillRuns, Outcome<RunRecord>>(r => r.Close(territory, run.Id, "boris", Stop));
        var before = (await Sheet(run.Id)).Value;
        await Sql($"UPDATE billing_charge_line SET amount_minor = amount_minor + 1 WHERE run_id = {run.Id.Value}");
        (await Sheet(run.Id)).Value.Groups.ShouldBe(before.Groups);
    }

    [Fact]
    public async Task A_month_is_not_closed_over_a_broken_working_or_buildings_that_differ_and_nothing_is_kept_of_it()
    {
        var (territory, _, run) = await Issued("B10", "b");
        await Sql($"UPDATE billing_run_building SET total_minor = total_minor + 1 WHERE run_id = {run.Id.Value}");
        (await Close()).Refusal!.Code.ShouldBe("billing.books-differ");
        await Sql($"UPDATE billing_run_building SET total_minor = total_minor - 1 WHERE run_id = {run.Id.Value}");
        await Sql($"UPDATE billing_run_sum SET service = 6 WHERE run_id = {run.Id.Value} AND service = 5");
        (await Close()).Refusal!.Code.ShouldBe("billing.books-differ");
        await Sql($"UPDATE billing_run_sum SET service = 5 WHERE run_id = {run.Id.Value} AND service = 6");
        await Sql($"UPDATE billing_charge_line SET working = {Blank} WHERE run_id = {run.Id.Value} AND number = 1");
        (await Close()).Refusal!.Code.ShouldBe("billing.closing-working-broken");
        (await Sheet(run.Id)).Refusal!.Code.ShouldBe("billing.closing-working-broken");
        await using var scope = Database.Services.CreateAsyncScope();
        var sql = $"SELECT count(*) AS \"Value\" FROM billing_closing WHERE run_id = {run.Id.Value}";
        (await scope.ServiceProvider.GetRequiredService<OchagDb>().Database.SqlQueryRaw<long>(sql).SingleAsync(Stop)).ShouldBe(0);
        (await Ask<IBilling, RunRecord?>(b => b.FindRun(run.Id, Stop)))!.State.ShouldBe(RunState.Issued);

        Task<Outcome<RunRecord>> Close() => Ask<IBillRuns, Outcome<RunRecord>>(r => r.Close(territory, run.Id, "boris", Stop));
    }

    /// <summary>No bytes at all, as either database writes them.</summary>
    protected abstract string Blank { get; }

    private async Task<(TerritoryRecord Territory, IReadOnlyList<AccountId> Accounts, RunRecord Run)> Issued(string id, string suffix)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var worked = Read(id, id + suffix);
        var stored = await StoredBuilding.Put(worked, scope.ServiceProvider, Stop);
        var run = (await scope.ServiceProvider.GetRequiredService<IBilling>().Run(
            stored.Territory, worked.Months[0], "anna", null, Stop)).Value;
        var issued = await Ask<IBillRuns, Outcome<RunRecord>>(r => r.Issue(stored.Territory, run.Id, "boris", Stop));
        return (stored.Territory, [.. stored.Accounts.Values], issued.Value);
    }

    private Task<Outcome<ClosingSheet>> Sheet(RunId run, long mostLines = long.MaxValue) =>
        Ask<IClosing, Outcome<ClosingSheet>>(c => c.Sheet(run, mostLines, null, Stop));

    private async Task Sql(string sql)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<OchagDb>().Database.ExecuteSqlRawAsync(sql, Stop)).ShouldBeGreaterThan(0);
    }

    private async Task<TAnswer> Ask<TOf, TAnswer>(Func<TOf, Task<TAnswer>> ask)
        where TOf : notnull
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<TOf>());
    }

    private static WorkedBuilding Read(string id, string name)
    {
        var root = Database.Repository();
        var folder = Path.Combine(root, "tests", "worked-bills", id[0] == 'O' ? "own" : "");
        var json = File.ReadAllText(Path.Combine(folder, id + ".json")).Replace($"\"{id}\"", $"\"{name}\"", StringComparison.Ordinal);
        var file = JsonDocument.Parse(json).RootElement;
        return WorkedBuilding.Read(file, RulePack.Read(Path.Combine(root, "rulepacks", file.GetProperty("rulepack").GetString()!)).Value);
    }
}

public sealed class ClosingTests_on_Sqlite(SqliteDatabase database) : ClosingTests(database), IClassFixture<SqliteDatabase>
{
    protected override string Blank => "X''";
}

public sealed class ClosingTests_on_Postgres(PostgresDatabase database) : ClosingTests(database), IClassFixture<PostgresDatabase>
{
    protected override string Blank => "''::bytea";
}

using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;
using Ochag.Server.Cases;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>Worked buildings stored, read back, run month by month and posted: the same lines as in memory.</summary>
public abstract class WorkedBuildingStoreTests(Database database) : StoreTests(database)
{
    public static TheoryData<string> Buildings => [.. Directory
        .EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(f => Path.ChangeExtension(Path.GetRelativePath(Folder, f), null)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Database.Repository(), "tests", "worked-bills");

    [Theory]
    [MemberData(nameof(Buildings))]
    public async Task A_stored_building_is_charged_as_it_was_worked(string id)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var worked = Read(id);
        var stored = await StoredBuilding.Put(worked, scope.ServiceProvider, Stop);
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        foreach (var month in worked.Months)
            (await billing.Run(stored.Territory, month, "test", null, Stop)).Refusal.ShouldBeNull();

        foreach (var (name, account) in stored.Accounts)
        {
            var posted = await billing.ListCharges(account, Stop);
            foreach (var month in worked.Months)
            {
                var expected = Evaluator.EvaluateBuilding(worked.Facts, worked.Rules, month).Value.Lines.Where(l => l.Account == name);
                posted.Where(l => l.Period == month).OrderBy(l => l.Key.Number).Select(Text)
                    .ShouldBe(expected.Select(Text), $"{id} {worked.AccountName(name)} {month}");
            }

            (await billing.CheckWorkings(stored.Territory.Id, null, null, Stop)).Faults.ShouldBe(0);
            var onTop = IsCompany(worked, name) ? posted.Sum(l => l.Vat.Minor) : 0;
            (await billing.Balance(account, worked.Facts.Currency, Stop)).Total.Minor
                .ShouldBe(posted.Sum(l => l.Amount.Minor) + onTop, $"{id} {worked.AccountName(name)}");
        }
    }

    [Fact]
    public async Task A_posted_line_keeps_a_working_that_comes_to_its_amount()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var worked = Read("B10", "B10w");
        var stored = await StoredBuilding.Put(worked, scope.ServiceProvider, Stop);
        var billing = scope.ServiceProvider.GetRequiredService<IBilling>();
        await billing.Run(stored.Territory, worked.Months[0], "test", null, Stop);

        var lines = await billing.ListCharges(stored.Accounts.Values.First(), Stop);
        lines.ShouldNotBeEmpty();
        foreach (var line in lines)
        {
            var explained = await billing.FindLine(line.Key, Stop);
            var working = Working.Read(explained!.Working);
            Replay.Run(working).Amount.ShouldBe(line.Amount.ToExact());
            working.Steps.ShouldContain(s => s.SourceId > 0, "the numbers name the facts they come from");
        }
    }

    private static bool IsCompany(WorkedBuilding worked, AccountId account) =>
        worked.Facts.Building.Accounts.Single(a => a.Id == account).HolderKind == HolderKind.Company;

    private static WorkedBuilding Read(string id, string? name = null)
    {
        var root = Database.Repository();
        var json = File.ReadAllText(Path.Combine(Folder, id + ".json"));
        if (name is not null)
            json = json.Replace($"\"{id}\"", $"\"{name}\"", StringComparison.Ordinal);
        var file = JsonDocument.Parse(json).RootElement;
        return WorkedBuilding.Read(file, RulePack.Read(Path.Combine(root, "rulepacks", file.GetProperty("rulepack").GetString()!)).Value);
    }

    private static string Text(PostedLine line) =>
        $"{line.Service} {line.Component} {line.Basis} {line.Quantity} {line.Unit} {line.Amount} {line.VatRate} {line.Vat}";

    private static string Text(ChargeLine line) =>
        $"{line.Service} {line.Component} {line.Basis} {new Fixed(line.Quantity.Round(6))} {line.Unit} {line.Amount} {new Fixed(line.VatRate.Round(6))} {line.Vat}";
}

public sealed class WorkedBuildingStoreTests_on_Sqlite(SqliteDatabase database)
    : WorkedBuildingStoreTests(database), IClassFixture<SqliteDatabase>;

public sealed class WorkedBuildingStoreTests_on_Postgres(PostgresDatabase database)
    : WorkedBuildingStoreTests(database), IClassFixture<PostgresDatabase>;

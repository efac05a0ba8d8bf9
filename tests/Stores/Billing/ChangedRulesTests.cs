using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>A run that broke off and goes on after the rules have changed.</summary>
public abstract class ChangedRulesTests(Database database) : StoreTests(database)
{
    // More than the workers of a run take at once, so that some are left when it breaks off.
    private const int Houses = 1_000;
    private static readonly BillingPeriod Month = new(2026, 10);
    private static readonly Exact NewTariff = Exact.Of(77);

    [Fact]
    public async Task A_month_is_posted_by_one_set_of_rules_only()
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        var billing = get.GetRequiredService<IBilling>();
        var territory = await Fill(get);
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await Should.ThrowAsync<OperationCanceledException>(
            billing.Run(territory, Month, "test", new Breaks(broken), broken.Token));
        (await billing.ListRuns([territory.Id], Stop)).ShouldHaveSingleItem().BuildingsDone.ShouldBeInRange(1, Houses - 1);

        await billing.RecordParameters(
            territory.Id, [new(ParameterTable.Tariff, "cold_water", Month.FirstDay, null, NewTariff)], "test", "decision", Stop);
        var run = (await billing.Run(territory, Month, "test", null, Stop)).Value;

        var accounts = (await get.GetRequiredService<IRegistry>().ReadBuildings(
            await get.GetRequiredService<IRegistry>().ListBuildings(territory.Id, Stop), Stop)).SelectMany(b => b.Accounts).ToList();
        var lines = new List<PostedLine>();
        foreach (var account in accounts)
            lines.AddRange(await billing.ListCharges(account.Id, Stop));
        (run.BuildingsDone, run.Accounts, run.Lines).ShouldBe((Houses, accounts.Count, lines.Count));
        run.Total.Minor.ShouldBe(lines.Sum(l => l.Total.Minor));
        foreach (var line in lines.Where(l => l is { Service: Service.ColdWater, Component.Kind: ComponentKind.Volume }))
        {
            var working = Working.Read((await billing.FindLine(line.Key, Stop))!.Working);
            working.Steps.Where(s => s.Kind == StepKind.Number && s.Symbol == (int)Symbol.Tariff).ShouldAllBe(s => s.Value == NewTariff);
        }
    }

    private async Task<TerritoryRecord> Fill(IServiceProvider get)
    {
        var intake = get.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(
            new("rules", "Город", "Asia/Chita", "ru-354", Currency.Rub, Month, "Теплосеть"), Stop)).Value;
        await get.GetRequiredService<IBilling>().RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", Stop);
        await intake.AddHouses(
            territory.Id,
            [.. Enumerable.Range(1, Houses).Select(i => new HouseDraft($"ул. Ленина, {i}", $"c:{i}", 1980, 5, Flats: 1))], Stop);
        await ActivatorUtilities.CreateInstance<Generation>(get).FillHouses(territory, new(1, Month), null, Stop);
        return territory;
    }

    /// <summary>Stops the run after its first buildings.</summary>
    private sealed class Breaks(CancellationTokenSource source) : IProgress<RunRecord>
    {
        public void Report(RunRecord value) => source.Cancel();
    }
}

public sealed class ChangedRulesTests_on_Sqlite(SqliteDatabase database) : ChangedRulesTests(database), IClassFixture<SqliteDatabase>;

public sealed class ChangedRulesTests_on_Postgres(PostgresDatabase database) : ChangedRulesTests(database), IClassFixture<PostgresDatabase>;

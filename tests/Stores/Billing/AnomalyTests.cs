using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>Odd bills of a draft: found, grouped, decided together, and in the way of the approval until then.</summary>
public abstract class AnomalyTests(Database database) : StoreTests(database)
{
    private const int Houses = 30;
    private static readonly BillingPeriod Month = new(2026, 9);
    private static readonly AnomalyChoice Rise = new(AnomalyKind.Rise, Service.ColdWater);

    [Fact]
    public async Task What_rose_by_a_wrong_tariff_blocks_the_approval_until_it_is_decided_or_mended()
    {
        var territory = await Make("wrong-tariff");
        await Runs(r => r.Evaluate(territory, Month, "anna", null, Stop));
        await Post(territory);
        await Tariff(territory, 100);
        var draft = (await Runs(r => r.Evaluate(territory, Month.PlusMonths(1), "anna", null, Stop))).Value;
        var group = (await Anomalies(a => a.Groups(draft, Stop))).Single(g => (g.Kind, g.Service) == (Rise.Kind, Rise.Service));
        group.Count.ShouldBeGreaterThan(20);
        var risen = await Anomalies(a => a.List(draft, Rise, true, 0, 1_000, Stop));
        (risen.Count, risen.Sum(a => a.AtRisk.Minor)).ShouldBe((group.Count, group.AtRisk.Minor));
        risen.Select(a => a.AtRisk.Minor).ShouldBeInOrder(SortDirection.Descending);
        (await Runs(r => r.Approve(territory, draft.Id, "boris", Stop))).Refusal!.Code.ShouldBe("billing.anomalies-undecided");

        (await Decide(territory, draft, Rise, AnomalyVerdict.Accepted, null)).Refusal!.Code.ShouldBe("billing.anomaly-note-missing");
        (await Decide(territory, draft, Rise with { Service = Service.Gas }, AnomalyVerdict.Accepted, "no")).Refusal!.Code
            .ShouldBe("billing.anomaly-unknown");
        var one = Rise with { Building = risen[0].Building, Number = risen[0].Number };
        (await Decide(territory, draft, one, AnomalyVerdict.ToMend, null)).Value.ShouldBe(1);
        (await Decide(territory, draft, one, AnomalyVerdict.ToMend, null)).Value.ShouldBe(0);
        foreach (var other in await Anomalies(a => a.Groups(draft, Stop)))
            await Decide(territory, draft, new(other.Kind, other.Service), AnomalyVerdict.Accepted, "so it was decided");
        (await Decide(territory, draft, one, AnomalyVerdict.ToMend, "ask them")).Value.ShouldBe(1);
        (await Runs(r => r.Approve(territory, draft.Id, "boris", Stop))).Refusal!.Code.ShouldBe("billing.anomalies-to-mend");

        // Evaluated anew as it was: what is as odd as before keeps its decision.
        await Runs(r => r.StartAnew(territory, draft.Id, "anna", Stop));
        await Runs(r => r.Evaluate(territory, draft.Period, "anna", null, Stop));
        var kept = await Anomalies(a => a.Count(draft.Id, Stop));
        (kept.Undecided, kept.ToMend).ShouldBe((0, 1));
        (await Anomalies(a => a.List(draft, one, false, 0, 1, Stop)))[0].Decision!.ShouldSatisfyAllConditions(
            d => d.Verdict.ShouldBe(AnomalyVerdict.ToMend), d => d.Note.ShouldBe("ask them"), d => d.By.ShouldBe("anna"));

        // Mended, nothing of it is odd any more.
        await Tariff(territory, 1);
        await Runs(r => r.Evaluate(territory, draft.Period, "anna", null, Stop));
        (await Anomalies(a => a.Groups(draft, Stop))).ShouldNotContain(g => g.Kind == Rise.Kind && g.Service == Rise.Service);
        foreach (var other in await Anomalies(a => a.Groups(draft, Stop)))
            await Decide(territory, draft, new(other.Kind, other.Service), AnomalyVerdict.Accepted, "seen");
        (await Runs(r => r.Approve(territory, draft.Id, "boris", Stop))).IsRefused.ShouldBeFalse();
        (await Decide(territory, draft, one, AnomalyVerdict.Accepted, null)).Refusal!.Code.ShouldBe("billing.run-step-wrong");
    }

    [Fact]
    public async Task A_building_that_could_not_be_evaluated_is_left_out_when_that_is_decided()
    {
        var territory = await Make("left-out", tariffs: false);
        var draft = (await Runs(r => r.Evaluate(territory, Month, "anna", null, Stop))).Value;
        (draft.State, draft.Refused, draft.Lines).ShouldBe((RunState.Draft, Houses, 0));
        (await Runs(r => r.Approve(territory, draft.Id, "boris", Stop))).Refusal!.Code.ShouldBe("billing.anomalies-undecided");
        (await Decide(territory, draft, new(AnomalyKind.NoTariff, null), AnomalyVerdict.Accepted, "next month")).Value.ShouldBe(Houses);
        (await Runs(r => r.Approve(territory, draft.Id, "boris", Stop))).IsRefused.ShouldBeFalse();
        (await Runs(r => r.Post(territory, draft.Id, "boris", Stop))).Value.Lines.ShouldBe(0);
        (await Runs(r => r.Issue(territory, draft.Id, "boris", Stop))).IsRefused.ShouldBeFalse();
        (await Runs(r => r.Close(territory, draft.Id, "boris", Stop))).IsRefused.ShouldBeFalse();
    }

    private async Task Post(TerritoryRecord territory)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<IBilling>().Run(territory, Month, "test", null, Stop)).IsRefused.ShouldBeFalse();
    }

    /// <summary>The tariff of cold water is so many times what it was.</summary>
    private async Task Tariff(TerritoryRecord territory, int times)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<IBilling>().RecordParameters(
            territory.Id,
            [new(ParameterTable.Tariff, "cold_water", Month.PlusMonths(1).FirstDay, null, Exact.Of(50) * Exact.Of(times))], "test", "decision",
            Stop);
    }

    private Task<Outcome<int>> Decide(
        TerritoryRecord territory, RunRecord run, AnomalyChoice choice, AnomalyVerdict verdict, string? note) =>
        Anomalies(a => a.Decide(territory, run.Id, choice, verdict, note, "anna", Stop));

    private async Task<T> Runs<T>(Func<IBillRuns, Task<T>> ask)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IBillRuns>());
    }

    private async Task<T> Anomalies<T>(Func<IAnomalies, Task<T>> ask)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IAnomalies>());
    }

    private async Task<TerritoryRecord> Make(string code, bool tariffs = true)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        var intake = get.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(
            new(code, "Город", "Asia/Chita", "ru-354", Currency.Rub, Month, "Теплосеть"), Stop)).Value;
        if (tariffs)
            await get.GetRequiredService<IBilling>().RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", Stop);
        await intake.AddHouses(
            territory.Id,
            [.. Enumerable.Range(1, Houses).Select(i => new HouseDraft($"ул. Ленина, {i}", $"c:{code}:{i}", 1980, 5, Flats: 4))], Stop);
        await ActivatorUtilities.CreateInstance<Generation>(get).FillHouses(territory, new(1, Month.PlusMonths(1)), null, Stop);
        return territory;
    }
}

public sealed class AnomalyTests_on_Sqlite(SqliteDatabase database) : AnomalyTests(database), IClassFixture<SqliteDatabase>;

public sealed class AnomalyTests_on_Postgres(PostgresDatabase database) : AnomalyTests(database), IClassFixture<PostgresDatabase>;

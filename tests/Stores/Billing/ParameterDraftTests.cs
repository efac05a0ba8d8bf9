using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>Drafts of a territory's numbers: kept by versions, closed once, laid over what was recorded.</summary>
public abstract class ParameterDraftTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod Month = new(2026, 10);

    private static readonly ParameterDraft Water =
        new(ParameterTable.Tariff, "cold_water", Fixed.Parse("55.1"), new(2027, 1, 1), null, "decision 1");

    [Fact]
    public async Task A_draft_changes_nothing_until_it_is_recorded_and_then_once()
    {
        var territory = await Make("once");
        var draft = (await Ask(d => d.Begin(territory, Water, "anna", Stop))).Value;
        (await Own(territory)).ShouldNotContain(p => p.Evidence == Water.Evidence);
        var changed = (await Ask(d => d.Change(territory, draft.Id, 1, Water with { Value = Fixed.Of(60) }, "boris", Stop))).Value;
        (changed.Version, changed.MadeBy, changed.By).ShouldBe((2, "anna", "boris"));
        (await Ask(d => d.Record(territory, draft.Id, 1, "anna", Stop)))!.Code.ShouldBe("billing.draft-changed-meanwhile");

        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(_ => Ask(d => d.Record(territory, draft.Id, 2, "anna", Stop))));
        answers.Count(a => a is null).ShouldBe(1);
        answers.OfType<Refusal>().ShouldAllBe(a => a.Code == "billing.draft-over" || a.Code == "billing.draft-changed-meanwhile");
        var series = (await Own(territory)).Where(p => p.Table == Water.Table && p.Key == Water.Key).OrderBy(p => p.From).ToList();
        series[^1].Value.ShouldBe(Fixed.Of(60));
        series[^2].To.ShouldBe(new LocalDate(2026, 12, 31));
        (await Ask(d => d.ListOpen(territory.Id, Stop))).ShouldBeEmpty();
        (await Ask(d => d.Versions(draft.Id, Stop))).Select(v => v.State)
            .ShouldBe([DraftState.Open, DraftState.Open, DraftState.Recorded]);
    }

    [Fact]
    public async Task What_it_changes_is_told_by_the_month_of_a_house_and_by_the_months_that_are_posted()
    {
        var territory = await Make("told");
        await using (var scope = Database.Services.CreateAsyncScope())
        {
            var run = await scope.ServiceProvider.GetRequiredService<IBilling>().Run(territory, Month, "test", null, Stop);
            run.IsRefused.ShouldBeFalse();
        }

        var effect = (await Ask(d => d.EffectOf(territory, Water with { From = new(2026, 10, 15) }, Stop))).Value;
        effect.Posted.ShouldBe([Month]);
        effect.Under.ShouldHaveSingleItem().Value.ShouldBe(Fixed.Parse("49.1"));
        effect.ReplacesPack.ShouldBeFalse();
        effect.Sample!.Month.ShouldBe(Month);
        (effect.Sample.With!.Value.Minor - effect.Sample.Without!.Value.Minor).ShouldBeGreaterThan(0);

        var draft = new ParameterDraft(ParameterTable.Vat, "vat", Fixed.Of(5), new(2027, 1, 1), null, "law");
        var vat = (await Ask(d => d.EffectOf(territory, draft, Stop))).Value;
        (vat.ReplacesPack, vat.Under.Count, vat.Posted.Count).ShouldBe((true, 0, 0));
        (await Ask(d => d.Begin(territory, Water with { From = new(2025, 6, 1) }, "anna", Stop))).Refusal!.Code
            .ShouldBe("billing.parameter-overlap");
    }

    [Fact]
    public async Task A_company_is_called_anew_from_today_and_what_it_was_called_is_kept()
    {
        (await Company(c => c.Change("ООО «Тепло»", "7707083890", "anna", Stop))).Refusal!.Code
            .ShouldBe("registry.company-tax-number-wrong");
        (await Company(c => c.Change(" ", null, "anna", Stop))).Refusal!.Code.ShouldBe("registry.company-name-wrong");
        (await Company(c => c.Change("ООО «Тепло»", "7707083893", "anna", Stop))).Value.TaxNumber.ShouldBe("7707083893");
        (await Company(c => c.Change("АО «Тепло»", null, "boris", Stop))).Value.Origin.RecordedBy.ShouldBe("boris");
        (await Company(c => c.Find(Stop)))!.Name.ShouldBe("АО «Тепло»");
    }

    [Fact]
    public async Task What_was_entered_is_counted_up_to_the_limit()
    {
        var territory = await Make("counted");
        await using var scope = Database.Services.CreateAsyncScope();
        var desk = scope.ServiceProvider.GetRequiredService<IRegistryDesk>();
        var all = await desk.CountEntered(territory.Id, 1000, Stop);
        (all.Premises, all.AccountIds.Count, all.Connections > 0, all.MeterCount > 2).ShouldBe((3, 3, true, true));
        (await desk.CountEntered(territory.Id, 2, Stop)).Premises.ShouldBe(2);
    }

    private async Task<T> Ask<T>(Func<IParameterDrafts, Task<T>> ask)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<IParameterDrafts>());
    }

    private async Task<T> Company<T>(Func<ICompany, Task<T>> ask)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return await ask(scope.ServiceProvider.GetRequiredService<ICompany>());
    }

    private async Task<IReadOnlyList<RecordedParameter>> Own(TerritoryRecord territory)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<IBilling>().RuleSourcesOf(territory, Stop)).Value.Own;
    }

    private async Task<TerritoryRecord> Make(string code)
    {
        await using var scope = Database.Services.CreateAsyncScope();
        var get = scope.ServiceProvider;
        var intake = get.GetRequiredService<IRegistryIntake>();
        var territory = (await intake.AddTerritory(
            new(code, code, "Asia/Chita", "ru-354", Currency.Rub, Month, "Теплосеть"), Stop)).Value;
        await get.GetRequiredService<IBilling>().RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", Stop);
        await intake.AddHouses(territory.Id, [new HouseDraft($"ул. Ленина, {code}", code, 1980, 5, Flats: 3)], Stop);
        await ActivatorUtilities.CreateInstance<Generation>(get).FillHouses(territory, new(1, Month), null, Stop);
        return territory;
    }
}

public sealed class ParameterDraftTests_on_Sqlite(SqliteDatabase database)
    : ParameterDraftTests(database), IClassFixture<SqliteDatabase>;

public sealed class ParameterDraftTests_on_Postgres(PostgresDatabase database)
    : ParameterDraftTests(database), IClassFixture<PostgresDatabase>;

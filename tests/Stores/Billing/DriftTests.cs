using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Storage;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>Code never moves money silently: posted months come out again as they are posted, or nothing more is posted.</summary>
public abstract class DriftTests(Database database) : StoreTests(database)
{
    private static readonly BillingPeriod First = new(2026, 9);

    [Fact]
    public async Task What_was_posted_comes_out_again_though_facts_were_learnt_later()
    {
        await using var town = await Town.Make(Database, "later", Stop);
        (await town.Check()).ShouldAllBe(m => m.State == DriftState.Agrees && m.Count == 0 && m.Lines > 0);

        // A tariff of then, a reading of then and a house are all learnt after the posting: that is recalculation, not drift.
        town.Clock.Now += Duration.FromDays(40);
        await town.Billing.RecordParameters(
            town.Territory.Id, [new(ParameterTable.Tariff, "cold_water", First.FirstDay, null, Exact.Of(77))], "test", "decision", Stop);
        await town.LateReading(Stop);
        await town.MoreHouses(Stop);
        var changed = await town.Check();
        changed.Count.ShouldBe(2);
        changed.ShouldAllBe(m => m.State == DriftState.Agrees && m.Count == 0);

        // With the facts of today the same month does come out otherwise: the look back is what keeps it the same.
        (await town.Sum(First, asOf: null)).ShouldNotBe(await town.Sum(First, town.PostedAt));
    }

    [Fact]
    public async Task A_line_that_comes_out_otherwise_is_found_blocks_posting_is_released_and_posting_goes_on()
    {
        await using var town = await Town.Make(Database, "drift", Stop);
        var month = First.PlusMonths(1);
        var altered = await town.Alter(month, by: 1_23, version: Evaluator.Version - 1, Stop);

        // The months before were posted by another version: the run looks by itself, and posts nothing.
        var next = month.PlusMonths(1);
        var blocked = await town.Billing.Run(town.Territory, next, "test", null, Stop);
        blocked.Refusal!.Code.ShouldBe("billing.drift");
        blocked.Refusal.Facts.ShouldContain(("count", "1"));
        (await town.Billing.ListRuns([town.Territory.Id], Stop)).Single(r => r.Period == next).PostedAt.ShouldBeNull();

        var found = (await town.Check()).Single(m => m.Month == month);
        (found.State, found.Count, found.Sum).ShouldBe((DriftState.Open, 1, new Money(-1_23, Currency.Rub)));
        var difference = found.First.ShouldHaveSingleItem();
        (difference.Account, difference.Service, difference.Difference.Minor).ShouldBe((altered.Account, altered.Service, -1_23));
        difference.Building.ShouldNotBeNull();
        difference.Posted.Minor.ShouldBe(difference.Now.Minor + 1_23);
        (await town.Billing.Run(town.Territory, next, "test", null, Stop)).Refusal!.Code.ShouldBe("billing.drift");

        (await town.Billing.ReleaseDrift(town.Territory, " ", "chief", Stop)).Refusal!.Code.ShouldBe("billing.drift-unanswered");
        (await town.Billing.ReleaseDrift(town.Territory, new string('a', 201), "chief", Stop)).Refusal!.Code
            .ShouldBe("billing.drift-unanswered");
        var released = (await town.Billing.ReleaseDrift(town.Territory, "order 5", "chief", Stop)).Value.ShouldHaveSingleItem();
        (released.Month, released.Ground, released.By, released.At).ShouldBe((month, "order 5", "chief", town.Clock.Now));
        (await town.Billing.ReleaseDrift(town.Territory, "again", "chief", Stop)).Refusal!.Code.ShouldBe("billing.no-drift");

        (await town.Billing.Run(town.Territory, next, "test", null, Stop)).Refusal.ShouldBeNull();
        // The same difference, looked for again, stays released.
        (await town.Check()).Single(m => m.Month == month).State.ShouldBe(DriftState.Released);
        await town.Alter(month, by: 5, version: Evaluator.Version - 1, Stop);
        (await town.Check()).Single(m => m.Month == month).State.ShouldBe(DriftState.Open);
    }

    [Fact]
    public async Task Months_of_the_same_version_are_looked_at_only_when_somebody_asks()
    {
        await using var town = await Town.Make(Database, "asked", Stop);
        await town.Alter(First.PlusMonths(1), by: 100, version: Evaluator.Version, Stop);
        (await town.Billing.Run(town.Territory, First.PlusMonths(2), "test", null, Stop)).Refusal.ShouldBeNull();

        (await town.Check(months: 1)).ShouldHaveSingleItem().State.ShouldBe(DriftState.Agrees);
        (await town.Check(months: 2))[^1].State.ShouldBe(DriftState.Open);
        (await town.Billing.Run(town.Territory, First.PlusMonths(3), "test", null, Stop)).Refusal!.Code.ShouldBe("billing.drift");

        // Mended, it is looked at again and nothing is open any more.
        await town.Alter(First.PlusMonths(1), by: -100, version: Evaluator.Version, Stop);
        (await town.Check()).ShouldAllBe(m => m.State == DriftState.Agrees);
        (await town.Billing.Run(town.Territory, First.PlusMonths(3), "test", null, Stop)).Refusal.ShouldBeNull();
    }

    /// <summary>Two houses of a territory of their own, two posted months, and a clock that moves.</summary>
    private sealed class Town(ServiceProvider provider, TerritoryRecord territory, MovedClock clock) : IAsyncDisposable
    {
        public TerritoryRecord Territory => territory;
        public MovedClock Clock => clock;
        public Instant PostedAt { get; private set; }
        public IBilling Billing { get; } = provider.CreateScope().ServiceProvider.GetRequiredService<IBilling>();

        public static async Task<Town> Make(Database database, string code, CancellationToken stop)
        {
            var clock = new MovedClock { Now = Instant.FromUtc(2027, 8, 1, 6, 0) };
            var provider = Database.Product(database.Location).Replace(ServiceDescriptor.Singleton<IClock>(clock)).BuildServiceProvider();
            await using var scope = provider.CreateAsyncScope();
            var intake = scope.ServiceProvider.GetRequiredService<IRegistryIntake>();
            var territory = (await intake.AddTerritory(new(code, code, "Asia/Chita", "ru-354", Currency.Rub, First, "—"), stop)).Value;
            var town = new Town(provider, territory, clock);
            await town.Billing.RecordParameters(territory.Id, TerritoryParameters.Make(), "test", "invented", stop);
            await town.MoreHouses(stop);
            foreach (var month in new[] { First, First.PlusMonths(1) })
                (await town.Billing.Run(territory, month, "test", null, stop)).Refusal.ShouldBeNull();
            town.PostedAt = clock.Now;
            return town;
        }

        public async Task<IReadOnlyList<DriftMonth>> Check(int months = 2) =>
            (await Billing.CheckDrift(territory, months, null, Stop)).Value;

        public async Task MoreHouses(CancellationToken stop)
        {
            await using var scope = provider.CreateAsyncScope();
            var mark = $"{territory.Code}:{clock.Now.ToUnixTimeSeconds()}";
            await scope.ServiceProvider.GetRequiredService<IRegistryIntake>().AddHouses(
                territory.Id,
                [.. Enumerable.Range(1, 2).Select(i => new HouseDraft($"ул. {mark}, {i}", $"{mark}:{i}", 1980, 5, Flats: 10))],
                stop);
            await ActivatorUtilities.CreateInstance<Generation>(scope.ServiceProvider)
                .FillHouses(territory, new(1, First.PlusMonths(1)), null, stop);
        }

        /// <summary>A meter turns out to have used much more in the first month.</summary>
        public async Task LateReading(CancellationToken stop)
        {
            await using var scope = provider.CreateAsyncScope();
            var registry = scope.ServiceProvider.GetRequiredService<IRegistry>();
            var building = (await registry.ReadBuildings(await registry.ListBuildings(territory.Id, stop), stop))[0];
            var meter = building.Premises.SelectMany(p => p.Meters).First(m => m.Service == Service.ColdWater);
            var metering = scope.ServiceProvider.GetRequiredService<IMetering>();
            var day = First.FirstDay.PlusDays(27);
            var last = (await metering.LatestReadings([meter.Id], 1, stop))[meter.Id].First();
            await metering.Record(
                [
                    new ReadingDraft(
                        meter.Id, building.Id, day, day, ReadingSource.Controller, last.Mark,
                        [.. last.Values.Select(v => v with { Index = new(v.Index.Millionths + 50_000_000) })]),
                ],
                [],
                "test",
                "late",
                stop);
        }

        /// <summary>A posted line is made another one, as a changed evaluator would make it, and its run that of a version.</summary>
        public async Task<(AccountId Account, Service Service)> Alter(BillingPeriod month, long by, int version, CancellationToken stop)
        {
            await using var scope = provider.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<OchagDb>();
            var run = await db.Set<Run>().AsNoTracking().SingleAsync(r => r.TerritoryId == territory.Id && r.Period == month, stop);
            var line = await db.Set<ChargeLineRow>().AsNoTracking().Where(l => l.RunId == run.Id && l.PostedIn == month)
                .OrderBy(l => l.AccountId).ThenBy(l => l.Number).FirstAsync(stop);
            await db.Database.ExecuteSqlAsync(
                $"UPDATE billing_charge_line SET amount_minor = amount_minor + {by} WHERE posted_in = {month.Number} AND run_id = {run.Id.Value} AND account_id = {line.AccountId.Value} AND number = {line.Number}", stop);
            await db.Database.ExecuteSqlAsync(
                $"UPDATE billing_run SET evaluator_version = {version} WHERE territory_id = {territory.Id.Value}", stop);
            return (line.AccountId, line.Service);
        }

        /// <summary>The month's total, evaluated by what was known at a moment; null: by what is known now.</summary>
        public async Task<long> Sum(BillingPeriod month, Instant? asOf)
        {
            await using var scope = provider.CreateAsyncScope();
            var get = scope.ServiceProvider;
            get.GetRequiredService<OchagDb>().AsOf = asOf;
            var rules = (await get.GetRequiredService<IBilling>().RulesOf(territory, Stop)).Value;
            var houses = await get.GetRequiredService<IRegistry>().ListBuildings(territory.Id, Stop);
            var facts = await get.GetRequiredService<Ochag.Billing.Facts.FactsReader>().Read(territory, houses, Stop);
            return facts.Sum(f => Evaluator.EvaluateBuilding(f, rules, month).Value.Lines.Sum(l => l.Total.Minor));
        }

        public ValueTask DisposeAsync() => provider.DisposeAsync();
    }

    private sealed class MovedClock : IClock
    {
        public Instant Now { get; set; }
        public Instant GetCurrentInstant() => Now;
    }
}

public sealed class DriftTests_on_Sqlite(SqliteDatabase database) : DriftTests(database), IClassFixture<SqliteDatabase>;

public sealed class DriftTests_on_Postgres(PostgresDatabase database) : DriftTests(database), IClassFixture<PostgresDatabase>;

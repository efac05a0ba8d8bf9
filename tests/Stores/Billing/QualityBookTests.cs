using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>Hours of poor quality in a database: recorded whole and once, withdrawn once, never deleted.</summary>
public abstract class QualityBookTests(Database database) : StoreTests(database)
{
    private static readonly LocalDate Day = new(2020, 1, 1);

    private static readonly QualityEntry Cold = new(
        Service.HotWater, QualityKind.Temperature, null, new(2026, 10, 3, 8, 0), new(2026, 10, 4, 0, 0), Planned: false,
        DeadEndMain: false, null,
        [new(new(2026, 10, 3, 8, 0), Exact.Parse("48.5")), new(new(2026, 10, 3, 20, 15), Exact.Parse("39"))], "акт 17");

    [Fact]
    public async Task What_was_entered_is_read_back_with_who_and_why()
    {
        var town = await Town.Make(Database, Stop);
        var fact = (await town.Enter(Cold with { Accounts = [town.Accounts[1]] }, Guid.CreateVersion7(), Stop)).Event!.Fact;

        var recorded = (await town.Facts.ListQuality(town.Building, Stop)).ShouldHaveSingleItem();
        recorded.Event.Fact.ShouldBe(fact);
        recorded.Event.Accounts.ShouldBe([town.Accounts[1]]);
        recorded.Event.From.ShouldBe(Instant.FromUtc(2026, 10, 2, 23, 0));
        recorded.Event.Series.Select(l => (l.From, l.Value)).ShouldBe(
        [
            (Instant.FromUtc(2026, 10, 2, 23, 0), Exact.Parse("48.5")), (Instant.FromUtc(2026, 10, 3, 11, 15), Exact.Parse("39")),
        ]);
        (recorded.Origin.RecordedBy, recorded.Origin.Evidence, recorded.WithdrawnAt).ShouldBe(("engineer", "акт 17", null));
        (await town.Facts.FindQuality([fact], Stop)).ShouldHaveSingleItem().Building.ShouldBe(town.Building);
    }

    [Fact]
    public async Task A_form_that_comes_twice_records_once_and_with_other_things_in_it_is_refused()
    {
        var town = await Town.Make(Database, Stop);
        var form = Guid.CreateVersion7();
        var first = await town.Enter(Cold, form, Stop);
        (await town.Enter(Cold, form, Stop)).Event!.Fact.ShouldBe(first.Event!.Fact);
        (await town.Enter(Cold with { To = new(2026, 10, 5, 0, 0) }, form, Stop)).Refusals.ShouldHaveSingleItem()
            .Code.ShouldBe("billing.quality-form-used");
        (await town.Enter(Cold with { Evidence = "акт 18" }, form, Stop)).Event.ShouldBeNull();
        (await town.Facts.ListQuality(town.Building, Stop)).Count.ShouldBe(1);
        await town.Enter(Cold, Guid.CreateVersion7(), Stop);
        (await town.Facts.ListQuality(town.Building, Stop)).Count.ShouldBe(2, "another form is another event");
    }

    [Fact]
    public async Task Two_posts_of_one_form_at_the_same_moment_record_once()
    {
        var town = await Town.Make(Database, Stop);
        var form = Guid.CreateVersion7();
        var facts = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            await using var scope = Database.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<IBillingIntake>()
                .EnterQuality(town.Territory, town.Building, Cold, form, "engineer", Stop)).Event!.Fact;
        })));
        facts.Distinct().ShouldHaveSingleItem();
        (await town.Facts.ListQuality(town.Building, Stop)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_entry_leaves_nothing_behind()
    {
        var (town, other) = (await Town.Make(Database, Stop), await Town.Make(Database, Stop));
        (await town.Enter(Cold with { Accounts = [town.Accounts[0], other.Accounts[0]] }, Guid.CreateVersion7(), Stop))
            .Refusals.ShouldHaveSingleItem().Code.ShouldBe("billing.quality-account-foreign");
        (await town.Enter(Cold with { Series = [] }, Guid.CreateVersion7(), Stop)).Event.ShouldBeNull();
        (await town.Facts.ListQuality(town.Building, Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_withdrawn_event_is_kept_counts_no_more_and_is_withdrawn_once()
    {
        var (town, other) = (await Town.Make(Database, Stop), await Town.Make(Database, Stop));
        var fact = (await town.Enter(Cold, Guid.CreateVersion7(), Stop)).Event!.Fact;
        (await other.Intake.WithdrawQuality(other.Building, fact, Stop))!.Code.ShouldBe("billing.quality-unknown");
        (await town.Intake.WithdrawQuality(town.Building, fact, Stop)).ShouldBeNull();
        (await town.Intake.WithdrawQuality(town.Building, fact, Stop))!.Code.ShouldBe("billing.quality-withdrawn-already");
        (await town.Intake.WithdrawQuality(town.Building, 999_999, Stop))!.Code.ShouldBe("billing.quality-unknown");
        (await town.Facts.ListQuality(town.Building, Stop)).ShouldHaveSingleItem().WithdrawnAt.ShouldNotBeNull();
        (await town.Facts.FindQuality([fact], Stop)).Count.ShouldBe(1, "a posted line may still name it");
    }

    [Fact]
    public async Task An_event_lowers_the_month_and_a_withdrawn_one_does_not()
    {
        var (with, without) = (await Town.Make(Database, Stop), await Town.Make(Database, Stop));
        var stop = Cold with { Kind = QualityKind.Break, Series = [] };
        await with.Enter(stop, Guid.CreateVersion7(), Stop);
        var withdrawn = await without.Enter(stop, Guid.CreateVersion7(), Stop);
        await without.Intake.WithdrawQuality(without.Building, withdrawn.Event!.Fact, Stop);
        (await with.Reductions(Stop)).ShouldNotBeEmpty();
        (await without.Reductions(Stop)).ShouldBeEmpty();
    }

    /// <summary>A territory of its own with one house of two flats.</summary>
    private sealed record Town(
        TerritoryRecord Territory, BuildingId Building, IReadOnlyList<AccountId> Accounts, IServiceProvider Services)
    {
        private static int _made;

        public IBillingIntake Intake => Services.GetRequiredService<IBillingIntake>();

        public IBillingFacts Facts => Services.GetRequiredService<IBillingFacts>();

        public Task<QualityDecision> Enter(QualityEntry entry, Guid form, CancellationToken stop) =>
            Intake.EnterQuality(Territory, Building, entry, form, "engineer", stop);

        public async Task<IReadOnlyList<PostedLine>> Reductions(CancellationToken stop)
        {
            var billing = Services.GetRequiredService<IBilling>();
            (await billing.Run(Territory, new(2026, 10), "test", null, stop)).Refusal.ShouldBeNull();
            return [.. (await billing.ListCharges(Accounts[0], stop)).Where(l => l.Component.Kind == ComponentKind.QualityBreak)];
        }

        public static async Task<Town> Make(Database database, CancellationToken stop)
        {
            var services = database.Services.CreateAsyncScope().ServiceProvider;
            var intake = services.GetRequiredService<IRegistryIntake>();
            var code = $"quality-{Interlocked.Increment(ref _made)}";
            var territory = (await intake.AddTerritory(
                new(code, code, "Asia/Chita", "ru-354", Currency.Rub, new(2026, 10), "Теплосеть"), stop)).Value;
            await services.GetRequiredService<IBilling>().RecordParameters(
                territory.Id, Server.Demo.TerritoryParameters.Make(), "test", "invented", stop);
            var building = (await intake.AddHouses(territory.Id, [new($"ул. {code}, 1", code)], stop))[0];
            var placed = await intake.Fill([House(building, code)], "test", "test", stop);
            return new(territory, building, [.. placed[0].Accounts.Select(a => a.Id)], services);
        }

        private static BuildingDraft House(BuildingId id, string code) => new(
            id,
            [new(Day, null, Fixed.Of(100), "closed.bare_risers.with_rails", 1, false)],
            [],
            [.. Enumerable.Range(1, 2).Select(flat => new PremisesDraft(
                $"{flat}",
                [new(Day, null, PremisesKind.Living, Fixed.Of(50), false, false, false)],
                [],
                [new(
                    $"{code}-{flat}", Day, null, HolderKind.Person, 1, [new("Юрганова Анна", null, null)], [new(0, Day, null, 2, false)],
                    [new(Service.HotWater, Day, null)])]))],
            []);
    }
}

public sealed class QualityBookTests_on_Sqlite(SqliteDatabase database) : QualityBookTests(database), IClassFixture<SqliteDatabase>;

public sealed class QualityBookTests_on_Postgres(PostgresDatabase database)
    : QualityBookTests(database), IClassFixture<PostgresDatabase>;

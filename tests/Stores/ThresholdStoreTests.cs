using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>A territory's own thresholds in a database. Today is 1 August 2027.</summary>
public abstract class ThresholdStoreTests(Database database) : StoreTests(database)
{
    private const string High = "high_warn";
    private static readonly LocalDate Day = new(2027, 8, 1);

    [Fact]
    public async Task An_own_number_decides_at_once_for_its_territory_and_its_days_only()
    {
        var (house, other) = (await DeskHouse.Make(Database, Stop), await DeskHouse.Make(Database, Stop));
        (await Judge(house, "150")).ShouldNotContain("metering.use-high");
        (await Change(house, "1", to: Day)).ShouldBeEmpty();
        (await Judge(house, "150")).ShouldContain("metering.use-high");
        (await Judge(other, "150")).ShouldNotContain("metering.use-high", "it is another territory's");
        (await Change(house, "1", from: Day.PlusDays(1), version: (await Find(house)).Own.Version)).ShouldBeEmpty();
        (await Change(house, null, to: Day, version: (await Find(house)).Own.Version)).ShouldBeEmpty();
        (await Judge(house, "150")).ShouldNotContain("metering.use-high", "the default again on that day");
        (await Find(house)).Own.Known.ShouldHaveSingleItem().From.ShouldBe(Day.PlusDays(1));
    }

    [Fact]
    public async Task A_number_is_superseded_and_never_overwritten()
    {
        var house = await DeskHouse.Make(Database, Stop);
        (await Change(house, "3", from: new(2027, 1, 1))).ShouldBeEmpty();
        (await Change(house, "2.5", version: (await Find(house)).Own.Version)).ShouldBeEmpty();
        var own = (await Find(house)).Own;
        own.Lines.Where(l => l.IsKnown).OrderBy(l => l.From).Select(l => (l.From, l.To, l.Value)).ShouldBe(
            [(new LocalDate(2027, 1, 1), Day.PlusDays(-1), Fixed.Of(3)), (Day, (LocalDate?)null, Fixed.Parse("2.5"))]);
        own.Lines.Count(l => !l.IsKnown).ShouldBe(1);
        own.Lines.ShouldAllBe(l => l.Origin.RecordedBy == "engineer" && l.Origin.Evidence == "замеры");
    }

    [Fact]
    public async Task Of_two_who_change_a_number_one_writes_and_two_that_may_not_cross_do_not()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var both = await Task.WhenAll(Change(house, "2.1"), Change(house, "2.2"));
        both.Count(r => r.Count == 0).ShouldBe(1);
        both.Single(r => r.Count > 0).Select(r => r.Code).ShouldContain(Versions.ChangedMeanwhile);

        var crossing = await Task.WhenAll(
            Change(house, "3.5", version: (await Find(house)).Own.Version), Change(house, "3", name: "high_fail"));
        crossing.Count(r => r.Count == 0).ShouldBe(1, "one of them would stand above the other");
    }

    [Fact]
    public async Task What_a_change_would_do_is_told_and_nothing_is_written()
    {
        var house = await DeskHouse.Make(Database, Stop);
        // Thirty in half a year, then twenty in a month and a half: more than twice as much, which the defaults let pass.
        await house.Ask<IMetering, bool>(async m =>
        {
            await m.Record(
                [new(house.Meter, house.Building, new(2027, 7, 30), new(2027, 7, 30), ReadingSource.Consumer, ReadingMark.None,
                    [new(Zone.Single, Fixed.Of(150))])], [], "import", "register", Stop);
            return true;
        });
        var asked = await Preview(house, High, "1");
        asked.Refusals.ShouldBeEmpty();
        asked.Effect.ShouldNotBeNull().ShouldSatisfyAllConditions(
            e => e.Since.ShouldBe(new LocalDate(2027, 7, 1)), e => (e.Houses, e.AllHouses).ShouldBe((1, 1)),
            e => (e.Judged, e.Doubtful, e.Become, e.Stop).ShouldBe((1, 0, 1, 0)));
        (await Preview(house, "cap_warn", "0.5")).Effect!.Become.ShouldBe(0);
        (await Preview(house, "flat_hours", "24")).Effect.ShouldBeNull("no reading is judged by it");
        (await Preview(house, High, "7")).Refusals.ShouldHaveSingleItem().Code.ShouldBe("metering.threshold-above");
        (await Find(house)).Own.Lines.ShouldBeEmpty();
    }

    private static Task<(IReadOnlyList<Refusal> Refusals, ThresholdEffect? Effect)> Preview(DeskHouse house, string name, string value) =>
        house.Ask<IThresholds, (IReadOnlyList<Refusal>, ThresholdEffect?)>(t => t.Preview(
            house.Territory, new(Service.ColdWater, name, Fixed.Parse(value), new(Day, null, "замеры", "0.0")), Stop));

    private static Task<IReadOnlyList<Refusal>> Change(
        DeskHouse house, string? value, LocalDate? from = null, LocalDate? to = null, string version = "0.0", string name = High) =>
        house.Ask<IThresholds, IReadOnlyList<Refusal>>(t => t.Change(
            house.Territory,
            new(Service.ColdWater, name, value is null ? null : Fixed.Parse(value), new(from ?? Day, to, "замеры", version)),
            "engineer", Stop));

    private static async Task<ServiceThreshold> Find(DeskHouse house) =>
        (await house.Ask<IThresholds, ServiceThreshold?>(t => t.Find(house.Territory, Service.ColdWater, High, Stop)))!;

    private static async Task<IEnumerable<string>> Judge(DeskHouse house, string typed) =>
        (await house.Ask<IReadingEntry, IReadOnlyList<LineDecision>>(e => e.Check(
            house.Territory,
            new(
                house.Building, Day, ReadingSource.Consumer, [new(house.Meter, Zone.Single, typed, [])], "", Guid.CreateVersion7()),
            Stop))).SelectMany(d => d.Findings).Select(f => f.Code);
}

public sealed class ThresholdStoreTests_on_Sqlite(SqliteDatabase database)
    : ThresholdStoreTests(database), IClassFixture<SqliteDatabase>;

public sealed class ThresholdStoreTests_on_Postgres(PostgresDatabase database)
    : ThresholdStoreTests(database), IClassFixture<PostgresDatabase>;

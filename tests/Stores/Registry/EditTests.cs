using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Registry;

/// <summary>Changes of an account's facts at the desk: by day, superseded and kept. Today is 1 August 2027.</summary>
public abstract class EditTests(Database database) : StoreTests(database)
{
    private static readonly LocalDate Day = new(2027, 7, 10);

    [Fact]
    public async Task People_who_come_for_a_while_are_added_to_those_who_live_there_on_those_days_only()
    {
        var house = await DeskHouse.Make(Database, Stop);
        (await Move(house, coming: true, 3, Day, Day.PlusDays(9))).ShouldBeEmpty();
        (await Days(house)).ShouldBe([(DeskHouse.Since, Day.PlusDays(-1), 2), (Day, Day.PlusDays(9), 5), (Day.PlusDays(10), null, 2)]);
        (await Move(house, coming: false, 4, Day.PlusDays(5), null)).ShouldHaveSingleItem().Facts
            .ShouldContain(("count", "2"), "the day on which too few are left is told with how many there are");
        (await Move(house, coming: false, 2, Day.PlusDays(5), null)).ShouldBeEmpty();
        (await Days(house)).ShouldBe(
            [
                (DeskHouse.Since, Day.PlusDays(-1), 2), (Day, Day.PlusDays(4), 5), (Day.PlusDays(5), Day.PlusDays(9), 3),
                (Day.PlusDays(10), null, 0),
            ]);
        (await house.Edit(e => e.ReadResidents(house.Account, Stop))).Lines.Count(l => !l.IsKnown).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task A_record_that_is_put_right_stays_and_one_that_was_a_mistake_leaves_its_days_empty()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var chain = await house.Edit(e => e.ReadResidents(house.Account, Stop));
        var record = chain.Known.Single();
        (await Correct(house, record, new Household(2, false), chain.Version)).ShouldHaveSingleItem().Code
            .ShouldBe("registry.nothing-changed");
        (await Correct(house, record, new Household(4, false), chain.Version)).ShouldBeEmpty();
        (await Correct(house, record, new Household(5, false), chain.Version)).Select(r => r.Code)
            .ShouldBe([Versions.ChangedMeanwhile, "registry.record-unknown"]);

        chain = await house.Edit(e => e.ReadResidents(house.Account, Stop));
        chain.Lines.Select(l => (l.Value.Count, l.IsKnown)).ShouldBe([(4, true), (2, false)]);
        (await Correct(house, chain.Known.Single(), null, chain.Version)).ShouldBeEmpty();
        (await house.Edit(e => e.ReadResidents(house.Account, Stop))).Known.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_who_change_one_chain_at_the_same_moment_one_writes_and_the_other_is_told()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var version = (await house.Edit(e => e.ReadPassports(house.Premises, Stop))).Version;
        var answers = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Change(house, Fixed.Of(60 + i), Day, version)));
        answers.Count(a => a.Count == 0).ShouldBe(1);
        answers.Where(a => a.Count > 0).ShouldAllBe(a => a[0].Code == Versions.ChangedMeanwhile);
        (await house.Edit(e => e.ReadPassports(house.Premises, Stop))).Known.Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_new_version_of_a_passport_holds_until_the_next_one_and_billing_reads_it()
    {
        var house = await DeskHouse.Make(Database, Stop);
        foreach (var (area, day) in new[] { (70, Day), (60, Day.PlusDays(-60)) })
        {
            var version = (await house.Edit(e => e.ReadPassports(house.Premises, Stop))).Version;
            (await Change(house, Fixed.Of(area), day, version)).ShouldBeEmpty();
        }

        var record = (await house.Ask<IRegistry, IReadOnlyList<BuildingRecord>>(r => r.ReadBuildings([house.Building], Stop)))[0];
        record.Premises[0].Passports.Select(p => (p.From, p.To, p.Area)).ShouldBe(
            [
                (DeskHouse.Since, Day.PlusDays(-61), Fixed.Of(50)), (Day.PlusDays(-60), Day.PlusDays(-1), Fixed.Of(60)),
                (Day, null, Fixed.Of(70)),
            ]);
    }

    [Fact]
    public async Task A_service_ends_on_its_last_day_and_a_mark_of_one_reason_stands_once()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var version = (await house.Edit(e => e.ReadConnections(house.Account, Stop))).Version;
        (await house.Edit(e => e.Disconnect(
            house.Territory, new(house.Account, Service.ColdWater, new(Day, null, "акт", version)), "engineer", Stop))).ShouldBeEmpty();
        (await house.Edit(e => e.ReadConnections(house.Account, Stop))).Known.Single().To.ShouldBe(Day);

        (await Mark(house, MarkReason.Dialysis)).ShouldBeEmpty();
        (await Mark(house, MarkReason.Dialysis)).ShouldHaveSingleItem().Code.ShouldBe("registry.mark-there");
        (await Mark(house, MarkReason.Infant)).ShouldBeEmpty();
        (await house.Edit(e => e.ReadMarks(house.Account, Stop))).Known.Count().ShouldBe(2);
    }

    private static async Task<IReadOnlyList<Refusal>> Move(DeskHouse house, bool coming, int count, LocalDate from, LocalDate? to)
    {
        var version = (await house.Edit(e => e.ReadResidents(house.Account, Stop))).Version;
        return await house.Edit(e => e.Move(
            house.Territory, new(house.Account, coming, new(count, false), new(from, to, "заявление", version)), "engineer", Stop));
    }

    private static async Task<IEnumerable<(LocalDate, LocalDate?, int)>> Days(DeskHouse house) =>
        (await house.Edit(e => e.ReadResidents(house.Account, Stop))).Known.Reverse().Select(l => (l.From, l.To, l.Value.Count));

    private static Task<IReadOnlyList<Refusal>> Correct(DeskHouse house, FactLine<Household> line, Household? right, string version) =>
        house.Edit(e => e.Correct(
            house.Territory, new Correction<Household>(house.Account, line.Id, right, new(line.From, line.To, "акт", version)),
            "engineer", Stop));

    private static Task<IReadOnlyList<Refusal>> Change(DeskHouse house, Fixed area, LocalDate day, string version) =>
        house.Edit(e => e.Change(
            house.Territory,
            new(house.Premises, null, new(day, null, PremisesKind.Living, area, false, true, false), new(day, null, "акт", version)),
            "engineer", Stop));

    private static async Task<IReadOnlyList<Refusal>> Mark(DeskHouse house, MarkReason reason)
    {
        var version = (await house.Edit(e => e.ReadMarks(house.Account, Stop))).Version;
        return await house.Edit(e => e.Mark(
            house.Territory, new(house.Account, reason, new(Day, null, "справка", version)), "carer", Stop));
    }
}

public sealed class EditTests_on_Sqlite(SqliteDatabase database) : EditTests(database), IClassFixture<SqliteDatabase>;

public sealed class EditTests_on_Postgres(PostgresDatabase database) : EditTests(database), IClassFixture<PostgresDatabase>;

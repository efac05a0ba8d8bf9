using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>Steps of a meter's life: what each leaves in both modules, or nothing at all. Today is 1 August 2027.</summary>
public abstract class MeterLifeTests(Database database) : StoreTests(database)
{
    private static readonly LocalDate Day = new(2027, 7, 20);

    [Fact]
    public async Task A_replacement_ends_the_old_life_with_its_last_index_and_begins_the_new_one()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var seal = await house.Live(async l => await l.Seal(
            house.Territory, new(Step((await house.Life()).Version), house.Meter, "S-1", Broken: false), "engineer", Stop));
        seal.Refusals.ShouldBeEmpty();

        var done = await Replace(house, (await house.Life()).Version, "new-1");
        done.Refusals.ShouldBeEmpty();
        var (old, next) = (await house.Life(), await house.Life(done.Meter));
        old.Standing!.To.ShouldBe(Day.PlusDays(-1));
        old.Known(MeterStage.Sealed).ShouldBeEmpty("its seal was put on the day on which it went");
        next.Standing!.From.ShouldBe(Day);
        next.Known(MeterStage.Verified).ShouldHaveSingleItem().To.ShouldBe(new LocalDate(2033, 7, 19));
        next.Known(MeterStage.Sealed).ShouldHaveSingleItem().Value.Seal.ShouldBe("S-2");
        var last = (await house.Live(l => l.ListReadings(house.Meter, Stop)))[0];
        (last.Reading.Mark, last.Reading.Values[0].Index, last.Origin.Evidence).ShouldBe((ReadingMark.Final, Fixed.Of(135), "акт 1"));
        (await house.Live(l => l.ListReadings(done.Meter, Stop))).ShouldHaveSingleItem().Reading.Mark.ShouldBe(ReadingMark.Initial);
    }

    [Fact]
    public async Task A_refused_step_writes_nothing_and_tells_everything_that_is_wrong()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var before = (await house.Life()).Version;
        var refused = await house.Live(l => l.Replace(
            house.Territory,
            new(
                new(new(2027, 9, 1), "", Version: before), house.Meter, [new(Zone.Single, Fixed.Of(100_000))],
                New(house, house.Serial), [], null, ""),
            "engineer", Stop));
        refused.Refusals.Select(r => r.Code).ShouldBe(
            [
                "metering.step-of-the-future", "metering.step-evidence-missing", "metering.step-over-dial", "metering.serial-used",
                "metering.step-index-missing",
            ],
            ignoreOrder: true);
        (await house.Life()).Version.ShouldBe(before);
        (await house.Live(l => l.ListReadings(house.Meter, Stop))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Of_two_who_opened_the_same_form_one_writes_and_the_other_is_told()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var opened = (await house.Life()).Version;
        var both = await Task.WhenAll(Replace(house, opened, "race-1"), Replace(house, opened, "race-2"));
        both.Count(d => d.IsDone).ShouldBe(1);
        both.Single(d => !d.IsDone).Refusals.ShouldContain(r => r.Code == Versions.ChangedMeanwhile);
        (await house.Ask<IMeterBook, IReadOnlyList<MeterLife>>(b => b.At(house.Building, house.Premises, Stop))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_verification_after_a_lapse_starts_anew_and_cuts_what_the_one_before_promised()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var done = await house.Live(async l => await l.Verify(
            house.Territory,
            new(Step((await house.Life()).Version), house.Meter, new(2033, 7, 19), [new(Zone.Single, Fixed.Of(134))]), "engineer", Stop));
        done.Refusals.ShouldBeEmpty();
        (await house.Live(l => l.ListReadings(house.Meter, Stop)))[0].Reading.Mark.ShouldBe(ReadingMark.Restart);
        var earlier = await house.Live(async l => await l.Verify(
            house.Territory, new(Step((await house.Life()).Version), house.Meter, new(2034, 1, 1), []), "engineer", Stop));
        earlier.Refusals.ShouldHaveSingleItem().Code.ShouldBe("metering.verified-later");
    }

    [Fact]
    public async Task A_meter_that_was_taken_away_comes_back_as_the_same()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var gone = await house.Live(async l => await l.Remove(
            house.Territory, new(Step((await house.Life()).Version), house.Meter, [new(Zone.Single, Fixed.Of(135))]), "engineer", Stop));
        gone.Refusals.ShouldBeEmpty();
        var back = await house.Live(l => l.Install(
            house.Territory,
            new(
                new(Day.PlusDays(5), "акт 2"), New(house, house.Serial), [new(Zone.Single, Fixed.Of(135))], new(2033, 1, 1), ""),
            "engineer", Stop));
        back.Refusals.ShouldBeEmpty();
        back.Meter.ShouldBe(house.Meter);
        (await house.Life()).Known(MeterStage.Installed).Select(l => (l.From, l.To)).ShouldBe(
            [(DeskHouse.Since, Day.PlusDays(-1)), (Day.PlusDays(5), null)]);
    }

    private static MeterStep Step(string version) => new(Day, "акт 1", Version: version);

    private static NewMeter New(DeskHouse house, string serial) =>
        new(house.Building, house.Premises, Service.ColdWater, serial, 5, Fixed.Of(1), [Zone.Single]);

    private static Task<MeterDecision> Replace(DeskHouse house, string version, string serial) => house.Live(l => l.Replace(
        house.Territory,
        new(
            Step(version), house.Meter, [new(Zone.Single, Fixed.Of(135))], New(house, serial), [new(Zone.Single, Fixed.Of(0))],
            new LocalDate(2033, 7, 19), "S-2"),
        "engineer", Stop));
}

public sealed class MeterLifeTests_on_Sqlite(SqliteDatabase database) : MeterLifeTests(database), IClassFixture<SqliteDatabase>;

public sealed class MeterLifeTests_on_Postgres(PostgresDatabase database) : MeterLifeTests(database), IClassFixture<PostgresDatabase>;

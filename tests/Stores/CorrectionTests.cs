using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>Stored readings are put right, and absences, acts and failures recorded at the desk. Today is 1 August 2027.</summary>
public abstract class CorrectionTests(Database database) : StoreTests(database)
{
    private static readonly LocalDate Read = new(2027, 6, 20);

    [Fact]
    public async Task A_reading_is_superseded_by_the_right_one_with_its_reason()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var (id, version) = await Latest(house);
        var done = await Correct(house, id, "125", version);
        done.Refusals.ShouldBeEmpty();
        done.Changes.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            c => (c.Was, c.Becomes).ShouldBe((Fixed.Of(130), Fixed.Of(125))), c => c.UseBecomes.ShouldBe(Exact.Of(25)));
        var kept = await house.Ask<IReadingCorrections, IReadOnlyList<KeptReading>>(c => c.History(house.Meter, 10, Stop));
        kept.Select(k => (k.Reading.Values[0].Index, k.SupersededAt is null)).ShouldBe(
            [(Fixed.Of(125), true), (Fixed.Of(130), false), (Fixed.Of(100), true)]);
        (kept[0].Origin.RecordedBy, kept[0].Origin.Evidence, kept[0].Reading.Taken).ShouldBe(("engineer", "описка оператора", Read));
        (await house.Live(l => l.ListReadings(house.Meter, Stop)))[0].Reading.Values[0].Index.ShouldBe(Fixed.Of(125));
    }

    [Fact]
    public async Task A_withdrawn_reading_stays_with_who_withdrew_it_and_why()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var (id, version) = await Latest(house);
        (await Correct(house, id, null, version)).Refusals.ShouldBeEmpty();
        (await house.Live(l => l.ListReadings(house.Meter, Stop))).ShouldHaveSingleItem().Reading.Values[0].Index.ShouldBe(Fixed.Of(100));
        var chain = (await house.Ask<IReadingCorrections, ReadingChain?>(c => c.Find(house.Meter, id, Stop)))!;
        chain.Now.ShouldBeNull();
        chain.Last.Withdrawal!.Origin.ShouldSatisfyAllConditions(
            o => o.RecordedBy.ShouldBe("engineer"), o => o.Evidence.ShouldBe("описка оператора"));
        (await Correct(house, id, "125", chain.Version)).Refusals.ShouldHaveSingleItem().Code.ShouldBe("metering.correction-gone");
    }

    [Fact]
    public async Task Of_two_who_opened_the_same_form_one_writes_and_the_other_is_told()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var (id, version) = await Latest(house);
        var both = await Task.WhenAll(Correct(house, id, "125", version), Correct(house, id, "126", version));
        both.Count(d => d.Refusals.Count == 0).ShouldBe(1);
        both.Single(d => d.Refusals.Count > 0).Refusals.ShouldHaveSingleItem().Code.ShouldBe(Versions.ChangedMeanwhile);
        (await house.Live(l => l.ListReadings(house.Meter, Stop))).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_a_doubt_must_be_confirmed()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var (id, version) = await Latest(house);
        foreach (var (index, code) in new[]
        {
            ("99", "metering.reading-below"), ("100000", "metering.step-over-dial"), ("130", "metering.correction-same"),
        })
        {
            (await Correct(house, id, index, version)).Refusals.Select(r => r.Code).ShouldContain(code, index);
        }

        (await Correct(house, id, "125", version, reason: " ")).Refusals.Single().Code.ShouldBe("metering.correction-reason-missing");
        var initial = (await house.Live(l => l.ListReadings(house.Meter, Stop)))[^1].Reading.Id;
        var first = (await house.Ask<IReadingCorrections, ReadingChain?>(c => c.Find(house.Meter, initial, Stop)))!;
        (await Correct(house, initial, null, first.Version)).Refusals.Single().Code.ShouldBe("metering.correction-mark-kept");
        (await Correct(house, initial, "131", first.Version)).Refusals.Single().Code.ShouldBe("metering.reading-above-later");
        (await house.Ask<IReadingCorrections, ReadingChain?>(c => c.Find(new(999_999), id, Stop))).ShouldBeNull("it is another meter's");

        var doubt = await house.Ask<IReadingCorrections, CorrectionDecision>(
            c => c.Preview(house.Territory, Wish(house, id, "99000", version), Stop));
        doubt.Refusals.ShouldBeEmpty();
        doubt.Doubts.ShouldNotBeEmpty();
        (await Correct(house, id, "99000", version)).Refusals.Single().Code.ShouldBe("metering.correction-doubtful");
        (await house.Ask<IReadingCorrections, CorrectionDecision>(c => c.Correct(
            house.Territory, Wish(house, id, "99000", version) with { Confirmed = [.. doubt.Doubts.Select(d => d.Code)] }, "engineer",
            Stop)))
            .Refusals.ShouldBeEmpty();
        (await house.Ask<IReadingEntry, IReadOnlyList<Doubt>>(e => e.ListDoubts(house.Territory, [house.Building], Stop)))
            .Select(d => d.Finding.Code).ShouldNotContain(c => doubt.Doubts.Any(d => d.Code == c), "they were confirmed");
    }

    [Fact]
    public async Task Absences_are_recorded_put_right_and_taken_back_and_billing_reads_what_counts()
    {
        var house = await DeskHouse.Make(Database, Stop);
        var away = new Absence(new(2027, 7, 1), new(2027, 7, 20), 1, true, new(2027, 7, 25));
        (await Record(house, null, away)).ShouldBeEmpty();
        (await Record(house, null, away, "0.0")).Select(r => r.Code).ShouldBe([Versions.ChangedMeanwhile]);
        (await Record(house, null, away with { Persons = 2 })).Single().Code.ShouldBe("billing.absence-persons-many");
        var record = (await Absences(house)).Known.Single();
        (await Record(house, record.Id, away with { To = new(2027, 7, 22) })).ShouldBeEmpty();
        var chain = await Absences(house);
        chain.Lines.Select(l => (l.To, l.IsKnown)).ShouldBe([(new LocalDate(2027, 7, 22), true), (new LocalDate(2027, 7, 20), false)]);
        (await Record(house, chain.Known.Single().Id, null)).ShouldBeEmpty();
        (await Absences(house)).Known.ShouldBeEmpty();
    }

    [Fact]
    public async Task Acts_are_recorded_put_right_and_taken_back()
    {
        var house = await DeskHouse.Make(Database, Stop);
        MeterAct check = new(
            0, house.Premises, Service.ColdWater, MeterActKind.Difference, new(2027, 7, 10), Meter: house.Meter,
            Values: [new(Zone.Single, Fixed.Of(140))]);
        (await RecordAct(house, null, check)).ShouldBeEmpty();
        (await RecordAct(house, null, check)).Single().Code.ShouldBe("metering.act-there");
        var record = (await Acts(house)).Known.Single();
        record.Value.Values!.Single().Index.ShouldBe(Fixed.Of(140));
        (await RecordAct(house, record.Id, check with { Values = [new(Zone.Single, Fixed.Of(141))] })).ShouldBeEmpty();
        var right = (await Acts(house)).Known.Single();
        right.Value.Values!.Single().Index.ShouldBe(Fixed.Of(141));
        (await Counted(house)).ShouldHaveSingleItem().Id.ShouldBe(right.Id, "billing reads the right one alone");
        (await RecordAct(house, right.Id, null)).ShouldBeEmpty();
        (await Counted(house)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_meter_fails_works_again_and_a_mistake_is_taken_back()
    {
        var house = await DeskHouse.Make(Database, Stop);
        (await Fail(house, new(2027, 7, 5), null)).ShouldBeEmpty();
        (await Fail(house, new(2027, 7, 8), null)).Single().Code.ShouldBe("metering.failure-there");
        (await Repair(house, new(2027, 7, 5))).Single().Code.ShouldBe("metering.failure-began-later");
        (await Repair(house, new(2027, 7, 11))).ShouldBeEmpty();
        (await Failures(house)).ShouldBe([new DayInterval(new(2027, 7, 5), new(2027, 7, 10))]);
        (await Repair(house, new(2027, 7, 12))).Single().Code.ShouldBe("metering.failure-none");
        (await Fail(house, new(2027, 7, 20), new(2027, 7, 19))).Select(r => r.Code).ShouldContain("metering.failure-days-turned");
        (await Fail(house, new(2027, 7, 20), new(2027, 8, 19))).Select(r => r.Code).ShouldContain("metering.failure-until-future");
        var life = await house.Life();
        var record = life.Known(MeterStage.Failed).Single().Id;
        (await Withdraw(house, record + 1)).Single().Code.ShouldBe("metering.failure-unknown");
        (await Withdraw(house, record)).ShouldBeEmpty();
        (await Failures(house)).ShouldBeEmpty();
        (await house.Life()).Lines.Count(l => l.Value.Stage == MeterStage.Failed).ShouldBe(2, "what was recorded is kept");
    }

    private static async Task<IReadOnlyList<DayInterval>> Failures(DeskHouse house) =>
        (await house.Ask<IRegistry, IReadOnlyList<BuildingRecord>>(r => r.ReadBuildings([house.Building], Stop)))[0]
            .Premises[0].Meters[0].Failures;

    private static async Task<IReadOnlyList<Refusal>> Fail(DeskHouse house, LocalDate day, LocalDate? until)
    {
        var version = (await house.Life()).Version;
        return (await house.Live(l => l.Fail(
            house.Territory, new(new(day, "акт", Version: version), house.Meter, until), "engineer", Stop))).Refusals;
    }

    private static async Task<IReadOnlyList<Refusal>> Repair(DeskHouse house, LocalDate day)
    {
        var version = (await house.Life()).Version;
        return (await house.Live(l => l.Repair(
            house.Territory, new(new(day, "акт", Version: version), house.Meter), "engineer", Stop))).Refusals;
    }

    private static async Task<IReadOnlyList<Refusal>> Withdraw(DeskHouse house, long record)
    {
        var version = (await house.Life()).Version;
        return (await house.Live(l => l.Withdraw(
            house.Territory, new(new(new(2027, 7, 30), "ошибка", Version: version), house.Meter, record), "engineer", Stop))).Refusals;
    }

    private static Task<FactChain<Absence>> Absences(DeskHouse house) =>
        house.Ask<IAbsences, FactChain<Absence>>(a => a.Read(house.Account, Stop));

    private static async Task<IReadOnlyList<Refusal>> Record(DeskHouse house, long? record, Absence? absence, string? version = null)
    {
        version ??= (await Absences(house)).Version;
        return await house.Ask<IAbsences, IReadOnlyList<Refusal>>(a => a.Record(
            house.Territory, new(house.Building, house.Account, record, absence, "справка", version), "engineer", Stop));
    }

    private static Task<FactChain<MeterAct>> Acts(DeskHouse house) =>
        house.Ask<IMeterActs, FactChain<MeterAct>>(a => a.Read(house.Premises, Stop));

    private static async Task<IReadOnlyList<Refusal>> RecordAct(DeskHouse house, long? record, MeterAct? act)
    {
        var version = (await Acts(house)).Version;
        return await house.Ask<IMeterActs, IReadOnlyList<Refusal>>(a => a.Record(
            house.Territory, new(house.Building, house.Premises, record, act, "акт 1", version), "engineer", Stop));
    }

    private static async Task<IReadOnlyList<MeterAct>> Counted(DeskHouse house) =>
        (await house.Ask<IMetering, IReadOnlyDictionary<BuildingId, BuildingReadings>>(m => m.ReadBuildings([house.Building], Stop)))
            [house.Building].Acts;

    private static async Task<(long Id, string Version)> Latest(DeskHouse house)
    {
        var kept = await house.Ask<IReadingCorrections, IReadOnlyList<KeptReading>>(c => c.History(house.Meter, 1, Stop));
        var chain = await house.Ask<IReadingCorrections, ReadingChain?>(c => c.Find(house.Meter, kept[0].Reading.Id, Stop));
        return (kept[0].Reading.Id, chain!.Version);
    }

    private static CorrectReading Wish(DeskHouse house, long id, string? index, string version, string reason = "описка оператора") => new(
        house.Meter, id, index is null ? null : [new(Zone.Single, Fixed.Parse(index))], reason, [], version);

    private static Task<CorrectionDecision> Correct(
        DeskHouse house, long id, string? index, string version, string reason = "описка оператора") =>
        house.Ask<IReadingCorrections, CorrectionDecision>(
            c => c.Correct(house.Territory, Wish(house, id, index, version, reason), "engineer", Stop));
}

public sealed class CorrectionTests_on_Sqlite(SqliteDatabase database) : CorrectionTests(database), IClassFixture<SqliteDatabase>;

public sealed class CorrectionTests_on_Postgres(PostgresDatabase database) : CorrectionTests(database), IClassFixture<PostgresDatabase>;

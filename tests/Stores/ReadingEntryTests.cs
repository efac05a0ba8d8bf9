using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores;

/// <summary>Readings by a whole building in a database: each line by itself, once, and never over what is there.</summary>
public abstract class ReadingEntryTests(Database database) : StoreTests(database)
{
    private static readonly LocalDate Day = new(2020, 1, 1);

    private static readonly LocalDate Read = new(2020, 4, 30);

    [Fact]
    public async Task A_sheet_is_recorded_line_by_line_and_tells_what_is_left()
    {
        var town = await Town.Make(Database, Stop);
        var sheet = town.Sheet("140", "90", "много", "");
        var decided = await town.Entry.Enter(town.Territory, sheet, "operator", Stop);
        decided.Select(d => d.Fate).ShouldBe([LineFate.Taken, LineFate.Refused, LineFate.Refused, LineFate.Empty]);
        decided[1].Findings.Select(f => f.Code).ShouldContain("metering.reading-below");
        decided[2].Findings.Select(f => f.Code).ShouldBe(["metering.index-unreadable"]);
        var recorded = (await town.Readings(0, Stop))[0];
        (recorded.Index, recorded.Taken, recorded.RecordedBy).ShouldBe((Fixed.Of(140), Read, "operator"));
        recorded.Evidence.ShouldBe($"sheet {sheet.Form:D}; ведомость 7, лист 2");
        (await town.Readings(1, Stop))[0].Index.ShouldBe(Fixed.Of(130));
    }

    [Fact]
    public async Task A_doubt_is_recorded_only_when_it_is_confirmed_and_its_reason_is_kept()
    {
        var town = await Town.Make(Database, Stop);
        var sheet = town.Sheet("300");
        var asked = (await town.Entry.Enter(town.Territory, sheet, "operator", Stop))[0];
        asked.Fate.ShouldBe(LineFate.Doubtful);
        asked.Doubts.ShouldContain("metering.use-too-high");
        (await town.Readings(0, Stop))[0].Index.ShouldBe(Fixed.Of(130));

        var other = sheet with { Lines = [sheet.Lines[0] with { Confirmed = ["metering.use-low"] }] };
        (await town.Entry.Enter(town.Territory, other, "operator", Stop))[0].Fate
            .ShouldBe(LineFate.Doubtful, "another doubt was confirmed");
        var confirmed = sheet with { Lines = [sheet.Lines[0] with { Confirmed = [.. asked.Doubts] }] };
        (await town.Entry.Enter(town.Territory, confirmed, "operator", Stop))[0].Fate.ShouldBe(LineFate.Taken);
        (await town.Readings(0, Stop))[0].Evidence.ShouldContain("; metering.use-too-high");
        (await town.Entry.ListDoubts(town.Territory, [town.Building], Stop)).ShouldNotContain(
            d => d.Finding.Code == "metering.use-too-high", "somebody has confirmed it");
    }

    [Fact]
    public async Task The_same_sheet_once_more_changes_nothing_and_the_second_person_is_told_what_is_there()
    {
        var town = await Town.Make(Database, Stop);
        var sheet = town.Sheet("140", "141");
        await town.Entry.Enter(town.Territory, sheet, "operator", Stop);
        (await town.Entry.Enter(town.Territory, sheet, "operator", Stop)).ShouldAllBe(d => d.Fate == LineFate.Known);
        var second = await town.Entry.Enter(town.Territory, town.Sheet("140", "142"), "engineer", Stop);
        second.Take(2).Select(d => d.Fate).ShouldBe([LineFate.Known, LineFate.Refused]);
        second[1].Findings[0].Reason.Facts.ShouldBe([("known", "141"), ("who", "operator")]);
        (await town.Readings(0, Stop)).Count(r => r.Taken == Read).ShouldBe(1);
        (await town.Readings(1, Stop))[0].Index.ShouldBe(Fixed.Of(141));
    }

    [Fact]
    public async Task Of_people_who_enter_at_the_same_moment_one_is_taken()
    {
        var town = await Town.Make(Database, Stop);
        var fates = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            await using var scope = Database.Services.CreateAsyncScope();
            return (await scope.ServiceProvider.GetRequiredService<IReadingEntry>()
                .Enter(town.Territory, town.Sheet($"{140 + i}"), $"operator {i}", Stop))[0].Fate;
        })));
        fates.Count(f => f == LineFate.Taken).ShouldBe(1);
        (await town.Readings(0, Stop)).Count(r => r.Taken == Read).ShouldBe(1);
    }

    [Fact]
    public async Task A_meter_of_another_building_and_a_line_that_comes_twice_are_refused_and_leave_nothing()
    {
        var (town, other) = (await Town.Make(Database, Stop), await Town.Make(Database, Stop));
        var foreign = new SheetLine(other.Meters[0], Zone.Single, "140", []);
        var own = new SheetLine(town.Meters[0], Zone.Single, "140", []);
        var sheet = town.Sheet() with { Lines = [foreign, own, own with { Typed = "141" }] };
        var decided = await town.Entry.Enter(town.Territory, sheet, "operator", Stop);
        decided.Select(d => d.Findings.Single().Code).ShouldBe(["metering.register-foreign", "metering.line-twice", "metering.line-twice"]);
        (await other.Readings(0, Stop))[0].Index.ShouldBe(Fixed.Of(130));
        (await town.Readings(0, Stop))[0].Index.ShouldBe(Fixed.Of(130));
    }

    [Fact]
    public async Task Registers_of_one_meter_are_taken_together()
    {
        var town = await Town.Make(Database, Stop);
        SheetLine day = new(town.Meters[3], Zone.Day, "140", []), night = new(town.Meters[3], Zone.Night, "140", []);
        var alone = (await town.Entry.Enter(town.Territory, town.Sheet() with { Lines = [day] }, "operator", Stop)).ShouldHaveSingleItem();
        (alone.Fate, alone.Findings[^1].Code).ShouldBe((LineFate.Refused, "metering.registers-together"));
        (await town.Entry.Enter(town.Territory, town.Sheet() with { Lines = [day, night] }, "operator", Stop))
            .ShouldAllBe(d => d.Fate == LineFate.Taken);
    }

    [Fact]
    public async Task The_sheet_shows_the_meters_of_the_day_and_the_work_list_the_silent_ones()
    {
        var town = await Town.Make(Database, Stop);
        var registers = await town.Entry.Open(town.Territory, town.Building, Read, Stop);
        registers.Count.ShouldBe(5, "three of one register and one of two");
        registers.Select(r => r.Last!.Index).Distinct().ShouldBe([Fixed.Of(130)]);
        (await town.Entry.Open(town.Territory, town.Building, Day.PlusDays(-1), Stop)).ShouldBeEmpty("nothing stood there yet");
        (await town.Entry.ListDoubts(town.Territory, [town.Building], Stop)).Select(d => d.Finding.Code).Distinct()
            .ShouldBe(["metering.meter-silent"]);
    }

    /// <summary>A house of four flats with a meter each, ten a month since January; the fourth meter has two zones.</summary>
    [Fact]
    public async Task Equal_doubts_of_stored_readings_are_confirmed_together_and_asked_about_no_more()
    {
        var town = await Town.Make(Database, Stop);
        var doubts = await town.Doubt(0, 300, 1, 310);
        (await town.Decisions.Preview(town.Territory, doubts, Stop)).ShouldAllBe(o => o.Doubt != null && o.Before!.Index == Fixed.Of(130));
        (await town.Readings(0, Stop))[0].RecordedBy.ShouldBe("import", "a preview changes nothing");

        var done = await town.Decisions.Decide(town.Territory, doubts, DoubtAnswer.Confirm, "звонок; 5 мая", "operator", Stop);
        done.ShouldAllBe(o => o.Doubt != null);
        var confirmed = (await town.Readings(0, Stop))[0];
        (confirmed.Index, confirmed.Taken, confirmed.RecordedBy).ShouldBe((Fixed.Of(300), Read, "operator"));
        confirmed.Evidence.ShouldBe($"register of May; confirmed звонок, 5 мая; {doubts[0].Code}");
        (await town.Entry.ListDoubts(town.Territory, [town.Building], Stop)).ShouldNotContain(d => d.Finding.Code == doubts[0].Code);
        (await town.Decisions.Decide(town.Territory, doubts, DoubtAnswer.Reject, "поздно", "another", Stop))
            .ShouldAllBe(o => o.Doubt == null, "somebody was quicker");
        (await town.Readings(1, Stop))[0].Index.ShouldBe(Fixed.Of(310));
    }

    [Fact]
    public async Task A_rejected_reading_ends_and_the_one_before_it_is_the_last_again()
    {
        var town = await Town.Make(Database, Stop);
        var doubts = await town.Doubt(0, 300, 1, 310);
        await town.Decisions.Decide(town.Territory, [doubts[0]], DoubtAnswer.Reject, "ошибка ввода", "operator", Stop);
        (await town.Readings(0, Stop))[0].Index.ShouldBe(Fixed.Of(130));
        (await town.Readings(1, Stop))[0].Index.ShouldBe(Fixed.Of(310), "another doubt was not chosen");
        (await town.Entry.Enter(town.Territory, town.Sheet("140"), "operator", Stop))[0].Fate
            .ShouldBe(LineFate.Taken, "the right one takes its place");
    }

    [Fact]
    public async Task A_doubt_of_another_territory_is_like_one_that_is_not_there()
    {
        var (town, other) = (await Town.Make(Database, Stop), await Town.Make(Database, Stop));
        var doubts = await town.Doubt(0, 300, 1, 310);
        (await town.Decisions.Decide(other.Territory, doubts, DoubtAnswer.Reject, "чужое", "operator", Stop))
            .ShouldAllBe(o => o.Doubt == null);
        (await town.Readings(0, Stop))[0].Index.ShouldBe(Fixed.Of(300));
    }

    private sealed record Town(
        TerritoryRecord Territory, BuildingId Building, IReadOnlyList<MeterId> Meters, IServiceProvider Services)
    {
        private static int _made;

        public IReadingEntry Entry => Services.GetRequiredService<IReadingEntry>();

        public IDoubtDecisions Decisions => Services.GetRequiredService<IDoubtDecisions>();

        /// <summary>Records two readings past the rules, as a register brings them, and names the doubt that both raise.</summary>
        public async Task<IReadOnlyList<DoubtKey>> Doubt(int first, int index, int second, int other)
        {
            await Services.GetRequiredService<IMetering>().Record(
                [
                    .. new[] { (first, index), (second, other) }.Select(r => new ReadingDraft(
                        Meters[r.Item1], Building, Read, Read, ReadingSource.Consumer, ReadingMark.None,
                        [new(Zone.Single, Fixed.Of(r.Item2))])),
                ],
                [], "import", "register of May", Stop);
            var doubts = (await Entry.ListDoubts(Territory, [Building], Stop)).Where(d => d.IsDecidable && d.Day == Read).ToList();
            var code = doubts.GroupBy(d => d.Finding.Code, StringComparer.Ordinal).First(g => g.Count() == 2).Key;
            return
            [
                .. doubts.Where(d => d.Finding.Code == code).OrderBy(d => d.Index)
                    .Select(d => new DoubtKey(d.Building, d.Meter.Id, d.Zone, d.Day!.Value, d.Finding.Code)),
            ];
        }

        public ReadingSheet Sheet(params string[] typed) => new(
            Building, Read, ReadingSource.Controller, [.. typed.Select((t, i) => i < 3
                ? new SheetLine(Meters[i], Zone.Single, t, [])
                : new SheetLine(Meters[i], Zone.Day, t, []))], " ведомость 7; лист 2 ", Guid.CreateVersion7());

        /// <summary>Newest first.</summary>
        public async Task<IReadOnlyList<RecordedReading>> Readings(int meter, CancellationToken stop)
        {
            var metering = Services.GetRequiredService<IMetering>();
            var ids = (await metering.LatestReadings([Meters[meter]], 100, stop))[Meters[meter]].Select(r => r.Id).ToList();
            return [.. (await metering.FindReadings(ids, stop)).OrderByDescending(r => r.Taken)];
        }

        public static async Task<Town> Make(Database database, CancellationToken stop)
        {
            var services = database.Services.CreateAsyncScope().ServiceProvider;
            var intake = services.GetRequiredService<IRegistryIntake>();
            var code = $"sheet-{Interlocked.Increment(ref _made)}";
            var territory = (await intake.AddTerritory(
                new(code, code, "Asia/Chita", "ru-354", Currency.Rub, new(2020, 1), "Теплосеть"), stop)).Value;
            var building = (await intake.AddHouses(territory.Id, [new($"ул. {code}, 1", code)], stop))[0];
            var placed = await intake.Fill([House(building, code)], "test", "test", stop);
            MeterId[] meters = [.. placed[0].Meters.OrderBy(m => m.Draft.Serial, StringComparer.Ordinal).Select(m => m.Id)];
            await services.GetRequiredService<IMetering>().Record(
                [
                    .. from month in Enumerable.Range(0, 4)
                       from at in Enumerable.Range(0, 4)
                       let day = Day.PlusMonths(month)
                       select new ReadingDraft(
                           meters[at], building, day, day, ReadingSource.Controller, month == 0 ? ReadingMark.Initial : ReadingMark.None,
                           [
                               .. (at < 3 ? [Zone.Single] : new[] { Zone.Day, Zone.Night })
                                   .Select(z => new RegisterIndex(z, Fixed.Of(100 + month * 10))),
                           ]),
                ],
                [], "test", "test", stop);
            return new(territory, building, meters, services);
        }

        private static BuildingDraft House(BuildingId id, string code) => new(
            id,
            [new(Day, null, Fixed.Of(100), "closed.bare_risers.with_rails", 1, false)],
            [],
            [.. Enumerable.Range(1, 4).Select(flat => new PremisesDraft(
                $"{flat}",
                [new(Day, null, PremisesKind.Living, Fixed.Of(50), false, false, false)],
                [new(flat < 4 ? Service.ColdWater : Service.Electricity, $"{code}-{flat}", 5, Fixed.Of(1),
                    flat < 4 ? [Zone.Single] : [Zone.Day, Zone.Night], Day, null, [], [])],
                [new(
                    $"{code}-{flat}", Day, null, HolderKind.Person, 1, [new("Юрганова Анна", null, null)], [new(0, Day, null, 2, false)],
                    [new(Service.ColdWater, Day, null), new(Service.Electricity, Day, null)])]))],
            []);
    }
}

public sealed class ReadingEntryTests_on_Sqlite(SqliteDatabase database) : ReadingEntryTests(database), IClassFixture<SqliteDatabase>;

public sealed class ReadingEntryTests_on_Postgres(PostgresDatabase database)
    : ReadingEntryTests(database), IClassFixture<PostgresDatabase>;

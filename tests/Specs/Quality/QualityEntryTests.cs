using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Quality;

/// <summary>What may be entered as hours of poor quality, and which moments the hours on the wall clock are.</summary>
public sealed class QualityEntryTests
{
    private static readonly QualityPlace Chita = Place("Asia/Chita");

    // Summer time ends on 25 October 2026 at 04:00 and begins on 29 March 2026 at 03:00.
    private static readonly QualityPlace Zhytomyr = Place("Europe/Kyiv");

    private static readonly QualityEntry Break = new(
        Service.HotWater, QualityKind.Break, null, new(2026, 10, 3, 8, 0), new(2026, 10, 4, 0, 0), Planned: false, DeadEndMain: false,
        null, [], "акт 17");

    [Fact]
    public void An_entry_becomes_an_event_of_the_territory_s_clock()
    {
        var decided = QualityEntries.Decide(Break with { Accounts = [new(2), new(1), new(2)], DeadEndMain = true }, Chita);
        decided.Refusals.ShouldBeEmpty();
        decided.Event!.From.ShouldBe(Instant.FromUtc(2026, 10, 2, 23, 0));
        decided.Event.To.ShouldBe(Instant.FromUtc(2026, 10, 3, 15, 0));
        decided.Event.Accounts.ShouldBe([new(1), new(2)]);
        decided.Event.DeadEndMain.ShouldBeTrue();
    }

    public static TheoryData<string, QualityEntry> Wrong => new()
    {
        { "billing.quality-end-before-start", Break with { To = Break.From } },
        { "billing.quality-too-long", Break with { To = Break.From.PlusYears(1).PlusMinutes(1) } },
        { "billing.quality-day-unlikely", Break with { From = new(206, 10, 3, 8, 0), To = new(206, 10, 4, 0, 0) } },
        { "billing.quality-service-unknown", Break with { Service = Service.Electricity } },
        { "billing.quality-kind-unknown", Measured(Service.ColdWater, QualityKind.Temperature, "20") },
        { "billing.quality-accounts-missing", Break with { Accounts = [] } },
        { "billing.quality-account-foreign", Break with { Accounts = [new(1), new(99)] } },
        { "billing.quality-planned-not-break", Measured(Service.HotWater, QualityKind.Pressure, "20") with { Planned = true } },
        { "billing.quality-dead-end-not-break", Break with { Service = Service.Heating, DeadEndMain = true } },
        { "billing.quality-norm-not-heating", Break with { NormTemperature = Exact.Of(20) } },
        {
            "billing.quality-norm-out-of-range",
            Measured(Service.Heating, QualityKind.Temperature, "15") with { NormTemperature = Exact.Of(2) }
        },
        { "billing.quality-series-missing", Break with { Kind = QualityKind.Pressure } },
        { "billing.quality-series-missing", Break with { Kind = QualityKind.Temperature } },
        { "billing.quality-series-unneeded", Break with { Series = [new(Break.From, Exact.Of(40))] } },
        { "billing.quality-series-outside", Measured(Service.HotWater, QualityKind.Temperature, "45", hour: 7) },
        { "billing.quality-series-outside", Measured(Service.HotWater, QualityKind.Temperature, "45", hour: 24) },
        { "billing.quality-value-out-of-range", Measured(Service.HotWater, QualityKind.Temperature, "101") },
        { "billing.quality-value-out-of-range", Measured(Service.HotWater, QualityKind.Pressure, "-1") },
        { "billing.quality-value-out-of-range", Measured(Service.Heating, QualityKind.Temperature, "61") },
        { "billing.quality-evidence-missing", Break with { Evidence = " " } },
        { "billing.quality-evidence-missing", Break with { Evidence = new('a', 201) } },
        {
            "billing.quality-series-twice",
            Break with { Kind = QualityKind.Pressure, Series = [new(Break.From, Exact.Of(5)), new(Break.From, Exact.Of(6))] }
        },
        {
            "billing.quality-series-too-long",
            Break with
            {
                Kind = QualityKind.Pressure, To = Break.From.PlusMonths(6),
                Series = [.. Enumerable.Range(0, 3001).Select(i => new QualityEntryLevel(Break.From.PlusMinutes(i), Exact.One))],
            }
        },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_refused_by_name_and_makes_no_event(string code, QualityEntry entry)
    {
        var decided = QualityEntries.Decide(entry, Chita);
        decided.Event.ShouldBeNull();
        decided.Refusals.Select(r => r.Code).ShouldBe([code]);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once() => QualityEntries.Decide(
        Break with { Service = Service.Gas, Accounts = [], To = Break.From, Evidence = "" }, Chita).Refusals.Select(r => r.Code).ShouldBe(
        [
            "billing.quality-service-unknown", "billing.quality-accounts-missing", "billing.quality-end-before-start",
            "billing.quality-evidence-missing",
        ]);

    [Fact]
    public void An_hour_that_the_clock_skips_is_refused()
    {
        var refusal = QualityEntries.Decide(Break with { From = new(2026, 3, 29, 3, 30), To = new(2026, 3, 29, 9, 0) }, Zhytomyr)
            .Refusals.ShouldHaveSingleItem();
        refusal.Code.ShouldBe("billing.quality-hour-skipped");
        refusal.Facts.ShouldBe([("at", "29.03.2026 03:30")]);
    }

    [Fact]
    public void Of_an_hour_that_comes_twice_a_start_takes_the_first_and_an_end_the_second()
    {
        var day = new LocalDateTime(2026, 10, 25, 3, 30);
        var event_ = QualityEntries.Decide(Break with { From = day, To = day.PlusMinutes(15) }, Zhytomyr).Event!;
        (event_.To - event_.From).ShouldBe(Duration.FromMinutes(75));
    }

    [Fact]
    public void Values_of_the_hour_that_comes_twice_follow_each_other()
    {
        var day = new LocalDateTime(2026, 10, 25, 0, 0);
        LocalDateTime[] rows = [day.PlusHours(3), day.PlusHours(3).PlusMinutes(30), day.PlusHours(3), day.PlusHours(3).PlusMinutes(30)];
        var event_ = QualityEntries.Decide(
            Break with
            {
                Kind = QualityKind.Temperature, From = day, To = day.PlusHours(12),
                Series = [.. rows.Select((at, i) => new QualityEntryLevel(at, Exact.Of(40 + i)))],
            },
            Zhytomyr).Event!;
        event_.Series.Zip(event_.Series.Skip(1)).Select(p => p.Second.From - p.First.From)
            .ShouldBe([Duration.FromMinutes(30), Duration.FromMinutes(30), Duration.FromMinutes(30)]);
    }

    [Fact]
    public void A_break_of_heating_takes_the_temperature_of_the_room() => QualityEntries.Decide(
        Measured(Service.Heating, QualityKind.Break, "11.5") with { NormTemperature = Exact.Of(20) }, Chita)
        .Event!.Series.ShouldHaveSingleItem().Value.ShouldBe(Exact.Parse("11.5"));

    private static QualityEntry Measured(Service service, QualityKind kind, string value, int hour = 12) => Break with
    {
        Service = service, Kind = kind, Series = [new(Break.From.Date.AtMidnight().PlusHours(hour), Exact.Parse(value))],
    };

    private static QualityPlace Place(string zone) => new(
        DateTimeZoneProviders.Tzdb[zone],
        new Dictionary<AccountId, IReadOnlyCollection<Service>>
        {
            [new(1)] = [Service.HotWater, Service.ColdWater],
            [new(2)] = [Service.HotWater, Service.Heating],
        });
}

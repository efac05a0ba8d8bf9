using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Workings;
using Ochag.Specs.Server;
using Shouldly;

namespace Ochag.Specs.Workings;

/// <summary>The oddities of the rules in words: each names its own days, sums, causes and paragraphs.</summary>
public sealed partial class OddStoryTests
{
    public static TheoryData<string> Languages => Reader.Languages;

    [Fact]
    public void Each_price_of_a_month_names_its_own_days() => Reader.In("ru", () =>
    {
        var several = WorkedStories.All
            .Where(f => f.Line.Service != Service.Drainage && PricedVolume.Of(new(Reader.Sentences, f)).Count > 1)
            .Select(f => (Facts: f, Days: Days(f))).Where(x => x.Days.Count > 1).ToList();
        several.Count.ShouldBeGreaterThan(50);
        foreach (var (facts, days) in several)
        {
            foreach (var (before, next) in days.Zip(days.Skip(1)))
                next.First.ShouldBeGreaterThan(before.Last, $"{facts.Line}");
        }
    });

    [Theory]
    [MemberData(nameof(Languages))]
    public void Rooms_without_a_meter_take_the_sums_of_those_that_have_one(string language) => Reader.In(language, () =>
    {
        var taken = WorkedStories.All.Where(f => f.Root.Inside.Any(n => n.Symbol == Symbol.MeteredVolume)).ToList();
        taken.ShouldNotBeEmpty();
        foreach (var facts in taken)
        {
            var step = WorkingSteps.Of(facts.Root, facts.Formula).First(s => s.LabelKey == $"symbol.{(int)Symbol.RoomVolume}");
            step.Terms.Select(t => t.LabelKey).ShouldBe(
                [$"symbol.{(int)Symbol.Area}", $"symbol.{(int)Symbol.MeteredVolume}", $"symbol.{(int)Symbol.MeteredArea}"]);
            var story = LineStory.Tell(Reader.Sentences, facts);
            story.Why.ShouldContain(Reader.Sentences["story.why.partMetered"].Value);
        }
    });

    [Theory]
    [InlineData("failed", Clause.Failed, "Прибор Х-1 неисправен с 5 октября 2025.", "пока прибор не починят")]
    [InlineData("expired", Clause.Expired, "Поверка прибора Х-1 закончилась 5 октября 2025.", "не поверят или не заменят")]
    [InlineData("refused", Clause.Refused, "Контролёра не пустили к прибору, акт от 5 октября 2025.", "не пустят к прибору")]
    public void The_raising_factor_says_why_a_meter_that_stands_is_not_counted_by(string state, Clause clause, string cause, string until)
    {
        var story = Story(Excess(state));
        story.What.ShouldBe("Холодная вода: по прибору считать нельзя уже дольше допустимого. Надбавка за март 2026 — 74,30 ₽.");
        story.Why[0].ShouldBe(cause);
        story.Why[1].ShouldContain(until);
        story.Law.ShouldBe([clause, Clause.AfterAverage]);
    }

    [Fact]
    public void The_raising_factor_of_a_room_without_a_meter_says_that_one_could_stand()
    {
        var story = Story(Excess("none"));
        story.What.ShouldBe("Холодная вода: прибора нет, а поставить его можно. Надбавка за март 2026 — 74,30 ₽.");
        story.Why.ShouldHaveSingleItem().ShouldStartWith("Прибора в помещении нет, хотя поставить его можно.");
        story.Law.ShouldBeEmpty();
    }

    [Fact]
    public void A_company_is_told_its_own_paragraph_and_what_it_pays_with_the_tax()
    {
        var load = LinesByHand.All.First(f => f.Line.Basis == Bases.Of(Basis.CalculatedP43));
        var line = load.Line with { VatOnTop = true, Vat = new(506_73, Currency.Rub) };
        var story = Story(load with { Line = line });
        story.Law.ShouldBe([Clause.Company]);
        story.What.ShouldEndWith("Это без НДС; сверху 22 %, к оплате 2 810,03 ₽.");
        Evaluation.WorkedBuildingTests.Pack().Clauses.Paragraph(Service.ColdWater, Clause.Company).ShouldStartWith("354 p.43");
        Story(load).Law.ShouldNotContain(Clause.Company);
    }

    [Fact]
    public void A_surplus_is_told_with_how_it_was_shared() => Reader.In("ru", () =>
    {
        var lines = WorkedStories.All.Where(f => f.Formula == Formula.CommonNegative).ToList();
        lines.ShouldNotBeEmpty();
        foreach (var facts in lines)
        {
            var story = LineStory.Tell(Reader.Sentences, facts);
            story.How[0].ShouldContain("лишнее");
            story.How[1].ShouldContain("чел. во всём доме");
            WorkingSteps.Of(facts.Root, facts.Formula).Select(s => s.LabelKey)
                .ShouldContain($"symbol.{(int)Symbol.Surplus}", $"{facts.Line}");
        }
    });

    [Fact]
    public void Heat_that_the_rooms_showed_beyond_the_building_comes_off_by_area()
    {
        var story = Story(LinesByHand.HeatOver);
        story.How[1].ShouldBe("В помещении 2 Гкал. Во всех помещениях вместе 5 Гкал, это больше, чем показал прибор дома: "
            + "лишнее снимается по площади, у вас 0,5 Гкал.");
        story.Why.ShouldContain("Помещения не могли взять больше, чем пришло в дом. Лишнее тепло делится по площади и снимается.");
        story.Law.ShouldBe([Clause.HeatSurplus]);
    }

    [Fact]
    public void A_silent_heat_meter_of_the_building_has_its_paragraph() => Reader.In("ru", () =>
    {
        var average = WorkedStories.All.First(f => f.Line.Service == Service.Heating && f.Line.Basis == Bases.Of(Basis.Average));
        LineStory.Tell(Reader.Sentences, average).Law.ShouldBe([Clause.HeatMeterSilent]);
        var norm = WorkedStories.All.First(f => f is { Formula: Formula.HeatingByNorm, HasHeatMeter: true });
        LineStory.Tell(Reader.Sentences, norm).Law.ShouldBe([Clause.HeatMeterSilent, Clause.AfterAverage]);
        LineStory.Tell(Reader.Sentences, norm with { HasHeatMeter = false }).Law.ShouldBeEmpty();
    });

    [Fact]
    public void A_credit_of_a_main_line_keeps_its_signs_and_says_why() => Reader.In("ru", () =>
    {
        var credit = WorkedStories.All.First(f => f.Line is { Component.IsMain: true, Amount.Minor: < 0 }
            && f.Root.Inside.Any(n => n.Symbol == Symbol.AlreadyBilled));
        var story = LineStory.Tell(Reader.Sentences, credit);
        story.What.ShouldContain("по среднему начислено больше, чем израсходовано. Возвращаем");
        string.Join(' ', story.How).ShouldContain("\u2212");
    });

    [Fact]
    public void A_reduction_names_every_record_that_it_rests_on()
    {
        var other = new RecordedQuality(
            new(1),
            new(8, Service.HotWater, null, Instant.FromUtc(2026, 3, 1, 23, 0), Instant.FromUtc(2026, 3, 2, 2, 0), QualityKind.Break,
                Planned: false, DeadEndMain: false, null, []),
            new("engineer", Instant.FromUtc(2026, 3, 5, 0, 0), "акт 16"),
            null);
        var facts = LinesByHand.Beside(8);
        var known = facts.Source;
        var why = Story(facts with { Source = n => n.SourceId == 8 ? other : known(n) }).Why;
        why.Count(s => s.StartsWith("Основание — запись", StringComparison.Ordinal)).ShouldBe(2);
        why[^2].ShouldContain("2 марта 2026");
    }

    private static List<(int First, int Last)> Days(StoryFacts facts) =>
        [.. LineStory.Tell(Reader.Sentences, facts).How.Select(s => OfDays().Match(s)).Where(m => m.Success)
            .Select(m => (Number(m, "first"), m.Groups["last"].Success ? Number(m, "last") : Number(m, "first")))];

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static StoryFacts Excess(string state)
    {
        var day = new LocalDate(2025, 10, 5);
        var verified = new DayInterval(new(2020, 1, 1), state == "expired" ? day : new(2030, 1, 1));
        return LinesByHand.Excess with
        {
            Meters = state == "none" ? [] : [LinesByHand.Meter("Х-1", verified, state == "failed" ? day : null)],
            Acts = state == "refused"
                ? [new(new(9, new(1), Service.ColdWater, MeterActKind.NoAccess, day), new("test", Instant.MinValue, "test"), null)]
                : [],
        };
    }

    private static LineStory Story(StoryFacts facts) => Reader.In("ru", () =>
    {
        var story = LineStory.Tell(Reader.Sentences, facts);
        return new LineStory(Plain(story.What), [.. story.How.Select(Plain)], [.. story.Why.Select(Plain)], story.Law);
    });

    private static string Plain(string text) => text.Replace('\u00A0', ' ');

    [GeneratedRegex("^(С|Со) (?<first>\\d+)-го по (?<last>\\d+)-е число|^(?<first>\\d+)-го числа", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfDays();
}

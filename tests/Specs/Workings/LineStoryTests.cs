using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Cases;
using Ochag.Server.Console.Workings;
using Ochag.Specs.Evaluation;
using Ochag.Specs.Server;
using Shouldly;

namespace Ochag.Specs.Workings;

/// <summary>A line in words: whatever formula made it, in whatever language it is read.</summary>
public sealed class LineStoryTests
{
    public static TheoryData<string> Languages => Reader.Languages;

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_line_of_the_worked_buildings_is_told_without_a_gap_or_a_raw_name(string language) => Reader.In(language, () =>
        WorkedStories.All.SelectMany(facts => Faults(facts, LineStory.Tell(Reader.Sentences, facts)).Select(f => $"{Name(facts)}: {f}"))
            .Distinct().Take(20).ShouldBeEmpty());

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_formula_is_told_by_its_numbers(string language) => Reader.In(language, () =>
    {
        var told = WorkedStories.All.Concat(LinesByHand.All).ToLookup(f => f.Formula, f => LineStory.Tell(Reader.Sentences, f).How);
        foreach (var formula in Enum.GetValues<Formula>())
        {
            told[formula].ShouldNotBeEmpty(formula.ToString());
            told[formula].ShouldAllBe(
                how => how.All(s => s.Any(char.IsDigit)) && !how.Contains(Reader.Sentences[$"formula.{(int)formula}"].Value),
                formula.ToString());
        }
    });

    [Theory]
    [MemberData(nameof(Languages))]
    public void What_no_worked_building_holds_is_told_too(string language) => Reader.In(language, () =>
        LinesByHand.All.SelectMany(f => Faults(f, LineStory.Tell(Reader.Sentences, f)).Select(x => $"{Name(f)}: {x}")).ShouldBeEmpty());

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_formula_of_a_newer_program_is_told_plainly(string language) => Reader.In(language, () =>
    {
        var facts = LinesByHand.All[0] with { Formula = (Formula)999 };
        var story = LineStory.Tell(Reader.Sentences, facts);
        story.How.ShouldBe([Reader.Sentences["story.why.unknown"].Value]);
        Faults(facts, story).ShouldBeEmpty();
    });

    [Fact]
    public void A_second_month_without_readings_is_told_as_people_say_it() => Reader.In("ru", () =>
    {
        var facts = WorkedStories.All.First(f => f.Line is { Service: Service.ColdWater, Component.IsMain: true }
            && f.Line.Basis == Bases.Of(Basis.Average)
            && MeterCause.Of(new(Reader.Sentences, f with { Acts = [] })).Clause == Clause.NotSent);
        var why = LineStory.Tell(Reader.Sentences, facts with { InARow = 2, Acts = [] }).Why;
        why[0].ShouldBe("Показания не переданы 2-й месяц подряд.");
        why[1].Replace('\u00A0', ' ').ShouldMatch("^Взято среднее за \\d+ мес\\.; следующее показание всё исправит\\.$");
    });

    [Fact]
    public void Months_by_average_are_counted_back_to_the_last_other_one()
    {
        var line = LinesByHand.All[0].Line;
        PostedLine In(int month, Basis basis) => line with { Period = new(2026, month), Basis = Bases.Of(basis) };
        PostedLine[] charges = [In(5, Basis.Average), In(4, Basis.Average), In(3, Basis.Meter), In(2, Basis.Average)];
        LineStory.InARow(charges[0], charges).ShouldBe(2);
        LineStory.InARow(charges[2], charges).ShouldBe(0);
        LineStory.InARow(charges[0], charges[..2]).ShouldBeNull("what was before the first billed month is not known");
    }

    [Fact]
    public void A_break_is_told_by_hand() => Story(LinesByHand.Break).ShouldBe(
    [
        "Горячая вода: за март 2026 услуги не было на 12 ч дольше допустимого. Плата снижена на 18,00 ₽.",
        "Каждый час снимает 0,15 % платы: 1 000,00 ₽ × 12 ч × 0,15 % = 18,00 ₽.",
        "Короткие перерывы закон допускает. Снижают плату только часы сверх допустимого: за один раз или за месяц, смотря чего больше.",
        "Основание — запись «Перерыв»: с 3 марта 2026, 08:00 по 4 марта 2026, 00:00.",
    ]);

    [Fact]
    public void A_benefit_is_told_by_hand() => Story(LinesByHand.Benefit).ShouldBe(
    [
        "Холодная вода: льгота за март 2026 на 4,5 м³ — 101,97 ₽.",
        "На льготников приходится 6 м³, норматив на них 4,5 м³: берётся меньшее, 4,5 м³.",
        "За весь объём 12 м³ начислено 543,84 ₽. Льгота 50 % от части за 4,5 м³ — 101,97 ₽.",
        "Льгота действует на объём в пределах норматива, на долю льготников среди проживающих.",
    ]);

    [Fact]
    public void The_difference_of_a_check_is_told_by_hand() => Story(LinesByHand.Check).ShouldBe(
    [
        "Холодная вода: проверка прибора нашла не переданный объём 20 м³, начислено 906,40 ₽.",
        "При проверке прибор показал 145 м³, по переданным показаниям было 120 м³.",
        "Пока показаний не было, уже начислено 5 м³: они вычтены.",
        "20 м³ × 45,32 ₽/м³ = 906,40 ₽.",
        "Показания передаёт житель, проверяет их контролёр. Разницу между ними закон велит начислить или вернуть в месяце проверки.",
        "Основание — акт от 17 марта 2026.",
    ]);

    private static IReadOnlyList<string> Story(StoryFacts facts) => Reader.In<IReadOnlyList<string>>("ru", () =>
    {
        var story = LineStory.Tell(Reader.Sentences, facts);
        return [.. story.How.Prepend(story.What).Concat(story.Why).Select(s => s.Replace('\u00A0', ' '))];
    });

    private static string Name(StoryFacts facts) => $"{facts.Line.Service} {facts.Line.Component} {facts.Line.Basis} {facts.Formula}";

    private static IEnumerable<string> Faults(StoryFacts facts, LineStory story)
    {
        if (story.How.Count == 0 || story.Why.Count == 0)
            yield return "a part is empty";
        var names = Enum.GetNames<ComponentKind>().Concat(Enum.GetNames<Basis>()).Concat(Enum.GetNames<Symbol>())
            .Where(n => n.Length > 6 && n.Skip(1).Any(char.IsUpper)).ToList();
        foreach (var sentence in story.How.Prepend(story.What).Concat(story.Why))
        {
            if (sentence.Length < 15 || sentence.Contains('{', StringComparison.Ordinal)
                || sentence.Contains("  ", StringComparison.Ordinal)
                || sentence.Contains("..", StringComparison.Ordinal)
                || !".;".Contains(sentence[^1], StringComparison.Ordinal) || sentence.Contains("story.", StringComparison.Ordinal)
                || names.Exists(n => sentence.Contains(n, StringComparison.Ordinal)))
            {
                yield return sentence;
            }
        }
    }
}

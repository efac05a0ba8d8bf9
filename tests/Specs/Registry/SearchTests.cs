using Ochag.Registry.Desk;
using Shouldly;

namespace Ochag.Specs.Registry;

/// <summary>What the search forgives, without a database.</summary>
public sealed class SearchTests
{
    private static readonly string[] Streets =
    [
        "обл омская г омск ул ленина д 7", "обл омская г омск ул ленина д 7 корп 2", "обл омская г омск ул ленина д 7а",
        "обл омская г омск ул ленинградская д 7", "обл омская г омск ул омская д 7", "обл омская г омск ул 12 линия д 7",
        "обл омская с лузино ул ленина д 7", "обл омская г омск пр кт комарова д 15 к 4", "м житомир вул київська буд 12",
    ];

    private static readonly string[] Holders =
        ["щеглов петр ильич", "щеглова анна петровна", "иванов иван иванович", "ооо кедровый орех", "иваненко яна юрьевна"];

    [Theory]
    [InlineData("ленина", "ленина", 0, 0)]
    [InlineData("лени", "ленина", 2, 0)]
    [InlineData("леинна", "ленина", 1, 1)]
    [InlineData("ленна", "ленина", 1, 1)]
    [InlineData("лемина", "ленина", 1, 1)]
    [InlineData("леннина", "ленина", 1, 1)]
    [InlineData("камсамолская", "комсомольская", 3, 3)]
    public void Letters_lost_exchanged_and_swapped_are_one_error_each(string typed, string word, int whole, int begun) =>
        Typing.Distance(typed, word, 3).ShouldBe((whole, begun));

    [Fact]
    public void What_is_too_far_is_told_as_more() => Typing.Distance("щеглов", "иванов", 2).ShouldBe((3, 3));

    [Theory]
    [InlineData("rjvcjvjkmcrfz 12", "комсомольская 12")]
    [InlineData("{jvtyrj", "хоменко")]
    [InlineData("rb]dcmrf", "київська")]
    [InlineData("ek/ Ktybyf? l/ 7", "ул. ленина, д. 7")]
    [InlineData("'11029212", "э11029212")]
    [InlineData("фи-17", "ab-17")]
    public void The_same_keys_are_read_on_every_layout(string typed, string meant) => Typing.OtherLayouts(typed).ShouldContain(meant);

    [Fact]
    public void A_number_is_found_by_everything_that_is_one_slip_away()
    {
        var near = Typing.OneSlipFrom("1203");
        foreach (var one in new[] { "203", "1230", "2103", "9203", "12035", "01203" })
            near.ShouldContain(one);
        foreach (var other in new[] { "1203", "03", "3021", "12abc" })
            near.ShouldNotContain(other);
    }

    [Theory]
    [InlineData("ул. Ленина, д. 7, кв. 5", "ленина", "7", "5")]
    [InlineData("кв5 ленина 7", "ленина", "7", "5")]
    [InlineData("Ленина 7 5 кв", "ленина", "7", "5")]
    [InlineData("ленина 7-5", "ленина", "7 5", "")]
    [InlineData("Ленина, д. 7, к. 2, кв. 12а", "ленина", "7 2", "12а")]
    [InlineData("д. 7, п. Лесной, ул. Мира", "лесной мира", "7", "")]
    [InlineData("Ленина 7Б", "ленина", "7б", "")]
    [InlineData("кв", "кв", "", "")]
    [InlineData("!!!", "", "", "")]
    public void A_question_is_taken_apart(string text, string names, string numbers, string flat)
    {
        var question = Question.Of(text);
        string.Join(' ', question.Names).ShouldBe(names);
        string.Join(' ', question.Numbers.Select(n => n.Digits + n.Letter)).ShouldBe(numbers);
        (question.Flat is { } found ? found.Digits + found.Letter : "").ShouldBe(flat);
    }

    [Theory]
    [InlineData("1000000103", "1000000103")]
    [InlineData("+7 (924) 000-00-00", "79240000000")]
    [InlineData("12", null)]
    [InlineData("ХВ-3", null)]
    [InlineData("'11029212", null)]
    public void A_text_is_a_number_or_it_is_not(string text, string? digits) => Question.Of(text).Digits.ShouldBe(digits);

    [Theory]
    [InlineData("ленина 7", 0, "")]
    [InlineData("омск ленина 7 12", 0, "12")]
    [InlineData("12 7 ленина омск", 0, "12")]
    [InlineData("омск ленина 7 корп 2", 1, "")]
    [InlineData("ленина 7а 12", 2, "12")]
    [InlineData("ленинградская 7", 3, "")]
    [InlineData("омская 7", 4, "")]
    [InlineData("12 линия 7 кв 3", 5, "3")]
    [InlineData("лузино ленена 7", 6, "")]
    [InlineData("прспект камарова 15 к 4 кв 9", 7, "9")]
    [InlineData("житомир київскя 12 5", 8, "5")]
    [InlineData("щеглов лузино ленина 7 12", 6, "12")]
    public void The_nearest_address_comes_first(string text, int place, string flat)
    {
        var (index, question) = (Index(Streets), Question.Of(text));
        var hits = new AddressMatch(index, question, forgiving: false).Find().ToList();
        if (hits.Count == 0)
            hits = [.. new AddressMatch(index, question, forgiving: true).Find()];
        (hits[0].Building, hits[0].Flat).ShouldBe((place, flat));
    }

    [Theory]
    [InlineData("ленина 8")]
    [InlineData("ленина 7 13 14")]
    [InlineData("зубровая 7")]
    public void A_number_too_much_or_another_street_is_no_answer(string text) =>
        new AddressMatch(Index(Streets), Question.Of(text), forgiving: true).Find().ShouldBeEmpty();

    [Theory]
    [InlineData("щеглов", false, "0 1")]
    [InlineData("петр щеглов", false, "0 1")]
    [InlineData("щелгов петр", true, "0 1")]
    [InlineData("иван иванов", false, "2")]
    [InlineData("яна иванеко", true, "4")]
    [InlineData("кедровй орх", true, "3")]
    [InlineData("щеглов сергей", true, "")]
    public void Names_are_found_in_any_order_each_word_once(string asked, bool forgiving, string places) =>
        string.Join(' ', PeopleMatch.Find(Index(Holders), asked.Split(' '), forgiving, 10).Select(p => p.Place)).ShouldBe(places);

    [Theory]
    [InlineData("+79240000001", "0")]
    [InlineData("8 924 000 00 01", "0")]
    [InlineData("9240000001", "0")]
    [InlineData("000 00 01", "0")]
    [InlineData("380671234567", "1")]
    [InlineData("0671234567", "1")]
    [InlineData("1", "")]
    public void A_telephone_is_one_however_its_country_is_told(string typed, string places) => string.Join(' ', Phones.Find(
        [Phones.National("+79240000001"), Phones.National("+380671234567"), Phones.National(null)],
        string.Concat(typed.Where(char.IsAsciiDigit)))).ShouldBe(places);

    [Theory]
    [InlineData("8924000001", 0)]
    [InlineData("+79240000010", 0)]
    [InlineData("067123467", 1)]
    public void A_telephone_with_a_slip_is_near(string typed, int place) => Phones.FindNear(
        [Phones.National("+79240000001"), Phones.National("+380671234567")],
        string.Concat(typed.Where(char.IsAsciiDigit))).ShouldContain(place);

    private static WordIndex Index(IEnumerable<string> texts)
    {
        var index = new WordIndex.Builder();
        foreach (var text in texts)
            index.Add(text.Split(' ').SelectMany(Question.Split));
        return index.Build();
    }
}

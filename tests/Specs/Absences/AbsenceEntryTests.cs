using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Facts;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Absences;

/// <summary>An absence that a person at a desk records: what can be, and what is refused.</summary>
public sealed class AbsenceEntryTests
{
    private static readonly LocalDate Today = new(2026, 11, 2);

    private static readonly Absence Away = new(new(2026, 9, 1), new(2026, 9, 20), 1, true, new(2026, 9, 25));

    private static readonly AccountRecord Account = new(
        new(1), new(2), new(2020, 1, 1), null, HolderKind.Person, 1, [new(3, new(2020, 1, 1), null, 2, false)], [], []);

    [Fact]
    public void An_absence_that_can_be_is_taken_and_one_of_days_to_come_too()
    {
        Codes(Away).ShouldBeEmpty();
        Codes(Away with { From = Today.PlusDays(5), To = Today.PlusDays(30), Applied = Today }).ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Codes(Away with { To = Away.From }).ShouldBe(["billing.absence-days-turned"]);
        Codes(Away with { To = new(2062, 9, 20) }).ShouldBe(["billing.absence-day-wrong"]);
        Codes(Away with { From = new(2019, 9, 1), To = new(2019, 9, 20) }).ShouldBe(["billing.absence-before-account"]);
        Codes(Away with { Persons = 0 }).ShouldBe(["billing.absence-persons-wrong"]);
        Codes(Away with { Persons = 3 }).ShouldBe(["billing.absence-persons-many"]);
        Codes(Away with { Applied = Today.PlusDays(1) }).ShouldBe(["billing.absence-applied-later"]);
        AbsenceRules.Refuse(new(new(1), Account.Id, null, Away, "", "0.0"), new([]), Account, Today).Select(r => r.Code)
            .ShouldBe(["billing.absence-evidence-missing"]);
        AbsenceRules.Refuse(new(new(1), Account.Id, null, Away, "справка", "0.0"), new([]), null, Today).Select(r => r.Code)
            .ShouldBe(["registry.record-unknown"]);
    }

    [Fact]
    public void Together_with_what_is_recorded_no_more_are_away_than_live_there()
    {
        FactLine<Absence> there = new(9, Away with { To = new(2026, 9, 10) }, Away.From, new(2026, 9, 10), new("e", default, "s"), null);
        Codes(Away with { Persons = 2 }, there).ShouldBe(["billing.absence-persons-many"]);
        Codes(Away with { Persons = 2, From = new(2026, 9, 9) }, there).ShouldBeEmpty("the day of the return counts no more");
        Codes(Away with { Persons = 1 }, there).ShouldBeEmpty();
        var right = new RecordAbsence(new(1), Account.Id, 9, there.Value, "справка", "9.0");
        AbsenceRules.Refuse(right, new([there]), Account, Today).Select(r => r.Code).ShouldBe(["registry.nothing-changed"]);
        AbsenceRules.Refuse(right with { Absence = Away with { Persons = 2 } }, new([there]), Account, Today).ShouldBeEmpty();
        AbsenceRules.Refuse(right with { Absence = null, Version = "8.0" }, new([there]), Account, Today).Select(r => r.Code)
            .ShouldBe(["registry.changed-meanwhile"]);
    }

    private static IEnumerable<string> Codes(Absence absence, params FactLine<Absence>[] known) => AbsenceRules.Refuse(
        new(new(1), Account.Id, null, absence, "справка", new FactChain<Absence>(known).Version), new(known), Account, Today)
        .Select(r => r.Code);
}

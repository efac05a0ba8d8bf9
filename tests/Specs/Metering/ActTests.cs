using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Readings;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Metering;

/// <summary>Acts about a premises: what can be, and what is refused.</summary>
public sealed class ActTests
{
    private static readonly LocalDate Today = new(2026, 11, 2);
    private static readonly LocalDate Drawn = new(2026, 10, 20);
    private static readonly PremisesRecord Flat = new(new(7), [], [Cases.Meter]);

    private static readonly MeterAct Interference = new(0, Flat.Id, Service.ColdWater, MeterActKind.Interference, Drawn);

    private static readonly MeterAct Check = Interference with
    {
        Kind = MeterActKind.Difference, Meter = Cases.Meter.Id, Values = [new(Zone.Single, Fixed.Of(530))],
    };

    [Fact]
    public void What_can_be_is_taken()
    {
        Codes(Interference with { From = Drawn.PlusDays(-30), Removed = Drawn.PlusDays(2) }).ShouldBeEmpty();
        Codes(Interference with { Kind = MeterActKind.NoAccess, Access = Drawn.PlusDays(3) }).ShouldBeEmpty();
        Codes(Interference with { Kind = MeterActKind.Unauthorised, PerHour = Fixed.Of(2) }).ShouldBeEmpty();
        Codes(Check).ShouldBeEmpty();
    }

    [Fact]
    public void Days_that_cannot_be_are_refused_with_their_field()
    {
        Refusals(Interference with { Drawn = Today.PlusDays(1) }).ShouldHaveSingleItem().Facts.ShouldContain(("field", "drawn"));
        Codes(Interference with { Drawn = new(1926, 10, 20) }).ShouldBe(["metering.act-too-early"]);
        Codes(Interference with { From = Drawn.PlusDays(1) }).ShouldBe(["metering.act-after-drawn"]);
        Codes(Interference with { LastCheck = Drawn.PlusDays(1) }).ShouldBe(["metering.act-after-drawn"]);
        Codes(Interference with { From = Drawn.PlusDays(-5), Removed = Drawn.PlusDays(-6) }).ShouldBe(["metering.act-days-turned"]);
        Codes(Interference with { Removed = Today.PlusDays(1) }).ShouldBe(["metering.act-of-the-future"]);
        Codes(Interference with { Kind = MeterActKind.NoAccess, Access = Drawn.PlusDays(-1) }).ShouldBe(["metering.act-days-turned"]);
    }

    [Fact]
    public void A_check_has_the_indexes_of_one_meter_that_stood_there()
    {
        Codes(Check with { Values = [] }).ShouldBe(["metering.act-index-missing"]);
        Codes(Check with { Meter = null }).ShouldBe(["metering.act-index-missing"]);
        Codes(Check with { Meter = new(99) }).ShouldBe(["metering.act-meter-absent"]);
        Codes(Check with { Drawn = Cases.Meter.Installed.PlusDays(-1) }).ShouldBe(["metering.act-meter-absent"]);
        Codes(Check with { Values = [new(Zone.Single, Fixed.Of(100_000))] }).ShouldBe(["metering.step-over-dial"]);
        Codes(Check with { Values = [new(Zone.Night, Fixed.Of(5))] }).ShouldBe(["metering.act-index-missing"]);
    }

    [Fact]
    public void Power_paper_a_second_act_and_an_old_form_are_refused()
    {
        foreach (var power in new[] { "0", "-1", "10000.5" })
            Codes(Interference with { PerHour = Fixed.Parse(power) }).ShouldBe(["metering.act-power-wrong"]);
        ActRules.Refuse(new(new(1), Flat.Id, null, Interference, " ", "0.0"), new([]), Flat, Today).Select(r => r.Code)
            .ShouldBe(["metering.act-evidence-missing"]);
        FactLine<MeterAct> there = new(5, Interference with { Id = 5 }, Drawn, null, new("e", Instant.MinValue, "акт 1"), null);
        ActRules.Refuse(new(new(1), Flat.Id, null, Interference, "акт 2", "5.0"), new([there]), Flat, Today).Select(r => r.Code)
            .ShouldBe(["metering.act-there"]);
        ActRules.Refuse(new(new(1), Flat.Id, 5, Interference, "акт 1", "5.0"), new([there]), Flat, Today).Select(r => r.Code)
            .ShouldBe(["registry.nothing-changed"]);
        ActRules.Refuse(new(new(1), Flat.Id, 6, null, "акт 1", "4.0"), new([there]), Flat, Today).Select(r => r.Code)
            .ShouldBe(["registry.changed-meanwhile", "registry.record-unknown"]);
    }

    private static IEnumerable<string> Codes(MeterAct act) => Refusals(act).Select(r => r.Code);

    private static IReadOnlyList<Refusal> Refusals(MeterAct act) =>
        ActRules.Refuse(new(new(1), Flat.Id, null, act, "акт 1", "0.0"), new([]), Flat, Today);
}

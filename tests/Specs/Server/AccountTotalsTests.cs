using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Accounts;
using Shouldly;

namespace Ochag.Specs.Server;

/// <summary>What an account's page adds up: VAT on top is to be paid too, and a month is split among its holders.</summary>
public sealed class AccountTotalsTests
{
    private static readonly BillingPeriod March = new(2026, 3);

    [Theory]
    [InlineData(100_00, 22_00, true, 122_00)]
    [InlineData(100_00, 18_03, false, 100_00)]
    [InlineData(-100_00, -22_00, true, -122_00)]
    public void The_total_of_a_line_holds_the_vat_that_comes_on_top(long amount, long vat, bool onTop, long total)
    {
        LineTotal.Of(Rub(amount), Rub(vat), onTop).ShouldBe(Rub(total));
        Line(amount, vat, onTop).Total.ShouldBe(Rub(total));
    }

    [Fact]
    public void A_companys_month_and_its_services_hold_the_vat_on_top()
    {
        var view = View([], Line(249_55, 54_90, onTop: true), Line(100_00, 22_00, onTop: true));
        view.Sum(March).ShouldBe(Rub(426_45));
        view.Sum(March, Service.ColdWater).ShouldBe(Rub(426_45));
        view.VatOnTop(March).ShouldBe(Rub(76_90));
        View([], Line(100_00, 18_03, onTop: false)).VatOnTop(March).ShouldBeNull();
    }

    [Theory]
    [InlineData(100_00, 66_67, 33_33)]
    [InlineData(-100_00, -66_67, -33_33)]
    [InlineData(1, 1, 0)]
    public void Holders_bear_their_shares_of_the_month_to_the_kopeck(long total, long first, long second)
    {
        HolderLine[] holders = [Holder(1, 2, 3), Holder(2, 1, 3), Holder(3, 1, 2, until: new LocalDate(2026, 3, 30))];
        View(holders, Line(total, 0, onTop: false)).Parts(March).Select(p => (p.Holder.Id.Value, p.Sum))
            .ShouldBe([(1L, Rub(first)), (2L, Rub(second))], "who went before the last day bears nothing");
    }

    [Fact]
    public void One_holder_bears_the_whole_and_an_account_closed_in_the_month_asks_its_last_day()
    {
        View([Holder(1, 1, 1)], Line(100_00, 0, onTop: false)).Parts(March).ShouldBeEmpty();
        var last = new LocalDate(2026, 3, 10);
        HolderLine[] holders = [Holder(1, 1, 2, last), Holder(2, 1, 2, last)];
        View(holders, last, Line(100_01, 0, onTop: false)).Parts(March).Select(p => p.Sum).ShouldBe([Rub(50_01), Rub(50_00)]);
    }

    private static AccountView View(HolderLine[] holders, params PostedLine[] lines) => View(holders, null, lines);

    private static AccountView View(HolderLine[] holders, LocalDate? closed, params PostedLine[] lines) => new()
    {
        Card = new(
            new(1), "1", new(1), new(1), "", new(1), "1", [new(new(2020, 1, 1), closed, HolderKind.Person, 1)], holders, [], [], [], []),
        Territory = new(new(1), "t", "Город", DateTimeZone.Utc, "ru-354", Currency.Rub, March),
        Balance = new(Rub(0), Rub(0)),
        Lines = lines.ToLookup(l => l.Period),
        Readings = Array.Empty<Reading>().ToLookup(r => r.Meter),
        Today = new(2026, 4, 1),
        SeesPersons = true,
        Month = March,
    };

    private static HolderLine Holder(long id, int numerator, int denominator, LocalDate? until = null) =>
        new(new(id), HolderKind.Person, $"Имя {id}", null, null, new(2020, 1, 1), until, numerator, denominator);

    private static PostedLine Line(long amount, long vat, bool onTop) => new(
        new(March, new(1), new(1), 1), March, Service.ColdWater, new(ComponentKind.Volume), Bases.Of(Basis.Meter),
        Fixed.Parse("1"), Unit.CubicMetre, Rub(amount), Fixed.Parse("22"), Rub(vat), onTop);

    private static Money Rub(long minor) => new(minor, Currency.Rub);
}

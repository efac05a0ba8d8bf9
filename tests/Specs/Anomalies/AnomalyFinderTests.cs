using NodaTime;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Shouldly;

namespace Ochag.Specs.Anomalies;

/// <summary>What of a month's bill looks odd beside the month before and the year before.</summary>
public sealed class AnomalyFinderTests
{
    private static readonly BillingPeriod Month = new(2026, 10);
    private static readonly AccountId One = new(1);
    private static readonly AccountId Two = new(2);

    [Fact]
    public void A_bill_like_the_last_one_is_not_odd() => Find(
        Bills((One, Service.ColdWater, 500_00)), Bills((One, Service.ColdWater, 450_00))).ShouldBeEmpty();

    [Theory]
    [InlineData(4_500_00, 1_000_00, null, AnomalyKind.Rise, 3_500_00)]
    [InlineData(4_500_00, 1_000_00, 3_000_00, null, 0)]
    [InlineData(2_900_00, 1_000_00, null, null, 0)]
    [InlineData(1_500_00, 400_00, null, AnomalyKind.Rise, 1_100_00)]
    [InlineData(900_00, 100_00, null, null, 0)]
    [InlineData(500_00, 2_000_00, null, AnomalyKind.Drop, 1_500_00)]
    [InlineData(500_00, 2_000_00, 900_00, null, 0)]
    [InlineData(500_00, null, 2_000_00, AnomalyKind.Drop, 1_500_00)]
    [InlineData(500_00, 0, null, null, 0)]
    public void A_service_is_held_against_both_months(int now, int? lastMonth, int? lastYear, AnomalyKind? kind, int risk)
    {
        var found = Find(
            Bills((One, Service.HotWater, now)),
            lastMonth is { } m ? Bills((One, Service.HotWater, m)) : null,
            lastYear is { } y ? Bills((One, Service.HotWater, y)) : null).SingleOrDefault();
        (found?.Kind, found?.AtRisk ?? 0).ShouldBe((kind, risk));
    }

    [Theory]
    [InlineData(50_00, 3_000_00, null)]
    [InlineData(9_000_00, 1_000_00, null)]
    [InlineData(11_000_00, 1_000_00, AnomalyKind.Rise)]
    public void A_reading_that_settles_an_estimate_may_change_more(int now, int before, AnomalyKind? kind)
    {
        var estimated = new Dictionary<AccountId, BillSum> { [One] = new(before, [new(Service.HotWater, before, true)]) };
        Find(Bills((One, Service.HotWater, now)), estimated).SingleOrDefault()?.Kind.ShouldBe(kind!.Value);
        Find(Bills((One, Service.HotWater, now)), estimated).Count.ShouldBe(kind is null ? 0 : 1);
    }

    [Fact]
    public void Heating_is_held_against_the_whole_building()
    {
        var before = Bills((One, Service.Heating, 500_00), (Two, Service.Heating, 500_00));
        Find(Bills((One, Service.Heating, 4_000_00), (Two, Service.Heating, 4_000_00)), before).ShouldBeEmpty();
        var more = Bills((One, Service.Heating, 400_00), (Two, Service.Heating, 40_000_00));
        Find(more, Bills((One, Service.Heating, 5_000_00), (Two, Service.Heating, 5_000_00)))
            .ShouldContain(f => f.Account == One && f.Kind == AnomalyKind.Drop);
    }

    [Fact]
    public void A_bill_that_is_gone_or_empty_or_below_zero_is_odd()
    {
        var gone = Find(Bills(), Bills((One, Service.ColdWater, 700_00))).ShouldHaveSingleItem();
        (gone.Kind, gone.AtRisk, gone.Now, gone.Account).ShouldBe((AnomalyKind.Zero, 700_00, 0, One));
        Find(Bills(), Bills()).ShouldBeEmpty();
        var below = Find(Bills((One, Service.ColdWater, -30_00)), Bills((One, Service.ColdWater, 200_00))).ShouldHaveSingleItem();
        (below.Kind, below.AtRisk).ShouldBe((AnomalyKind.Negative, 30_00));
    }

    [Fact]
    public void The_first_bill_of_a_new_account_is_told_where_others_had_one_before()
    {
        var opened = new LocalDate(2026, 10, 5);
        var now = Bills((One, Service.ColdWater, 200_00));
        Find(now, Bills(), opened: opened).ShouldHaveSingleItem().Kind.ShouldBe(AnomalyKind.FirstBill);
        Find(now, null, opened: opened).ShouldBeEmpty();
        Find(now, Bills()).ShouldBeEmpty("an account of long ago that had nothing to pay last month");
    }

    [Theory]
    [InlineData("2026-08-24", null)]
    [InlineData("2026-07-24", AnomalyKind.LongEstimate)]
    [InlineData("2026-05-24", AnomalyKind.LongEstimate)]
    [InlineData("2026-04-24", AnomalyKind.NoReading)]
    public void A_silent_meter_is_told_by_the_months_of_its_silence(string last, AnomalyKind? kind)
    {
        var day = NodaTime.Text.LocalDatePattern.Iso.Parse(last).Value;
        var found = Find(
            Bills((One, Service.ColdWater, 200_00)), Bills((One, Service.ColdWater, 200_00)), meter: day).SingleOrDefault();
        found?.Kind.ShouldBe(kind!.Value);
        (found is null).ShouldBe(kind is null);
        if (found is not null)
            found.AtRisk.ShouldBe(200_00 * found.Months);
    }

    [Fact]
    public void A_building_whose_meter_and_flats_are_far_apart_is_told_with_its_money()
    {
        var balanced = new ServiceBalance(
            Service.ColdWater, Exact.Of(100), Exact.Of(80), Exact.Of(10), Exact.Of(10), Exact.Zero, Exact.Zero, Exact.Of(90));
        var apart = balanced with { Individual = Exact.Of(40), OverCap = Exact.Of(50), Billed = Exact.Of(50) };
        var line = new ChargeLine(
            One, Service.ColdWater, Component.FromCode(1), Bases.Of(Basis.Meter), Exact.Of(50), Unit.CubicMetre,
            new(5_000_00, Currency.Rub), Exact.Zero, new(0, Currency.Rub), false, []);
        var bills = Bills((One, Service.ColdWater, 5_000_00));
        Find(bills, bills, lines: [line], balance: balanced).ShouldBeEmpty();
        var found = Find(bills, bills, lines: [line], balance: apart).ShouldHaveSingleItem();
        (found.Kind, found.Account, found.Service, found.AtRisk).ShouldBe((AnomalyKind.OutOfBalance, null, Service.ColdWater, 5_000_00));
    }

    [Fact]
    public void A_building_that_was_refused_puts_its_last_month_at_risk()
    {
        var earlier = new EarlierBills(true, Bills((One, Service.ColdWater, 10_00), (Two, Service.ColdWater, 5_00)), Bills());
        var missing = AnomalyFinder.Refused(new("billing.parameter-missing"), [One, Two], earlier);
        (missing.Kind, missing.AtRisk).ShouldBe((AnomalyKind.NoTariff, 15_00));
        AnomalyFinder.Refused(new("billing.passport-missing"), [One], earlier).Kind.ShouldBe(AnomalyKind.NotEvaluated);
    }

    [Fact]
    public void Sums_of_a_bill_come_out_as_they_were_packed()
    {
        ServiceSum[] sums =
        [
            new(Service.Heating, 123_456_789, false), new(Service.Gas, -1, true), new(Service.ColdWater, 0, false),
            new(Service.HotWater, long.MinValue, true),
        ];
        BillSums.Read(BillSums.Pack(sums)).ShouldBe(sums);
        BillSums.Read([]).ShouldBeEmpty();
        Should.Throw<FormatException>(() => BillSums.Read([1, 0x80]));
        Should.Throw<FormatException>(() => BillSums.Read([1]));
    }

    private static List<Found> Find(
        IReadOnlyDictionary<AccountId, BillSum> now, IReadOnlyDictionary<AccountId, BillSum>? lastMonth,
        IReadOnlyDictionary<AccountId, BillSum>? lastYear = null, LocalDate? opened = null, LocalDate? meter = null,
        IReadOnlyList<ChargeLine>? lines = null, ServiceBalance? balance = null)
    {
        var id = new MeterId(7);
        var meters = meter is null
            ? Array.Empty<MeterRecord>()
            : [new(id, "7", Service.ColdWater, 5, Fixed.Of(1), [Zone.Single], new(2020, 1, 1), null, [], [])];
        AccountId[] accounts = now.ContainsKey(Two) || lastMonth?.ContainsKey(Two) == true ? [One, Two] : [One];
        var facts = new BuildingFacts
        {
            Building = new(
                new(1), [], [], [.. accounts.Select(a => new PremisesRecord(new(a.Value), [], meters))],
                [.. accounts.Select(a => new AccountRecord(
                    a, new(a.Value), opened ?? new(2020, 1, 1), null, HolderKind.Person, 1, [], [], []))], []),
            Currency = Currency.Rub,
            Since = new(2026, 1),
            TimeZone = DateTimeZone.Utc,
            Readings = meter is { } day
                ? new Dictionary<MeterId, IReadOnlyList<Reading>>
                {
                    [id] = [new(1, id, day, day, ReadingSource.Consumer, ReadingMark.None, [new(Zone.Single, Fixed.Of(5))])],
                }
                : [],
        };
        var earlier = new EarlierBills(lastMonth is not null, lastMonth ?? Bills(), lastYear ?? Bills());
        return [.. new AnomalyFinder(facts, new(lines ?? [], balance is null ? [] : [balance]), now, earlier, Month, new()).Find()];
    }

    private static IReadOnlyDictionary<AccountId, BillSum> Bills(params (AccountId Account, Service Service, int Minor)[] sums) =>
        sums.GroupBy(s => s.Account).ToDictionary(
            g => g.Key, g => new BillSum(g.Sum(s => (long)s.Minor), [.. g.Select(s => new ServiceSum(s.Service, s.Minor, false))]));
}

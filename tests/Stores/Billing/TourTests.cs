using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;
using Ochag.Server.Demo.Tour;
using Ochag.Stores.Fixtures;
using Shouldly;

namespace Ochag.Stores.Billing;

/// <summary>
/// The houses of the demo's tour, stored, billed and read back: what each stop promises is there, and the sums are those
/// of a reckoning by hand. The tariffs of October 2026 are those of TerritoryParameters: cold water 49.10, heat 2688.34,
/// drainage 34.29 and from the fifteenth 35.66; norms 4.5 and 3.2 m3; q 0.0598; VAT 22 %.
/// </summary>
public abstract class TourTests(Database database) : StoreTests(database)
{
    private const decimal Cold = 49.10m;
    private const decimal Heat = 2688.34m;

    [Fact]
    public async Task Every_stop_has_the_lines_that_it_promises_whichever_month_is_the_last()
    {
        // The last billed months: one in the heating season, one in summer, one with an indexation of the first day.
        foreach (var last in new BillingPeriod[] { new(2026, 10), new(2026, 8), new(2027, 1), new(2027, 5) })
        {
            var city = await TourCity.Make(Database, last, Stop);
            foreach (var stop in TourStops.All)
            {
                var lines = await city.Lines(stop.Key, stop.Flat);
                foreach (var (i, promised) in stop.Lines.Index())
                    lines.ShouldContain(line => promised.Is(line, city.Months), $"{last}, {stop.Key}, line {i}");
            }
        }
    }

    [Fact]
    public async Task Each_sum_of_a_meters_oddity_is_that_of_a_reckoning_by_hand()
    {
        var city = await October();
        await Is(city, "expired", "1", Service.ColdWater, ComponentKind.Volume, 2 * 4.5m * Cold);
        await Is(city, "expired", "1", Service.ColdWater, ComponentKind.Excess, 2 * 4.5m * 1.5m * Cold - 2 * 4.5m * Cold);
        await Is(city, "expired", "1", Service.ColdWater, ComponentKind.Volume, 6 * 45.32m, back: 2);
        await Is(city, "replaced", "1", Service.ColdWater, ComponentKind.Volume, (3.2m + 4.1m) * Cold);
        await Is(city, "late", "1", Service.ColdWater, ComponentKind.Volume, (10 - 3 * 6) * Cold);
        await Is(city, "refused", "1", Service.ColdWater, ComponentKind.Volume, 3 * 4.5m * Cold);
        await Is(city, "check", "1", Service.ColdWater, ComponentKind.P61, 31 * Cold);
        await Is(city, "check", "1", Service.ColdWater, ComponentKind.Volume, 3 * Cold);
        // 20 to 31 August and all of September before the month of the act; 1 to 15 October in it.
        await Is(city, "interference", "1", Service.ColdWater, ComponentKind.P62, 10 * 2 * 4.5m * (12 / 31m + 1) * Cold);
        await Is(city, "interference", "1", Service.ColdWater, ComponentKind.P62Current, 10 * 2 * 4.5m * 15 / 31m * Cold);
    }

    [Fact]
    public async Task Each_sum_of_a_buildings_oddity_is_that_of_a_reckoning_by_hand()
    {
        var city = await October();
        // Silent since January. September is its sixth heating month: six volumes by the degree-days of their months,
        // times nine days of September at 20 - 8.1 degrees; fifty of a hundred and fifty square metres.
        var volumes = 8.4m + 7.2m + 6 + 0.9m + 0.9m + 4.2m;
        var degreeDays = 31 * 43.2m + 30 * 33m + 31 * 20.5m + 9 * 11.9m + 8 * 11.4m + 30 * 18.6m;
        var heat = volumes / degreeDays * 9 * 11.9m * 50 / 150 * 2512.47m;
        await Is(city, "heat-meter", "1", Service.Heating, ComponentKind.Heat, heat, back: 1);
        await Is(city, "heat-meter", "1", Service.Heating, ComponentKind.Heat, 50 * 0.0253m * Heat);
        // Flat 1: 1.2 Gcal of 40 m2, so 0.03 for each; 60 m2 take 1.8, all three 4.5 of 6, and 1.5 is shared by area.
        await Is(city, "part-metered", "2", Service.Heating, ComponentKind.Heat, (60 * 0.03m + 1.5m * 60 / 150) * Heat);
        await Is(city, "negative", "1", Service.ColdWater, ComponentKind.CommonNegative, 5.5m * Cold - 6 * Cold);
        await Is(city, "negative", "2", Service.ColdWater, ComponentKind.CommonNegative, 6.5m * Cold - 8 * Cold);
        await Is(city, "tariff", "1", Service.Drainage, ComponentKind.Volume, (5 + 4) * (14 * 34.29m + 17 * 35.66m) / 31);
    }

    [Fact]
    public async Task Each_sum_of_peoples_oddity_is_that_of_a_reckoning_by_hand()
    {
        var city = await October();
        await Is(city, "absent", "1", Service.ColdWater, ComponentKind.Absence, -3 * 4.5m * 14 / 31m * Cold);
        (await city.Lines("absent", "2")).ShouldNotContain(l => l.Component.Kind == ComponentKind.Absence);
        await Is(city, "temporary", "1", Service.ColdWater, ComponentKind.Volume, (2 * 31 + 3 * 20) / 31m * 4.5m * Cold);
        await Is(city, "temporary", "2", Service.ColdWater, ComponentKind.Volume, 2 * 4.5m * Cold);
        await Is(city, "beneficiary", "1", Service.ColdWater, ComponentKind.Benefit, -12 / 3m * Cold / 2);
        await Is(city, "company", "пом. 1", Service.ColdWater, ComponentKind.Volume, 0.02m * 10 * 31 * 40.25m);
        var company = (await city.Lines("company", "пом. 1")).First(l => l.Period == city.Months.Last && l.Service == Service.ColdWater);
        company.Vat.ShouldBe(Rounded(249.55m * 0.22m));
        company.Total.ShouldBe(company.Amount + company.Vat);
    }

    [Fact]
    public async Task What_a_company_owes_and_what_its_month_comes_to_holds_the_vat_on_top()
    {
        var city = await October();
        var lines = await city.Lines("company", "пом. 1");
        var owed = lines.Sum(l => l.Amount.Minor + l.Vat.Minor);
        (await city.Balance("company", "пом. 1")).Charged.Minor.ShouldBe(owed);
        var month = lines.Where(l => l.Period == city.Months.Last).ToList();
        (await city.Sums("company", "пом. 1")).Sum(s => s.Sum.Minor).ShouldBe(month.Sum(l => l.Amount.Minor + l.Vat.Minor));
        var (run, byService, all) = await city.Totals();
        run.Minor.ShouldBe(all);
        byService.ShouldBe(all);
    }

    [Fact]
    public async Task Each_sum_of_quality_is_that_of_a_reckoning_by_hand()
    {
        var city = await October();
        await Is(city, "break", "1", Service.ColdWater, ComponentKind.QualityBreak, -6 * Cold * 6 * 0.0015m);
        var fee = 4 * Cold + decimal.Round(4 * 0.0598m * Heat, 2);
        await Is(city, "cold-tap", "1", Service.HotWater, ComponentKind.QualityTemperature, -fee * (1 * 6 + 3 * 4) * 0.001m);
        await Is(city, "cold-tap", "1", Service.HotWater, ComponentKind.QualityCold, -decimal.Round(4 * 0.0598m * Heat, 2) * 2 / 744);
        await Is(city, "planned", "1", Service.HotWater, ComponentKind.QualityPlanned, -2 * 3.2m * 10 / 31 * (Cold + 0.0598m * Heat));
        (await city.Lines("planned", "2")).ShouldNotContain(l => l.Component.Kind == ComponentKind.QualityPlanned);
    }

    [Fact]
    public async Task Debts_and_shares_stand_on_the_accounts()
    {
        var city = await October();
        (await city.Balance("debtor", "1")).Opening.ShouldBe(new Money(96_355_75, Currency.Rub));
        var holders = await city.Holders("holders", "1");
        var total = (await city.Lines("holders", "1")).Where(l => l.Period == city.Months.Last)
            .Aggregate(Money.Zero(Currency.Rub), (sum, l) => sum + l.Amount);
        var parts = HolderShares.Split(total, holders);
        // 4289.21 1/3 and 2144.60 2/3: the kopeck that is left goes to the larger remainder.
        total.ShouldBe(new Money(6433_82, Currency.Rub));
        parts.Select(p => p.Part).ShouldBe([new(4289_21, Currency.Rub), new(2144_61, Currency.Rub)]);
    }

    [Fact]
    public async Task Filled_again_the_tour_stays_as_it_is()
    {
        var city = await October();
        var accounts = await city.CountAccounts();
        await city.FillAgain();
        (await city.CountAccounts()).ShouldBe(accounts);
        accounts.ShouldBeInRange(TourStops.All.Count * 2, TourStops.All.Count * 4);
    }

    private Task<TourCity> October() => TourCity.Make(Database, new(2026, 10), Stop);

    private static async Task Is(
        TourCity city, string key, string flat, Service service, ComponentKind kind, decimal sum, int back = 0)
    {
        var line = (await city.Lines(key, flat)).Single(l =>
            l.Period == city.Months.Back(back) && l.Service == service && l.Component == new Component(kind));
        line.Amount.ShouldBe(Rounded(sum), $"{key}, {kind}");
    }

    private static Money Rounded(decimal sum) =>
        new(decimal.ToInt64(decimal.Round(sum * 100, MidpointRounding.AwayFromZero)), Currency.Rub);
}

public sealed class TourTests_on_Sqlite(SqliteDatabase database) : TourTests(database), IClassFixture<SqliteDatabase>;

public sealed class TourTests_on_Postgres(PostgresDatabase database) : TourTests(database), IClassFixture<PostgresDatabase>;

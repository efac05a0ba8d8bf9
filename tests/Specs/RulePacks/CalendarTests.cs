using Ochag.Billing.Contracts;
using Shouldly;

namespace Ochag.Specs.RulePacks;

public sealed class CalendarTests : IDisposable
{
    private const string Year = "date,kind,ground\n2026,year,TK RF art.112\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("ochag-calendar-").FullName;
    private readonly string _file;

    public CalendarTests()
    {
        _file = Path.Combine(_folder, "calendar.csv");
        foreach (var name in new[] { "parameters.csv", "formulas.csv", "clauses.csv" })
            File.Copy(Path.Combine(Repository.Root, "rulepacks", "ru-354", name), Path.Combine(_folder, name));
    }

    [Theory]
    [InlineData("2026-13-01,off,holiday\n", "billing.rule-pack-value-broken")]
    [InlineData("01.01.2026,off,holiday\n", "billing.rule-pack-value-broken")]
    [InlineData("2026-01-01,holiday,holiday\n", "billing.rule-pack-unknown-name")]
    [InlineData("2026-01-01,off,\n", "billing.rule-pack-value-broken")]
    [InlineData("2026-01-01,off\n", "billing.rule-pack-row-broken")]
    [InlineData("2027-01-01,off,holiday\n", "billing.calendar-year-not-named")]
    [InlineData("2026-11-20,working,moved\n", "billing.calendar-weekday-working")]
    [InlineData("2026,year,again\n", "billing.calendar-day-twice")]
    [InlineData("26,year,short\n", "billing.rule-pack-value-broken")]
    public void A_doubtful_row_is_refused_with_file_and_line(string row, string code)
    {
        File.WriteAllText(_file, Year + row);
        var refusal = RulePack.Read(_folder).Refusal;
        refusal!.Code.ShouldBe(code);
        refusal.Facts.ShouldContain(("line", "3"));
        refusal.Facts.ShouldContain(("file", _file));
    }

    [Theory]
    [InlineData("off")]
    [InlineData("working")]
    public void A_day_is_named_once(string second)
    {
        File.WriteAllText(_file, Year + $"2026-01-03,off,holiday\n2026-01-03,{second},moved\n");
        var refusal = RulePack.Read(_folder).Refusal;
        refusal!.Code.ShouldBe("billing.calendar-day-twice");
        refusal.Facts.ShouldContain(("line", "4"));
    }

    [Fact]
    public void A_holiday_on_a_weekend_may_be_named()
    {
        File.WriteAllText(_file, Year + "2026-03-08,off,holiday\n");
        RulePack.Read(_folder).Value.Calendar.Days.ShouldHaveSingleItem().IsWorking.ShouldBeFalse();
    }

    [Fact]
    public void A_pack_without_a_calendar_is_refused()
    {
        var refusal = RulePack.Read(_folder).Refusal;
        refusal!.Code.ShouldBe("billing.calendar-not-found");
        refusal.Facts.ShouldContain(("file", _file));
    }

    [Theory]
    [InlineData("ru-354")]
    [InlineData("ua-gas")]
    public void A_pack_that_is_shipped_knows_the_years_2024_to_2026_and_why(string pack)
    {
        var calendar = RulePack.Read(Path.Combine(Repository.Root, "rulepacks", pack)).Value.Calendar;
        calendar.Years.Select(y => y.Year).ShouldBe([2024, 2025, 2026]);
        calendar.Years.ShouldAllBe(y => y.Ground.Length > 0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

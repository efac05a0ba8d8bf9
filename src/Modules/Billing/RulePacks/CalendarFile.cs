using System.Globalization;
using NodaTime.Text;
using Ochag.Documents.Tables;
using Ochag.Foundation;
using Ochag.Foundation.Calendars;

namespace Ochag.Billing.RulePacks;

/// <summary>
/// Reads calendar.csv of a rule pack: a row "year" says that a year is known, the rows under it which of its days are off
/// or worked against the week.
/// </summary>
internal static class CalendarFile
{
    public static Outcome<BusinessCalendar> Read(string file)
    {
        if (!File.Exists(file))
            return new Refusal("billing.calendar-not-found", ("file", file));

        var years = new Dictionary<int, CalendarYear>();
        var days = new List<CalendarDay>();
        using var table = DelimitedTable.Open(file);
        foreach (var row in table.Rows())
        {
            if (ReadRow(row, years, days) is { } refusal)
                return RulePackFile.At(refusal, file, row.Line);
        }

        return new BusinessCalendar(years.Values, days);
    }

    private static Refusal? ReadRow(TableRow row, Dictionary<int, CalendarYear> years, List<CalendarDay> days)
    {
        if (!row.IsWhole)
            return new Refusal("billing.rule-pack-row-broken", ("fields", row.Count.ToString(CultureInfo.InvariantCulture)));
        if (row["ground"].Length == 0)
            return new Refusal("billing.rule-pack-value-broken", ("column", "ground"), ("value", ""));
        return row["kind"] switch
        {
            "year" => AddYear(row, years),
            "off" => AddDay(row, isWorking: false, years, days),
            "working" => AddDay(row, isWorking: true, years, days),
            var other => new Refusal("billing.rule-pack-unknown-name", ("column", "kind"), ("value", other)),
        };
    }

    private static Refusal? AddYear(TableRow row, Dictionary<int, CalendarYear> years)
    {
        if (!int.TryParse(row["date"], NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1990 or > 2199)
            return Broken(row);
        return years.TryAdd(year, new(year, row["ground"])) ? null : Twice(row);
    }

    private static Refusal? AddDay(TableRow row, bool isWorking, Dictionary<int, CalendarYear> years, List<CalendarDay> days)
    {
        if (!LocalDatePattern.Iso.Parse(row["date"]).TryGetValue(default, out var day))
            return Broken(row);
        if (!years.ContainsKey(day.Year))
            return new Refusal("billing.calendar-year-not-named", ("day", row["date"]));
        if (days.Exists(d => d.Date == day))
            return Twice(row);

        // It would say nothing: more likely a Saturday's date is mistyped.
        if (isWorking && !BusinessCalendar.IsWeekend(day))
            return new Refusal("billing.calendar-weekday-working", ("day", row["date"]));
        days.Add(new(day, isWorking, row["ground"]));
        return null;
    }

    private static Refusal Broken(TableRow row) =>
        new("billing.rule-pack-value-broken", ("column", "date"), ("value", row["date"]));

    private static Refusal Twice(TableRow row) => new("billing.calendar-day-twice", ("day", row["date"]));
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using NodaTime.Text;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Readings;

/// <summary>Reads the form of a building's readings: "v-METER-ZONE" is what was typed, "c-METER-ZONE" which doubts are confirmed.</summary>
internal static class SheetInput
{
    public const string Value = "v-";
    public const string Confirmed = "c-";

    private static readonly LocalDatePattern[] Days =
        [.. new[] { "uuuu-MM-dd", "d.M.uuuu" }.Select(LocalDatePattern.CreateWithInvariantCulture)];

    /// <summary>The sheet; a day or a source that cannot be read is said at its field.</summary>
    public static ReadingSheet Read(
        IFormCollection fields, FormState form, BuildingId building, LocalDate today, IStringLocalizer<Texts> texts)
    {
        if (Day(form["day"]) is not { } day || day < Oldest(today))
        {
            form.Refuse("day", texts["sheet.day.wrong"]);
            day = today;
        }

        if (Source(form["source"]) is not { } source)
        {
            form.Refuse("source", texts["sheet.source.wrong"]);
            source = ReadingSource.Controller;
        }

        if (form["remark"].Length > IReadingEntry.RemarkLength)
            form.Refuse("remark", texts["sheet.remark.long", IReadingEntry.RemarkLength]);
        return new(building, day, source, [.. fields.Keys.Select(k => Line(fields, k)).OfType<SheetLine>()], form["remark"], KeyOf(form));
    }

    public static LocalDate? Day(string? text)
    {
        foreach (var pattern in Days)
        {
            if (pattern.Parse(text?.Trim() ?? "").TryGetValue(default, out var day))
                return day;
        }

        return null;
    }

    /// <summary>Of a day before it nobody sends a reading: it is a slip of the year.</summary>
    public static LocalDate Oldest(LocalDate today) => today.PlusYears(-3);

    /// <summary>As addresses and date fields write it.</summary>
    public static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    /// <summary>A form that lost its key gets one that nothing was recorded under.</summary>
    private static Guid KeyOf(FormState form) => Guid.TryParseExact(form["form"], "D", out var key) ? key : Guid.CreateVersion7();

    private static ReadingSource? Source(string text) => text switch
    {
        nameof(ReadingSource.Controller) => ReadingSource.Controller,
        nameof(ReadingSource.Consumer) => ReadingSource.Consumer,
        _ => null,
    };

    private static SheetLine? Line(IFormCollection fields, string name)
    {
        if (!name.StartsWith(Value, StringComparison.Ordinal) || name[Value.Length..].Split('-') is not [var meter, var zone]
            || !long.TryParse(meter, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !short.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out var register)
            || !Enum.IsDefined((Zone)register))
        {
            return null;
        }

        return new(
            new(id), (Zone)register, fields[name].ToString(),
            fields[Confirmed + name[Value.Length..]].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }
}

using Microsoft.Extensions.Localization;
using NodaTime.Text;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Refusals;

namespace Ochag.Server.Console.Readings;

/// <summary>What rules find, in sentences of the reader's language, with numbers and days as the pages write them.</summary>
internal static class ReadingWords
{
    /// <summary>Numbers of meters and dials: as they are, with zeros in front.</summary>
    private static readonly string[] AsWritten = ["serial", "seen", "text", "who"];

    public static string Of(IStringLocalizer<Texts> texts, Finding finding) => RefusalSentences.Of(
        finding.Reason with { Facts = [.. finding.Reason.Facts.Select(f => (f.Name, Said(texts, f.Name, f.Value)))] }, texts);

    /// <summary>What the work list calls such findings.</summary>
    public static string Title(IStringLocalizer<Texts> texts, string code) =>
        texts["doubt." + code["metering.".Length..]] is { ResourceNotFound: false } found ? found : texts["doubt.other"];

    /// <summary>"sheet 0190…; remark; metering.use-high" in words; null: it does not rest on a sheet.</summary>
    public static string? Evidence(IStringLocalizer<Texts> texts, string evidence)
    {
        if (!evidence.StartsWith("sheet ", StringComparison.Ordinal))
            return null;
        var parts = evidence.Split("; ").Skip(1).ToLookup(p => p.StartsWith("metering.", StringComparison.Ordinal));
        var told = new List<string> { texts["evidence.sheet"] };
        told.AddRange(parts[false]);
        if (parts[true].Any())
            told.Add(texts["evidence.sheet.confirmed", string.Join(", ", parts[true].Select(c => Title(texts, c)))]);
        return string.Join("; ", told);
    }

    public static string UnitOf(Service service) => service switch
    {
        Service.Heating => "unit.gcal",
        Service.Electricity => "unit.kwh",
        _ => "unit.m3",
    };

    private static string Said(IStringLocalizer<Texts> texts, string name, string value) =>
        AsWritten.Contains(name, StringComparer.Ordinal) ? value
        : name == "basis" ? texts["estimate." + value]
        : name == "proposed" ? value.Replace('.', Languages.Current == "en" ? '.' : ',')
        : LocalDatePattern.Iso.Parse(value) is { Success: true } day ? Formats.Brief(day.Value)
        : Fixed.TryParse(value, out var number) ? Formats.Of(number)
        : value;
}

using System.Globalization;
using Microsoft.Extensions.Localization;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Facts;

namespace Ochag.Server.Console.Meters;

/// <summary>A meter's life as lines of a history.</summary>
internal static class MeterHistory
{
    /// <summary>Records and the readings that belong to them, the latest days first.</summary>
    public static IReadOnlyList<HistoryLine> Of(
        MeterLife life, IEnumerable<(Reading Reading, FactOrigin Origin)> readings, IStringLocalizer<Texts> texts) =>
    [
        .. life.Lines.Select(l => Line(l, texts)).Concat(readings.Where(r => r.Reading.Mark != ReadingMark.None
                || r.Reading.Source == ReadingSource.Verification).Select(r => Line(r.Reading, r.Origin, texts)))
            .OrderByDescending(l => l.From).ThenByDescending(l => l.Origin.RecordedAt),
    ];

    /// <summary>Readings with what each rests on; one that counts may be put right by who writes.</summary>
    public static IReadOnlyList<HistoryLine> Of(
        IReadOnlyList<KeptReading> readings, MeterHome home, IStringLocalizer<Texts> texts) =>
    [
        .. readings.Select(r => new HistoryLine(
            Said(r.Reading, texts), r.Reading.Taken, null, r.Origin, r.SupersededAt,
            r.SupersededAt is null && home.MayWrite
                ? (texts["fact.correct"].Value, CorrectionRoutes.PathOf(home, r.Reading))
                : null)
        {
            IsMoment = true,
            End = r.Withdrawal is { } end ? texts["readings.withdrawn", end.Origin.RecordedBy, end.Origin.Evidence].Value : null,
        }),
    ];

    /// <summary>"518,2 · потребитель", a reading of several zones with their names.</summary>
    public static string Said(Reading reading, IStringLocalizer<Texts> texts)
    {
        var indexes = Indexes(reading.Values, texts);
        var said = reading.Mark == ReadingMark.None ? indexes : texts["meter.mark." + reading.Mark, indexes].Value;
        return $"{said} · {texts["source." + reading.Source]}";
    }

    public static string Indexes(IEnumerable<RegisterIndex> values, IStringLocalizer<Texts> texts) => string.Join(
        ", ", values.Select(v => (v.Zone == Zone.Single ? "" : texts["zone." + v.Zone] + " ") + Formats.Of(v.Index)));

    /// <summary>What was recorded last of its life.</summary>
    public static HistoryLine? Last(MeterLife life, IStringLocalizer<Texts> texts) =>
        life.Lines.Where(l => l.IsKnown).MaxBy(l => l.Origin.RecordedAt) is { } last ? Line(last, texts) : null;

    /// <summary>The latest steps of all meters of a place, each with its number.</summary>
    public static IReadOnlyList<HistoryLine> OfAccount(IReadOnlyList<MeterLife> lives, string path, IStringLocalizer<Texts> texts) =>
    [
        .. lives.SelectMany(life => life.Lines.Where(l => l.IsKnown).Select(l => Line(l, texts) with
        {
            Subject = (life.Place.Serial, string.Create(CultureInfo.InvariantCulture, $"{path}/meters/{life.Place.Id.Value}")),
        })).OrderByDescending(l => l.From).ThenByDescending(l => l.Origin.RecordedAt).Take(StepsShown),
    ];

    private const int StepsShown = 8;

    private static HistoryLine Line(FactLine<MeterEvent> line, IStringLocalizer<Texts> texts) => new(
        texts["meter.stage." + line.Value.Stage, line.Value.Seal ?? ""], line.From, line.To, line.Origin, line.SupersededAt);

    private static HistoryLine Line(Reading reading, FactOrigin origin, IStringLocalizer<Texts> texts) => new(
        texts[
            reading.Mark == ReadingMark.None ? "meter.mark.Verification" : "meter.mark." + reading.Mark,
            Indexes(reading.Values, texts)],
        reading.Taken, null, origin, null)
    {
        IsMoment = true,
    };
}

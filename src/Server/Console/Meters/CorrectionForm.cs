using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Facts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Meters;

/// <summary>The form that puts a stored reading right.</summary>
/// <param name="reading">The record of it that the form was opened on.</param>
internal sealed class CorrectionForm(
    MeterHome home, MeterLife life, ReadingChain chain, long reading, IStringLocalizer<Texts> texts)
{
    private const string Withdraw = "withdraw";

    public MeterHome Home => home;

    public string Serial => life.Place.Serial;

    /// <summary>The record counts now: of one that others have replaced there is nothing to put right.</summary>
    public bool IsKnown => chain.Now?.Reading.Id == reading;

    private Reading Last => (chain.Now ?? chain.Last).Reading;

    public FactFormView View() => new()
    {
        Title = texts["correction.title", Formats.Of(Last.Taken)],
        Lead = $"{texts["service." + Parts.Service.Of(life.Place.Service).Key]} · {life.Place.Serial} · {home.Address}",
        Back = (texts["meter.back", life.Place.Serial], home.Of(life.Place.Id)),
        Path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{home.Of(life.Place.Id)}/readings/{reading}"),
        Version = chain.Version,
        Fields = [.. Fields()],
        Submit = texts["correction.submit"],
        Zone = home.Territory.TimeZone,
        Posted = home.Posted,
        Note = texts["correction.note", MeterHistory.Said(Last, texts), chain.Last.Origin.RecordedBy,
            Formats.Of(chain.Last.Origin.RecordedAt, home.Territory.TimeZone)],
        LooksFirst = true,
        Last = Written(),
    };

    public CorrectReading Read(FormState typed)
    {
        var read = new FormReader(typed, texts);
        var withdrawn = read.Ticked(Withdraw);
        var values = new List<RegisterIndex>();
        foreach (var zone in withdrawn ? [] : Last.Values.Select(v => v.Zone))
            values.Add(new(zone, read.Number(NameOf(zone))));
        return new(
            life.Place.Id, reading, withdrawn ? null : values, read.Text("evidence"), [], FactForms.VersionOf(typed));
    }

    /// <summary>What becomes of each register, and what would be asked of the reading after it.</summary>
    public List<string> Say(CorrectionDecision decision)
    {
        var unit = texts[ReadingWords.UnitOf(life.Place.Service)].Value;
        var lines = new List<string>();
        foreach (var change in decision.Changes)
        {
            var zone = change.Zone == Zone.Single ? "" : $"{texts["zone." + change.Zone]}: ";
            lines.Add(zone + (change.Becomes is { } becomes
                ? texts["correction.becomes", Formats.Of(change.Was), Formats.Of(becomes)].Value
                : change.Before is { } before
                    ? texts["correction.withdrawn", Formats.Of(change.Was), Formats.Of(before.Index), Formats.Brief(before.Day)].Value
                    : texts["correction.withdrawn.first", Formats.Of(change.Was)].Value));
            if (change is { UseWas: { } was, UseBecomes: { } use })
                lines.Add(zone + texts["correction.use", Use(was), Use(use), unit]);
        }

        lines.AddRange(decision.Later.Select(f => texts["correction.later", ReadingWords.Of(texts, f)].Value));
        return lines;
    }

    private static string Use(Exact use) => Formats.Of(new Fixed(use.Round(3) * 1000));

    private IEnumerable<FormField> Fields()
    {
        foreach (var value in Last.Values)
        {
            var now = chain.Now?.Reading.Values.Where(v => v.Zone == value.Zone).Select(v => Formats.Typed(v.Index)).FirstOrDefault();
            yield return new(
                FieldKind.Number, NameOf(value.Zone),
                value.Zone == Zone.Single ? texts["correction.index"] : $"{texts["correction.index"]}, {texts["zone." + value.Zone]}")
            {
                Value = Formats.Typed(value.Index), Now = now ?? "", MaxLength = 20,
                Codes = value == Last.Values[0] ? ["metering.correction-same"] : [],
            };
        }

        yield return new(FieldKind.Tick, Withdraw, texts["correction.withdraw"])
        {
            Required = false, Help = texts["correction.withdraw.help"], Now = chain.Now is null ? "yes" : "",
            Codes = ["metering.correction-mark-kept"],
        };
        yield return new(FieldKind.Text, "evidence", texts["correction.reason"])
        {
            Help = texts["correction.reason.help"], MaxLength = IReadingEntry.RemarkLength,
            Now = (chain.Last.Withdrawal?.Origin ?? chain.Last.Origin).Evidence is { } said ? Desk.Words.Evidence(texts, said) : "",
            Codes = ["metering.correction-reason-missing"],
        };
    }

    private HistoryLine Written() => new(
        chain.Now is null ? texts["correction.isWithdrawn"] : MeterHistory.Said(Last, texts), Last.Taken, Last.Taken,
        chain.Last.Withdrawal?.Origin ?? chain.Last.Origin, null);

    private static string NameOf(Zone zone) => $"index-{zone}";
}

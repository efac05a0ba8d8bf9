using Microsoft.Extensions.Localization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Facts.Subjects;

/// <summary>Temporary absences of an account's people: recorded, put right, taken back.</summary>
internal sealed class AbsencesSubject(IAbsences absences, IStringLocalizer<Texts> texts) : FactSubject(texts)
{
    private const string New = "record";
    private FactChain<Absence> _chain = new([]);

    public override string Name => "absences";

    public override string Version => _chain.Version;

    public override IReadOnlyList<string> Acts => [New];

    public override async Task Load(FactHome home, CancellationToken stop) => _chain = await absences.Read(home.Card.Id, stop);

    public override IReadOnlyList<HistoryLine> Lines(FactHome home) => LinesOf(home, _chain, a => Say(T, a));

    public static string Say(IStringLocalizer<Texts> texts, Absence absence) => texts[
        absence.Proof ? "absences.say.proved" : "absences.say.unproved", absence.Persons, Formats.Brief(absence.Applied)];

    public override IReadOnlyList<FormField>? Fields(FactHome home, string act, long record)
    {
        var line = _chain.Known.FirstOrDefault(l => l.Id == record);
        if (act == Correct && line is null)
            return null;
        var now = (line ?? _chain.Known.MaxBy(l => l.Id))?.Value;
        var known = line?.Value;
        return
        [
            Dated("from", known?.From, now?.From, "billing.absence-before-account"),
            Dated("to", known?.To, now?.To, "billing.absence-days-turned", "billing.absence-day-wrong"),
            new(FieldKind.Whole, "persons", T["absences.field.persons"])
            {
                MaxLength = 4, Value = $"{known?.Persons ?? 1}", Now = now is null ? null : $"{now.Persons}",
                Codes = ["billing.absence-persons-wrong", "billing.absence-persons-many", "registry.nothing-changed"],
            },
            Dated("applied", known?.Applied ?? home.Today, now?.Applied, "billing.absence-applied-later"),
            new(FieldKind.Tick, "proof", T["absences.field.proof"])
            {
                Required = false, Help = T["absences.field.proof.help"], Value = known?.Proof == true ? "yes" : "",
                Now = now?.Proof == true ? "yes" : "",
            },
            Evidence((line ?? _chain.Known.MaxBy(l => l.Id))?.Origin.Evidence) with { Codes = ["billing.absence-evidence-missing"] },
            .. act == Correct ? [Mistake()] : Array.Empty<FormField>(),
        ];
    }

    public override Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed)
    {
        var read = typed.Reader;
        var absence = new Absence(
            read.Day("from"), read.Day("to"), read.Whole("persons"), read.Ticked("proof"), read.Day("applied"));
        var command = new RecordAbsence(
            home.Card.Building, home.Card.Id, act == Correct ? record : null,
            act == Correct && read.Ticked("mistake") ? null : absence, read.Text("evidence"), typed.Version);
        return () => absences.Record(home.Territory, command, typed.By, typed.Stop);
    }

    private FormField Dated(string name, NodaTime.LocalDate? value, NodaTime.LocalDate? now, params string[] codes) =>
        new(FieldKind.Day, name, T["absences.field." + name])
        {
            Value = value is { } day ? SheetInput.Iso(day) : "", Now = now is { } known ? SheetInput.Iso(known) : null, Codes = codes,
        };
}

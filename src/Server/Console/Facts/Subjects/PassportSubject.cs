using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Facts.Subjects;

/// <summary>The passport of an account's premises: it changes from a day, or a version of it is put right.</summary>
internal sealed class PassportSubject(IRegistryEdits edits, IStringLocalizer<Texts> texts) : FactSubject(texts)
{
    private const string ChangeIt = "change";
    private FactChain<PremisesPassport> _chain = new([]);

    public override string Name => "passport";

    public override string Version => _chain.Version;

    public override IReadOnlyList<string> Acts => [ChangeIt];

    public override async Task Load(FactHome home, CancellationToken stop) =>
        _chain = await edits.ReadPassports(home.Card.PremisesId, stop);

    public override IReadOnlyList<HistoryLine> Lines(FactHome home) => LinesOf(home, _chain, Say);

    public override IReadOnlyList<FormField>? Fields(FactHome home, string act, long record)
    {
        var line = act == Correct ? _chain.Known.FirstOrDefault(l => l.Id == record) : null;
        if (act == Correct && line is null)
            return null;
        var now = line ?? _chain.Known.FirstOrDefault();
        var known = now?.Value;
        return
        [
            .. act == Correct ? Array.Empty<FormField>() : [Day(T["passport.field.from"], home.Today, now?.From)],
            Number("area", known?.Area, true, "registry.area-wrong", "registry.nothing-changed"),
            Number("heated", known?.HeatedArea, false, "registry.heated-area-wrong") with { Help = T["passport.field.heated.help"] },
            new(FieldKind.Whole, "rooms", T["passport.field.rooms"])
            {
                Required = false, MaxLength = 3, Value = $"{known?.Rooms}", Now = $"{known?.Rooms}", Codes = ["registry.rooms-wrong"],
            },
            new(FieldKind.Choice, "kind", T["premises.kind"])
            {
                Options = [.. Enum.GetValues<PremisesKind>().Select(k => ($"{k}", T["premises.kind." + k].Value))],
                Value = $"{known?.Kind}", Now = $"{known?.Kind}",
            },
            Tick("own", T["passport.field.own"], known?.OwnHeatSource),
            Tick("cold", T["passport.field.cold"], known?.ColdMeterPossible),
            Tick("hot", T["passport.field.hot"], known?.HotMeterPossible),
            Evidence(now?.Origin.Evidence),
        ];
    }

    public override Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed)
    {
        var read = typed.Reader;
        var line = _chain.Known.FirstOrDefault(l => l.Id == record);
        var from = act == Correct ? line?.From ?? home.Today : read.Day("from");
        var passport = new PremisesPassport(
            from, null, read.Term<PremisesKind>("kind"), read.Number("area"), read.Ticked("own"), read.Ticked("cold"), read.Ticked("hot"))
        {
            HeatedArea = read.NumberOrNone("heated"),
            Rooms = read.Text("rooms").Length == 0 ? null : read.Whole("rooms"),
        };
        var step = new FactStep(from, null, read.Text("evidence"), typed.Version);
        return () => edits.Change(
            home.Territory, new(home.Card.PremisesId, act == Correct ? record : null, passport, step), typed.By, typed.Stop);
    }

    private FormField Number(string name, Fixed? known, bool required, params string[] codes)
    {
        var text = known is { } value ? Formats.Typed(value) : "";
        return new(FieldKind.Number, name, T["passport.field." + name])
        {
            Required = required, MaxLength = 12, Value = text, Now = text, Codes = codes,
        };
    }

    private static FormField Tick(string name, string label, bool? known) => new(FieldKind.Tick, name, label)
    {
        Required = false, Value = known == true ? "yes" : "", Now = known == true ? "yes" : "",
    };

    private string Say(PremisesPassport passport) => string.Join(" · ", new[]
    {
        T["premises.kind." + passport.Kind].Value,
        T["passport.say.area", Formats.Of(passport.Area)].Value,
        passport.HeatedArea is { } heated ? T["passport.say.heated", Formats.Of(heated)].Value : null,
        passport.Rooms is { } rooms ? T["passport.say.rooms", rooms].Value : null,
        passport.OwnHeatSource ? T["passport.say.own"].Value : null,
        passport.ColdMeterPossible ? T["passport.say.cold"].Value : null,
        passport.HotMeterPossible ? T["passport.say.hot"].Value : null,
    }.OfType<string>());
}

using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Facts.Subjects;

/// <summary>Who lives on an account, by day: they move in, move out, stay for a while; a record is put right.</summary>
internal sealed class ResidentsSubject(IRegistryEdits edits, IStringLocalizer<Texts> texts) : FactSubject(texts)
{
    private const string In = "in";
    private const string Out = "out";
    private FactChain<Household> _chain = new([]);

    public override string Name => "residents";

    public override string Version => _chain.Version;

    public override IReadOnlyList<string> Acts => [In, Out];

    public override async Task Load(FactHome home, CancellationToken stop) => _chain = await edits.ReadResidents(home.Card.Id, stop);

    public override IReadOnlyList<HistoryLine> Lines(FactHome home) => LinesOf(home, _chain, Say);

    public override IReadOnlyList<FormField>? Fields(FactHome home, string act, long record)
    {
        var line = _chain.Known.FirstOrDefault(l => l.Id == record);
        if (act == Correct && line is null)
            return null;
        var now = line ?? _chain.Known.FirstOrDefault();
        return
        [
            new(FieldKind.Whole, "count", T["residents.field.count." + act])
            {
                MaxLength = 4, Value = line is null ? "1" : $"{line.Value.Count}", Now = now is null ? null : $"{now.Value.Count}",
                Codes = ["registry.residents-count-wrong", "registry.residents-too-few", "registry.nothing-changed"],
            },
            new(FieldKind.Choice, "temporary", T["residents.field.how"])
            {
                Options = [("no", T["residents.registered"]), ("yes", T["residents.temporary"])],
                Value = Word(line), Now = Word(now),
            },
            Day(T["residents.field.from." + act], line?.From ?? home.Today, now?.From),
            LastDay(line?.To, now?.To),
            Evidence(now?.Origin.Evidence),
            .. act == Correct ? [Mistake()] : Array.Empty<FormField>(),
        ];
    }

    public override Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed)
    {
        var people = new Household(typed.Reader.Whole("count"), typed.Reader.Text("temporary") == "yes");
        var step = Step(typed);
        return act == Correct
            ? () => edits.Correct(
                home.Territory, new Correction<Household>(home.Card.Id, record, typed.Reader.Ticked("mistake") ? null : people, step),
                typed.By, typed.Stop)
            : () => edits.Move(home.Territory, new(home.Card.Id, act == In, people, step), typed.By, typed.Stop);
    }

    private string Say(Household people) =>
        T[people.Temporary ? "residents.say.temporary" : "residents.say.registered", people.Count];

    private static string Word(FactLine<Household>? line) => line?.Value.Temporary == true ? "yes" : "no";
}

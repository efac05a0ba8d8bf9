using Microsoft.Extensions.Localization;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Facts.Subjects;

/// <summary>Marks of a household that must not be left without supply: seen and set by those who have the right to it.</summary>
internal sealed class MarksSubject(IRegistryEdits edits, IStringLocalizer<Texts> texts) : FactSubject(texts)
{
    private const string Set = "set";
    private FactChain<MarkReason> _chain = new([]);

    public override string Name => "marks";

    public override string Version => _chain.Version;

    public override IReadOnlyList<string> Acts => [Set];

    public override async Task Load(FactHome home, CancellationToken stop) => _chain = await edits.ReadMarks(home.Card.Id, stop);

    public override IReadOnlyList<HistoryLine> Lines(FactHome home) => LinesOf(home, _chain, Say);

    public override IReadOnlyList<FormField>? Fields(FactHome home, string act, long record)
    {
        var line = _chain.Known.FirstOrDefault(l => l.Id == record);
        if (act == Correct && line is null)
            return null;
        var now = line ?? _chain.Known.MaxBy(l => l.Id);
        return
        [
            new(FieldKind.Choice, "reason", T["marks.field.reason"])
            {
                Options = [.. Enum.GetValues<MarkReason>().Select(r => ($"{r}", Say(r)))],
                Value = line is null ? "" : $"{line.Value}", Now = now is null ? null : $"{now.Value}",
                Codes = ["registry.mark-there", "registry.nothing-changed"],
            },
            Day(T["marks.field.from"], line?.From ?? home.Today, now?.From),
            LastDay(line?.To, now?.To),
            Evidence(now?.Origin.Evidence),
            .. act == Correct ? [Mistake()] : Array.Empty<FormField>(),
        ];
    }

    public override Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed)
    {
        var step = Step(typed);
        var mark = new MarkHousehold(home.Card.Id, typed.Reader.Term<MarkReason>("reason"), step);
        return act == Correct
            ? () => edits.Correct(
                home.Territory,
                new Correction<MarkHousehold>(home.Card.Id, record, typed.Reader.Ticked("mistake") ? null : mark, step),
                typed.By, typed.Stop)
            : () => edits.Mark(home.Territory, mark, typed.By, typed.Stop);
    }

    private string Say(MarkReason reason) => T["marks.reason." + reason];
}

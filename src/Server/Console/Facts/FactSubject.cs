using Microsoft.Extensions.Localization;
using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Server.Console.Readings;

namespace Ochag.Server.Console.Facts;

/// <summary>
/// One kind of an account's facts: its history, and the forms that change it. A new kind is a class of this and a line in
/// <see cref="FactRoutes"/>.
/// </summary>
internal abstract class FactSubject(IStringLocalizer<Texts> texts)
{
    /// <summary>What is done with a record that is there.</summary>
    public const string Correct = "correct";

    /// <summary>The last part of its address, and the beginning of its texts.</summary>
    public abstract string Name { get; }

    /// <summary>State of the chain.</summary>
    public abstract string Version { get; }

    /// <summary>What may be done besides putting a record right.</summary>
    public abstract IReadOnlyList<string> Acts { get; }

    protected IStringLocalizer<Texts> T => texts;

    /// <summary>Reads the chain; everything else is asked after it.</summary>
    public abstract Task Load(FactHome home, CancellationToken stop);

    /// <summary>The latest days first.</summary>
    public abstract IReadOnlyList<HistoryLine> Lines(FactHome home);

    /// <summary>The fields of an act, filled with what is known; null: the record is not known now.</summary>
    public abstract IReadOnlyList<FormField>? Fields(FactHome home, string act, long record);

    /// <summary>Reads what was typed and tells how it is saved.</summary>
    public abstract Func<Task<IReadOnlyList<Refusal>>> Read(FactHome home, string act, long record, FactTyped typed);

    /// <summary>The field of a refusal that no field names by its code.</summary>
    public virtual string FieldOf(Refusal refusal) => "";

    protected string PathOf(FactHome home) => $"{home.Path}/{Name}";

    /// <summary>Lines of a chain; what is known now may be put right by who writes.</summary>
    protected IReadOnlyList<HistoryLine> LinesOf<TValue>(FactHome home, FactChain<TValue> chain, Func<TValue, string> say) =>
    [
        .. chain.Lines.OrderBy(l => !l.IsKnown).ThenByDescending(l => l.From).ThenByDescending(l => l.Id).Select(l => new HistoryLine(
            say(l.Value), l.From, l.To, l.Origin, l.SupersededAt,
            l.IsKnown && home.MayWrite
                ? (texts["fact.correct"].Value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PathOf(home)}/records/{l.Id}"))
                : null)),
    ];

    protected FormField Day(string label, LocalDate? value, LocalDate? now = null, params string[] codes) =>
        new(FieldKind.Day, "from", label)
        {
            Value = value is { } day ? SheetInput.Iso(day) : "",
            Now = now is { } known ? SheetInput.Iso(known) : null,
            Codes = ["registry.step-of-the-future", "registry.step-too-early", "registry.step-before-account", .. codes],
        };

    protected FormField LastDay(LocalDate? value, LocalDate? now = null) => new(FieldKind.Day, "to", texts["fact.to"])
    {
        Required = false,
        Value = value is { } day ? SheetInput.Iso(day) : "",
        Now = now is { } known ? SheetInput.Iso(known) : null,
        Codes = ["registry.step-days-turned"],
    };

    protected FormField Evidence(string? now = null) => new(FieldKind.Text, "evidence", texts["fact.evidence"])
    {
        Help = texts["form.evidence.help"], Now = now, Codes = ["registry.step-evidence-missing"],
    };

    /// <summary>The record should not be there at all.</summary>
    protected FormField Mistake() => new(FieldKind.Tick, "mistake", texts["fact.mistake"])
    {
        Required = false, Help = texts["fact.mistake.help"],
    };

    protected static FactStep Step(FactTyped typed) => new(
        typed.Reader.Day("from"), typed.Reader.DayOrNone("to"), typed.Reader.Text("evidence"), typed.Version);
}

/// <summary>What was typed, by whom, on which state of the chain.</summary>
internal sealed record FactTyped(FormReader Reader, string Version, string By, CancellationToken Stop);

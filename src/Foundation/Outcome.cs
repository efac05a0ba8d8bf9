namespace Ochag.Foundation;

/// <summary>
/// An expected "no": a stable code ("billing.period-closed") and the facts that explain it. The sentence for people is
/// made from both in one place, in their language.
/// </summary>
public sealed record Refusal(string Code, params (string Name, string Value)[] Facts)
{
    public override string ToString() =>
        Facts.Length == 0 ? Code : $"{Code} ({string.Join(", ", Facts.Select(f => $"{f.Name}: {f.Value}"))})";
}

/// <summary>A value, or the refusal that stands in its place. Faults (a broken disk, a bug) are exceptions instead.</summary>
public readonly struct Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, Refusal? refusal)
    {
        _value = value;
        Refusal = refusal;
    }

    public Refusal? Refusal { get; }
    public bool IsRefused => Refusal is not null;

    public T Value => Refusal is null
        ? _value!
        : throw new InvalidOperationException($"Refused: {Refusal}");

    public static implicit operator Outcome<T>(T value) => new(value, null);
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

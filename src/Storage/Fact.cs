using NodaTime;

namespace Ochag.Storage;

/// <summary>
/// A fact with two times: when it holds (<see cref="From"/> to <see cref="To"/>, local days) and when we learnt it
/// (<see cref="RecordedAt"/>, by whom, from what evidence). A fact is superseded, never overwritten or deleted: the
/// only change a row ever sees is that its knowledge ends, once.
/// </summary>
public abstract class Fact
{
    /// <summary>First day on which the fact holds.</summary>
    public required LocalDate From { get; init; }

    /// <summary>
    /// Last day on which it holds, inclusive; null: open. Where the rules count half-open the property's own remark says so.
    /// </summary>
    public LocalDate? To { get; init; }

    public required Instant RecordedAt { get; init; }

    /// <summary>Who recorded it: a user's name, or the import or program that did.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>What it rests on: a document, an act, a register and its line.</summary>
    public required string Evidence { get; init; }

    /// <summary>When another fact took its place; null: it is what we know now.</summary>
    public Instant? SupersededAt { get; private set; }

    public void Supersede(Instant at) => SupersededAt = SupersededAt is null
        ? at
        : throw new InvalidOperationException("A fact is superseded once.");
}

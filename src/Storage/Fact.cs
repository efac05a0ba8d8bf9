using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Ochag.Storage;

/// <summary>
/// A fact with two times: when it holds (local days) and when we learnt it (by whom, from what evidence). A fact is
/// superseded, never overwritten or deleted: the only change a row ever sees is that its knowledge ends, once.
/// </summary>
public abstract record Fact : IKept
{
    public required long Id { get; init; }

    /// <summary>First day on which the fact holds.</summary>
    public required LocalDate EffectiveFrom { get; init; }

    /// <summary>Last day on which it holds, inclusive; null: open.</summary>
    public LocalDate? EffectiveTo { get; init; }

    public required Recorded Recorded { get; init; }

    /// <summary>When another fact took its place; null: it is what we know now.</summary>
    public Instant? SupersededAt { get; private set; }

    public void Supersede(Instant at) => SupersededAt = SupersededAt is null
        ? at
        : throw new InvalidOperationException("A fact is superseded once.");
}

/// <summary>How we came to know something.</summary>
/// <param name="At">When it was recorded.</param>
/// <param name="By">Who recorded it: a user's name, or the import that did.</param>
/// <param name="Evidence">What it rests on: a document, an act, a register and its line.</param>
public readonly record struct Recorded(Instant At, string By, string Evidence);

public static class FactModel
{
    public const int TextLength = 200;

    /// <summary>A table of facts: own key, days in order, texts with a limit.</summary>
    public static EntityTypeBuilder<TFact> Fact<TFact>(this ModelBuilder model, string table)
        where TFact : Fact
    {
        var entity = model.Entity<TFact>();
        entity.ToTable(table, t => t.HasCheckConstraint($"ck_{table}_days", "effective_to IS NULL OR effective_to >= effective_from"));
        entity.HasKey(f => f.Id);
        entity.Property(f => f.Id).ValueGeneratedNever();
        entity.ComplexProperty(f => f.Recorded, Limit);
        return entity;
    }

    /// <summary>The columns of a <see cref="Recorded"/>, with a limit to their texts.</summary>
    public static void Limit(ComplexPropertyBuilder<Recorded> recorded)
    {
        recorded.Property(r => r.By).HasMaxLength(TextLength);
        recorded.Property(r => r.Evidence).HasMaxLength(TextLength);
    }

    /// <summary>What is known now.</summary>
    public static IQueryable<TFact> Known<TFact>(this IQueryable<TFact> facts)
        where TFact : Fact => facts.Where(f => f.SupersededAt == null);

    /// <summary>What was known at a moment, what was recorded in it included; null: what is known now.</summary>
    public static IQueryable<TFact> Known<TFact>(this IQueryable<TFact> facts, Instant? asOf)
        where TFact : Fact => asOf is { } at
            ? facts.Where(f => f.Recorded.At <= at && (f.SupersededAt == null || f.SupersededAt > at))
            : facts.Known();
}

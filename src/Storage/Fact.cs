using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Ochag.Storage;

/// <summary>
/// A fact with two times: when it holds (local days) and when we learnt it (by whom, from what evidence). A fact is
/// superseded, never overwritten or deleted: the only change a row ever sees is that its knowledge ends, once.
/// </summary>
public abstract class Fact
{
    public required long Id { get; init; }

    /// <summary>First day on which the fact holds.</summary>
    public required LocalDate EffectiveFrom { get; init; }

    /// <summary>Last day on which it holds, inclusive; null: open.</summary>
    public LocalDate? EffectiveTo { get; init; }

    public required Instant RecordedAt { get; init; }

    /// <summary>Who recorded it: a user's name, or the import that did.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>What it rests on: a document, an act, a register and its line.</summary>
    public required string Evidence { get; init; }

    /// <summary>When another fact took its place; null: it is what we know now.</summary>
    public Instant? SupersededAt { get; private set; }

    public void Supersede(Instant at) => SupersededAt = SupersededAt is null
        ? at
        : throw new InvalidOperationException("A fact is superseded once.");
}

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
        entity.Property(f => f.RecordedBy).HasMaxLength(TextLength);
        entity.Property(f => f.Evidence).HasMaxLength(TextLength);
        return entity;
    }

    /// <summary>What is known now.</summary>
    public static IQueryable<TFact> Known<TFact>(this IQueryable<TFact> facts)
        where TFact : Fact => facts.Where(f => f.SupersededAt == null);
}

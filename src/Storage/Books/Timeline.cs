using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using NodaTime;

#pragma warning disable EF1002 // the name of the table is that of the model; values are parameters

namespace Ochag.Storage.Books;

/// <summary>Days of facts that are about the same subject.</summary>
public static class Timeline
{
    private const int IdsAtOnce = 500;

    public static bool Meet(Fact a, Fact b) => StartsBy(a, b.EffectiveTo) && StartsBy(b, a.EffectiveTo);

    /// <summary>Every day of <paramref name="b"/> is one of <paramref name="a"/>.</summary>
    public static bool Covers(Fact a, Fact b) =>
        a.EffectiveFrom <= b.EffectiveFrom && (a.EffectiveTo is null || b.EffectiveTo is not null && b.EffectiveTo <= a.EffectiveTo);

    /// <summary>Alike in everything but their days, their ids and who recorded them.</summary>
    public static bool SayTheSame<TFact>(TFact a, TFact b)
        where TFact : Fact => a == b with
        {
            Id = a.Id,
            EffectiveFrom = a.EffectiveFrom,
            EffectiveTo = a.EffectiveTo,
            Recorded = a.Recorded,
        };

    /// <summary>The days of <paramref name="old"/> before and after those of <paramref name="over"/>.</summary>
    public static IEnumerable<(LocalDate From, LocalDate? To)> Rest(Fact old, Fact over)
    {
        if (old.EffectiveFrom < over.EffectiveFrom)
            yield return (old.EffectiveFrom, over.EffectiveFrom.PlusDays(-1));
        if (over.EffectiveTo is { } to && (old.EffectiveTo is null || to < old.EffectiveTo))
            yield return (to.PlusDays(1), old.EffectiveTo);
    }

    /// <summary>Ends our knowing of facts, each once.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody has superseded one of them already.</exception>
    internal static async Task Supersede(
        OchagDb db, IEntityType entity, IReadOnlyList<long> ids, Instant at, CancellationToken cancel)
    {
        foreach (var some in ids.Chunk(IdsAtOnce))
        {
            var marks = string.Join(", ", some.Select((_, i) => $"{{{i + 1}}}"));
            object[] values = [at.ToDateTimeUtc(), .. some.Cast<object>()];
            var ended = await db.Database.ExecuteSqlRawAsync(
                $"UPDATE {entity.GetTableName()} SET superseded_at = {{0}} WHERE superseded_at IS NULL AND id IN ({marks})",
                values,
                cancel);
            if (ended != some.Length)
                throw new DbUpdateConcurrencyException($"{some.Length - ended} of {entity.ShortName()} were superseded by somebody else.");
        }
    }

    private static bool StartsBy(Fact fact, LocalDate? day) => day is null || fact.EffectiveFrom <= day;
}

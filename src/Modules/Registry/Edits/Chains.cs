using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Registry.Edits;

/// <summary>Facts as chains: everything that was ever recorded of one subject.</summary>
internal static class Chains
{
    public static Task<List<TFact>> Facts<TFact>(
        this OchagDb db, Expression<Func<TFact, bool>> which, CancellationToken cancel)
        where TFact : Fact => db.Set<TFact>().AsNoTracking().Where(which).OrderByDescending(f => f.Id).ToListAsync(cancel);

    public static FactLine<T> Line<TFact, T>(this TFact fact, T value)
        where TFact : Fact => new(
            fact.Id, value, fact.EffectiveFrom, fact.EffectiveTo, Origin(fact.Recorded), fact.SupersededAt);

    public static FactOrigin Origin(Recorded recorded) => new(recorded.By, recorded.At, recorded.Evidence);

    /// <summary>What is known now, as a list that a timeline grows in.</summary>
    public static List<TFact> Current<TFact>(this IEnumerable<TFact> facts)
        where TFact : Fact => [.. facts.Where(f => f.SupersededAt is null)];
}

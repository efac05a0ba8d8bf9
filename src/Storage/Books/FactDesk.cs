using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Storage.Bulk;

namespace Ochag.Storage.Books;

/// <summary>One transaction in which a change of facts is decided and written; changes of one table go one after another.</summary>
public sealed class FactDesk(OchagDb db, IBulkWriter bulk)
{
    /// <param name="which">The chain: all that was ever recorded of the subject, the latest record first.</param>
    /// <param name="decide">Everything that is wrong; none: it is written.</param>
    /// <param name="late">What is said when a bulk load was faster: what the form was opened on holds no more.</param>
    public async Task<IReadOnlyList<Refusal>> Run<TFact>(
        Expression<Func<TFact, bool>> which, Recorded recorded, Func<IReadOnlyList<TFact>, Task<IReadOnlyList<Refusal>>> decide,
        Func<IReadOnlyList<TFact>, WriteBook, Task> write, Refusal late, CancellationToken cancel)
        where TFact : Fact
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.ReserveIds<TFact>(1, cancel);
        var chain = await db.Set<TFact>().AsNoTracking().Where(which).OrderByDescending(f => f.Id).ToListAsync(cancel);
        var refusals = await decide(chain);
        if (refusals.Count > 0)
            return refusals;
        try
        {
            var book = new WriteBook(db, bulk, recorded with { Evidence = recorded.Evidence.Trim() });
            await write(chain, book);
            await book.Write(cancel);
            await transaction.CommitAsync(cancel);
            return [];
        }
        catch (DbUpdateConcurrencyException)
        {
            return [late];
        }
    }
}

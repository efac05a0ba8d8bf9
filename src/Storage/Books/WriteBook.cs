using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Ochag.Storage.Bulk;

namespace Ochag.Storage.Books;

/// <summary>
/// What a piece of work writes, gathered first and written in bulk: new rows, and facts laid into their timelines. What
/// was written is told as ranges of ids, so that the whole of it can be taken back (<see cref="TakenBack"/>).
/// </summary>
/// <param name="isDry">Everything is decided and nothing is written: a preview.</param>
public sealed class WriteBook(OchagDb db, IBulkWriter bulk, Recorded recorded, bool isDry = false)
{
    private readonly Dictionary<Type, Page> _pages = [];

    /// <summary>Who records, when and on what evidence: of the facts that are put from now on.</summary>
    public Recorded Recorded { get; set; } = recorded;

    /// <summary>An id of a row that will be added.</summary>
    public ValueTask<long> NewId<TRow>(CancellationToken cancel)
        where TRow : class => PageOf<TRow>().NewId(isDry, cancel);

    public void Add<TRow>(TRow row)
        where TRow : class => PageOf<TRow>().Rows.Add(row);

    /// <summary>
    /// Lays a fact over the days that it holds: what was known of these days is superseded, what remains of it before and
    /// after is written anew on its old evidence.
    /// </summary>
    /// <param name="known">What is known of the same subject; brought up to date.</param>
    /// <returns>False: the same was known already, and nothing is written.</returns>
    public async ValueTask<bool> Put<TFact>(List<TFact> known, TFact fact, CancellationToken cancel)
        where TFact : Fact
    {
        var under = known.Where(k => Timeline.Meet(k, fact)).ToList();
        if (under.Exists(k => Timeline.Covers(k, fact) && Timeline.SayTheSame(k, fact)))
            return false;
        foreach (var old in under)
        {
            Withdraw(known, old);
            foreach (var (from, to) in Timeline.Rest(old, fact))
            {
                await Place(old with
                {
                    EffectiveFrom = from,
                    EffectiveTo = to,
                    Recorded = Recorded with { Evidence = old.Recorded.Evidence },
                });
            }
        }

        await Place(fact with { Recorded = Recorded });
        return true;

        async ValueTask Place(TFact placed)
        {
            placed = placed with { Id = await NewId<TFact>(cancel) };
            known.Add(placed);
            PageOf<TFact>().Rows.Add(placed);
        }
    }

    /// <summary>Ends our knowing of a fact; nothing takes its place.</summary>
    /// <param name="known">What is known of the same subject; brought up to date.</param>
    public void Withdraw<TFact>(List<TFact> known, TFact fact)
        where TFact : Fact
    {
        known.Remove(fact);
        PageOf<TFact>().Supersede(fact);
    }

    /// <summary>Writes what was gathered, in the caller's transaction, and begins anew.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody has superseded one of the facts meanwhile: read again.</exception>
    public async Task<WrittenRows> Write(CancellationToken cancel)
    {
        var ranges = new List<IdRange>();
        var superseded = new List<IdRange>();
        foreach (var page in isDry ? [] : InOrderOfReference(_pages.Values, p => p.Entity))
        {
            await page.Write(cancel);
            ranges.AddRange(IdRange.Of(page.Table, page.Given));
            superseded.AddRange(IdRange.Of(page.Table, page.Superseded));
        }

        foreach (var page in _pages.Values)
            page.Clear();
        return new(ranges, superseded);
    }

    /// <summary>Begins anew without writing: also the ids are asked for anew, the transaction that gave them may be undone.</summary>
    public void Forget() => _pages.Clear();

    /// <summary>Tables that others refer to come first.</summary>
    internal static IReadOnlyList<T> InOrderOfReference<T>(IEnumerable<T> items, Func<T, IEntityType> entity)
    {
        var left = items.ToList();
        var ordered = new List<T>();
        while (left.Count > 0)
        {
            var free = left.Where(item => !entity(item).GetForeignKeys().Any(key =>
                key.PrincipalEntityType != entity(item) && left.Exists(other => entity(other) == key.PrincipalEntityType))).ToList();
            if (free.Count == 0)
                throw new InvalidOperationException("Tables refer to each other in a ring.");
            ordered.AddRange(free);
            left.RemoveAll(free.Contains);
        }

        return ordered;
    }

    private Page<TRow> PageOf<TRow>()
        where TRow : class
    {
        if (!_pages.TryGetValue(typeof(TRow), out var page))
            _pages[typeof(TRow)] = page = new Page<TRow>(this, db, bulk);
        return (Page<TRow>)page;
    }

    /// <summary>What is gathered of one table.</summary>
    private abstract class Page(IEntityType entity)
    {
        public IEntityType Entity { get; } = entity;
        public string Table => Entity.GetTableName()!;

        /// <summary>Ids given out since the last writing.</summary>
        public List<long> Given { get; } = [];

        public List<long> Superseded { get; } = [];

        public abstract Task Write(CancellationToken cancel);

        public virtual void Clear()
        {
            Given.Clear();
            Superseded.Clear();
        }
    }

    private sealed class Page<TRow>(WriteBook book, OchagDb db, IBulkWriter bulk) : Page(
        db.Model.FindEntityType(typeof(TRow)) ?? throw new InvalidOperationException($"{typeof(TRow).Name} is not in the model."))
        where TRow : class
    {
        private const int IdsAtOnce = 500;
        private long _next;
        private long _end;

        public List<TRow> Rows { get; } = [];

        public async ValueTask<long> NewId(bool isDry, CancellationToken cancel)
        {
            if (_next == _end && isDry)
                _end = long.MaxValue;
            if (_next == _end)
            {
                _next = await db.ReserveIds<TRow>(IdsAtOnce, cancel);
                _end = _next + IdsAtOnce;
            }

            Given.Add(_next);
            return _next++;
        }

        /// <summary>What was put a moment ago and is not written yet simply goes.</summary>
        public void Supersede(Fact old)
        {
            if (Rows.Remove((TRow)(object)old))
                Given.Remove(old.Id);
            else
                Superseded.Add(old.Id);
        }

        public override async Task Write(CancellationToken cancel)
        {
            if (Superseded.Count > 0)
                await Timeline.Supersede(db, Entity, Superseded, book.Recorded.At, cancel);
            if (Rows.Count > 0)
                await bulk.Write(db, Rows, cancel);
        }

        public override void Clear()
        {
            base.Clear();
            Rows.Clear();
        }
    }
}

using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Desk;

/// <summary>Holders as the search compares them; the same place in all three is one holder.</summary>
internal sealed record People(WordIndex Names, HolderId[] Holders, ulong[] Phones, HolderId Newest);

/// <summary>
/// Names and telephones of all holders, kept in memory as numbers: some forty bytes for each. A holder changes only when he
/// is erased, and then all is read anew, whichever process erased him; those who came since are read beside the rest; what
/// was taken back is not found in the database afterwards.
/// </summary>
internal sealed class PeopleBook(IClock clock) : IDisposable
{
    /// <summary>An id that was reserved before the newest and came after it is found at the latest then.</summary>
    private static readonly Duration Fresh = Duration.FromHours(1);

    /// <summary>So many newcomers, and a quarter of the rest, are no longer read each time.</summary>
    private const int Newcomers = 20_000;

    private readonly SemaphoreSlim _reading = new(1);
    private volatile Kept? _kept;

    private sealed record Kept(People All, People? Since, Instant ReadAt, Erasings Erased)
    {
        public HolderId Newest => Since?.Newest ?? All.Newest;
        public IReadOnlyList<People> Parts => Since is null ? [All] : [All, Since];
    }

    /// <summary>How many were erased, and when the last was: two at one moment are still two.</summary>
    private readonly record struct Erasings(int Count, Instant? Last);

    public async Task<IReadOnlyList<People>> Read(OchagDb db, CancellationToken cancel)
    {
        var newest = await db.Set<Holder>().OrderByDescending(h => h.Id).Select(h => h.Id).FirstOrDefaultAsync(cancel);
        var erased = await ErasedIn(db, cancel);
        if (_kept is { } kept && kept.Newest == newest && kept.Erased == erased && clock.GetCurrentInstant() - kept.ReadAt < Fresh)
            return kept.Parts;
        await _reading.WaitAsync(cancel);
        try
        {
            kept = _kept;
            if (kept is null || clock.GetCurrentInstant() - kept.ReadAt >= Fresh || newest.Value < kept.Newest.Value
                || kept.Erased != erased)
                kept = new(await ReadAfter(db, default, cancel), null, clock.GetCurrentInstant(), erased);
            else if (kept.Newest != newest)
                kept = kept with { Since = await ReadAfter(db, kept.All.Newest, cancel) };
            if (kept.Since is { } since && since.Holders.Length > Newcomers + kept.All.Holders.Length / 4)
                kept = new(await ReadAfter(db, default, cancel), null, clock.GetCurrentInstant(), erased);
            _kept = kept;
            return kept.Parts;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private static async Task<Erasings> ErasedIn(OchagDb db, CancellationToken cancel) =>
        await db.Set<Holder>().Where(h => h.ErasedAt != null).GroupBy(_ => 1)
            .Select(g => new Erasings(g.Count(), g.Max(h => h.ErasedAt))).FirstOrDefaultAsync(cancel);

    private static async Task<People> ReadAfter(OchagDb db, HolderId after, CancellationToken cancel)
    {
        var (names, holders, phones) = (new WordIndex.Builder(), new List<HolderId>(), new List<ulong>());
        // Typed ids have no order in C#, so it is told in SQL.
        var rows = db.Set<Holder>().FromSql($"SELECT * FROM registry_holder WHERE id > {after.Value}").AsNoTracking().OrderBy(h => h.Id)
            .Select(h => new { h.Id, h.NameKey, h.Phone }).AsAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancel))
        {
            names.Add(row.NameKey.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            holders.Add(row.Id);
            phones.Add(Phones.National(row.Phone));
        }

        return new(names.Build(), [.. holders], [.. phones], holders.Count > 0 ? holders[^1] : after);
    }
}

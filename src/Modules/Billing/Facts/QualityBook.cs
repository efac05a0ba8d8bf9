using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Facts;

/// <summary>Hours of poor quality: entered once whatever comes twice, withdrawn once, never deleted.</summary>
internal sealed class QualityBook(OchagDb db, IBulkWriter bulk, IRegistry registry, RecordedFacts facts, IClock clock)
{
    public async Task<QualityDecision> Enter(
        TerritoryRecord territory, BuildingId building, QualityEntry entry, Guid form, string by, CancellationToken cancel)
    {
        var record = (await registry.ReadBuildings([building], cancel))[0];
        var decision = QualityEntries.Decide(entry, QualityPlace.Of(territory, record));
        if (decision.Event is not { } decided)
            return decision;
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            if (await Find(form, cancel) is null)
            {
                var fact = await Write(territory, building, [decided], by, entry.Evidence.Trim(), form, cancel);
                await transaction.CommitAsync(cancel);
                return new(decided with { Fact = fact }, []);
            }
        }
        catch (Exception e) when (e is DbException or DbUpdateException && e is not OperationCanceledException)
        {
            // Two posts of one form at the same moment: the unique key let one of them through.
            if (await Find(form, cancel) is null)
                throw;
        }

        return Compare(await Find(form, cancel), building, decided, entry.Evidence.Trim());
    }

    /// <returns>Why not; null: it is done.</returns>
    public async Task<Refusal?> Withdraw(BuildingId building, long fact, CancellationToken cancel)
    {
        var at = clock.GetCurrentInstant();
        var ended = await db.Set<QualityFact>().Where(q => q.Id == fact && q.BuildingId == building && q.SupersededAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(q => q.SupersededAt, (Instant?)at), cancel);
        return ended == 1 ? null
            : await db.Set<QualityFact>().AnyAsync(q => q.Id == fact && q.BuildingId == building, cancel)
                ? new("billing.quality-withdrawn-already")
                : new("billing.quality-unknown");
    }

    /// <summary>Writes events in the caller's transaction and tells the id of the first.</summary>
    /// <param name="form">The key of the form that brings the one event; null: it did not come by a form.</param>
    public async Task<long> Write(
        TerritoryRecord territory, BuildingId building, IReadOnlyList<QualityEvent> events, string by, string evidence, Guid? form,
            CancellationToken cancel)
    {
        if (events.Count == 0)
            return 0;
        var recorded = new Recorded(clock.GetCurrentInstant(), by, evidence);
        var first = await db.ReserveIds<QualityFact>(events.Count, cancel);
        await bulk.Write(db, events.Select((e, i) => new QualityFact
        {
            Id = first + i,
            BuildingId = building,
            Service = e.Service,
            Kind = e.Kind,
            Starts = e.From,
            Ends = e.To,
            Planned = e.Planned,
            DeadEndMain = e.DeadEndMain,
            NormTemperature = e.NormTemperature is { } norm ? new Fixed(norm.Round(Fixed.Places)) : null,
            Form = form,
            EffectiveFrom = e.From.InZone(territory.TimeZone).Date,
            EffectiveTo = (e.To - Duration.Epsilon).InZone(territory.TimeZone).Date,
            Recorded = recorded,
        }), cancel);
        var accounts = events.SelectMany((e, i) => (e.Accounts ?? []).Select(a => new QualityAccount
        {
            QualityId = first + i,
            AccountId = a,
        })).ToList();
        if (accounts.Count > 0)
            await bulk.Write(db, accounts, cancel);
        var measures = events.SelectMany((e, i) => e.Series.Select(l => new QualityMeasure
        {
            QualityId = first + i,
            From = l.From,
            Value = new(l.Value.Round(Fixed.Places)),
        })).ToList();
        if (measures.Count > 0)
            await bulk.Write(db, measures, cancel);
        return first;
    }

    private async Task<RecordedQuality?> Find(Guid form, CancellationToken cancel)
    {
        var ids = await db.Set<QualityFact>().Where(q => q.Form == form).Select(q => q.Id).ToListAsync(cancel);
        return ids.Count == 0 ? null : (await facts.FindQuality(ids, cancel))[0];
    }

    /// <summary>The same form again is the same event; with other things in it, it must not pass for recorded.</summary>
    private static QualityDecision Compare(RecordedQuality? known, BuildingId building, QualityEvent decided, string evidence)
    {
        var same = known is not null && known.Building == building && known.Origin.Evidence == evidence
            && known.Event with { Fact = 0, Accounts = null, Series = [] } == decided with { Accounts = null, Series = [] }
            && (known.Event.Accounts ?? []).OrderBy(a => a.Value).SequenceEqual(decided.Accounts ?? [])
            && known.Event.Series.SequenceEqual(decided.Series);
        return same ? new(known!.Event, []) : new(null, [new("billing.quality-form-used")]);
    }
}

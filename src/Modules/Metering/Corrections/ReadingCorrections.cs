using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Readings;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Corrections;

/// <summary>Stored readings with all that was recorded of them, and putting one right.</summary>
internal sealed class ReadingCorrections(OchagDb db, MeteringReader reader, IClock clock) : IReadingCorrections
{
    public async Task<IReadOnlyList<KeptReading>> History(MeterId meter, int limit, CancellationToken cancel)
    {
        var rows = await db.Set<ReadingRow>().AsNoTracking().Where(r => r.MeterId == meter).ToListAsync(cancel);
        return [.. (await Kept(rows, cancel)).Take(limit)];
    }

    public async Task<ReadingChain?> Find(MeterId meter, long reading, CancellationToken cancel)
    {
        var chain = await Chain(meter, reading, cancel);
        if (chain.Count == 0)
            return null;
        var kept = await Kept(chain, cancel);
        return new(
            kept.FirstOrDefault(k => k.SupersededAt is null), kept.MaxBy(k => k.Reading.Id)!, CorrectionScene.VersionOf(chain));
    }

    public async Task<CorrectionDecision> Preview(TerritoryRecord territory, CorrectReading correction, CancellationToken cancel) =>
        await Scene(territory, correction, cancel) is { } scene
            ? CorrectReadingRules.Decide(correction, scene)
            : CorrectReadingRules.Refused(new Refusal("metering.correction-gone"));

    public async Task<CorrectionDecision> Correct(
        TerritoryRecord territory, CorrectReading correction, string by, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Whoever takes ids of readings goes one after another: who comes second is decided on what the first has written.
        var id = await db.ReserveIds<ReadingRow>(Math.Max(1, correction.Values?.Count ?? 0), cancel);
        if (await Scene(territory, correction, cancel) is not { } scene)
            return CorrectReadingRules.Refused(new Refusal("metering.correction-gone"));
        var decision = CorrectReadingRules.Decide(correction, scene);
        if (decision.Refusals.Count > 0)
            return decision;
        if (decision.Doubts.Select(d => d.Code).Except(correction.Confirmed, StringComparer.Ordinal).Any())
            return decision with { Refusals = [new("metering.correction-doubtful")] };
        await Write(correction, scene, decision, id, by, cancel);
        await transaction.CommitAsync(cancel);
        return decision;
    }

    private async Task Write(
        CorrectReading correction, CorrectionScene scene, CorrectionDecision decision, long id, string by, CancellationToken cancel)
    {
        var now = clock.GetCurrentInstant();
        var reason = correction.Reason.Trim();
        var recorded = new Recorded(now, by, Evidence.Correct(reason, decision.Doubts));
        foreach (var old in scene.Now)
        {
            var row = await db.Set<ReadingRow>().SingleAsync(r => r.Id == old.Id, cancel);
            row.SupersededAt = now;
            if (correction.Values is null)
                db.Add(new ReadingWithdrawalRow { ReadingId = old.Id, Recorded = new(now, by, reason) });
            else
                db.Add(row.Again(id++, correction.Values.First(v => v.Zone == old.Zone).Index, recorded));
        }

        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    private async Task<CorrectionScene?> Scene(TerritoryRecord territory, CorrectReading correction, CancellationToken cancel)
    {
        var chain = await Chain(correction.Meter, correction.Reading, cancel);
        if (chain.Count == 0)
            return null;
        var today = clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
        return await reader.Read(territory.Id, [chain[0].BuildingId], today, cancel) is [var metering]
            && metering.Find(correction.Meter, chain[0].Taken) is { } place
            ? new(chain, metering, place)
            : null;
    }

    /// <summary>All rows of the reading that one of them belongs to: what was read of a meter on one day, from one source.</summary>
    private async Task<List<ReadingRow>> Chain(MeterId meter, long reading, CancellationToken cancel) =>
        await db.Set<ReadingRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == reading && r.MeterId == meter, cancel) is { } one
            ? await db.Set<ReadingRow>().AsNoTracking().Where(r => r.MeterId == meter && r.Taken == one.Taken
                && r.Received == one.Received && r.Source == one.Source && r.Mark == one.Mark).OrderBy(r => r.Id).ToListAsync(cancel)
            : [];

    private async Task<IReadOnlyList<KeptReading>> Kept(List<ReadingRow> rows, CancellationToken cancel)
    {
        var ended = rows.Where(r => r.SupersededAt is not null).Select(r => r.Id).ToArray();
        var withdrawn = ended.Length == 0 ? [] : await db.Set<ReadingWithdrawalRow>().AsNoTracking()
            .Where(w => ended.Contains(w.ReadingId)).ToDictionaryAsync(w => w.ReadingId, cancel);
        return
        [
            .. rows.OrderBy(r => r.Zone).GroupBy(r => (r.Taken, r.Received, r.Source, r.Mark, r.SupersededAt))
                .OrderByDescending(g => g.Key.Taken).ThenBy(g => g.Key.SupersededAt is not null).ThenByDescending(g => g.Max(r => r.Id))
                .Select(g =>
                {
                    var last = g.MaxBy(r => r.Id)!;
                    return new KeptReading(
                        new(
                            last.Id, last.MeterId, g.Key.Taken, g.Key.Received, g.Key.Source, g.Key.Mark,
                            [.. g.Select(r => new RegisterIndex(r.Zone, r.Index))]),
                        Origin(last.Recorded), g.Key.SupersededAt,
                        withdrawn.TryGetValue(last.Id, out var end) ? new(Origin(end.Recorded)) : null);
                }),
        ];
    }

    private static FactOrigin Origin(Recorded recorded) => new(recorded.By, recorded.At, recorded.Evidence);
}

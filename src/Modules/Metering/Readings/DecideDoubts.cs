using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Readings;

/// <summary>Doubts about stored readings, decided together: a confirmed reading is recorded anew with its confirmation.</summary>
internal sealed class DecideDoubts(OchagDb db, IRegistry registry, MeteringReader reader, IClock clock) : IDoubtDecisions
{
    public async Task<IReadOnlyList<DoubtOutcome>> Preview(
        TerritoryRecord territory, IReadOnlyCollection<DoubtKey> doubts, CancellationToken cancel)
    {
        // A foreign building is answered like one without that doubt.
        var own = (await registry.ListBuildings(territory.Id, cancel)).ToHashSet();
        var buildings = await reader.Read(
            territory.Id, [.. doubts.Select(d => d.Building).Distinct().Where(own.Contains)], Today(territory), cancel);
        var standing = buildings.SelectMany(b => b.Doubts()).Where(d => d.IsDecidable)
            .DistinctBy(KeyOf).ToDictionary(KeyOf);
        var before = buildings
            .SelectMany(b => doubts.Where(d => d.Building == b.Id).Select(d => (Key: d, Known: b.KnownOf(d.Meter, d.Zone))))
            .DistinctBy(k => k.Key).ToDictionary(k => k.Key, k => k.Known.LastOrDefault(i => i.Day < k.Key.Day));
        return [.. doubts.Distinct().Select(d => new DoubtOutcome(d, standing.GetValueOrDefault(d), before.GetValueOrDefault(d)))];
    }

    public async Task<IReadOnlyList<DoubtOutcome>> Decide(
        TerritoryRecord territory, IReadOnlyCollection<DoubtKey> doubts, DoubtAnswer answer, string remark, string by,
        CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Whoever takes ids of readings goes one after another: who comes second finds the doubt decided.
        var id = await db.ReserveIds<ReadingRow>(Math.Max(1, doubts.Count), cancel);
        var outcomes = await Preview(territory, doubts, cancel);
        var now = clock.GetCurrentInstant();
        foreach (var reading in outcomes.Where(o => o.Doubt is not null).GroupBy(o => (o.Key.Meter, o.Key.Day)))
        {
            var rows = await db.Set<ReadingRow>()
                .Where(r => r.MeterId == reading.Key.Meter && r.Taken == reading.Key.Day && r.SupersededAt == null).ToListAsync(cancel);
            foreach (var row in rows)
            {
                var codes = reading.Where(o => o.Key.Zone == row.Zone).Select(o => o.Key.Code).ToList();
                if (answer == DoubtAnswer.Confirm && codes.Count == 0)
                    continue;
                row.SupersededAt = now;
                if (answer == DoubtAnswer.Confirm)
                    db.Add(row.Again(id++, row.Index, new(now, by, Evidence.Confirm(row.Recorded.Evidence, remark, codes))));
                else
                    db.Add(new ReadingWithdrawalRow { ReadingId = row.Id, Recorded = new(now, by, remark.Trim()) });
            }
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return outcomes;
    }

    private static DoubtKey KeyOf(Doubt doubt) =>
        new(doubt.Building, doubt.Meter.Id, doubt.Zone, doubt.Day!.Value, doubt.Finding.Code);

    private LocalDate Today(TerritoryRecord territory) => clock.GetCurrentInstant().InZone(territory.TimeZone).Date;
}

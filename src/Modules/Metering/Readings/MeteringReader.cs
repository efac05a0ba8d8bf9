using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Tuning;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Readings;

/// <summary>Buildings with everything known of their registers, as readings are judged.</summary>
internal sealed class MeteringReader(OchagDb db, IRegistry registry, ThresholdReader thresholds)
{
    /// <param name="territory">Whose thresholds are looked at.</param>
    public async Task<IReadOnlyList<BuildingMetering>> Read(
        TerritoryId territory, IReadOnlyCollection<BuildingId> buildings, LocalDate today, CancellationToken cancel) =>
        await Read(buildings, await thresholds.Of(territory, cancel), today, cancel);

    public async Task<IReadOnlyList<BuildingMetering>> Read(
        IReadOnlyCollection<BuildingId> buildings, ThresholdBook judgedBy, LocalDate today, CancellationToken cancel)
    {
        var ids = buildings.ToArray();
        var records = await registry.ReadBuildings(ids, cancel);
        var known = (await db.Set<ReadingRow>().AsNoTracking().Where(r => ids.Contains(r.BuildingId) && r.SupersededAt == null)
            .OrderBy(r => r.Taken).ThenBy(r => r.Id)
            .Select(r => new
            {
                r.MeterId, r.Zone, r.Id, r.Taken, r.Index, r.Mark, r.Recorded.By, r.Recorded.Evidence,
            }).ToListAsync(cancel))
            .ToLookup(r => (r.MeterId, r.Zone), r => new KnownIndex(r.Id, r.Taken, r.Index, r.Mark, r.By, r.Evidence));
        return [.. records.Select(b => new BuildingMetering(b, known, judgedBy, today))];
    }
}

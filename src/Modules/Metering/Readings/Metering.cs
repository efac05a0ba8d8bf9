using Microsoft.EntityFrameworkCore;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Readings;

internal sealed class Metering(OchagDb db) : IMetering
{
    public async Task<IReadOnlyDictionary<BuildingId, BuildingReadings>> ReadBuildings(
        IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel)
    {
        var ids = buildings.ToArray();
        var readings = (await db.Set<ReadingRow>().AsNoTracking()
            .Where(r => ids.Contains(r.BuildingId) && r.SupersededAt == null)
            .Select(r => new { r.Id, r.BuildingId, r.MeterId, r.Taken, r.Received, r.Source, r.Mark, r.Zone, r.Index })
            .ToListAsync(cancel)).ToLookup(r => r.BuildingId);
        var volumes = (await db.Set<MonthlyVolumeRow>().AsNoTracking()
            .Where(v => ids.Contains(v.BuildingId) && v.SupersededAt == null).ToListAsync(cancel)).ToLookup(v => v.BuildingId);

        var result = new Dictionary<BuildingId, BuildingReadings>();
        foreach (var id in ids)
        {
            result[id] = new(
                readings[id].GroupBy(r => r.MeterId).ToDictionary(g => g.Key, g => (IReadOnlyList<Reading>)[.. g
                    .GroupBy(r => (r.Taken, r.Received, r.Source, r.Mark))
                    .OrderBy(r => r.Key.Taken)
                    .Select(r => new Reading(
                        r.First().Id, g.Key, r.Key.Taken, r.Key.Received, r.Key.Source, r.Key.Mark, [.. r.OrderBy(v => v.Zone).Select(v => new RegisterIndex(v.Zone, v.Index))]))]),
                volumes[id].Where(v => v.MeterId is not null).GroupBy(v => v.MeterId!.Value).ToDictionary(g => g.Key, Months),
                volumes[id].Where(v => v.PremisesId is not null).GroupBy(v => (v.PremisesId!.Value, v.Service)).ToDictionary(g => g.Key, Months));
        }

        return result;
    }

    private static IReadOnlyList<MonthlyVolume> Months(IEnumerable<MonthlyVolumeRow> rows) =>
        [.. rows.GroupBy(v => v.Month).OrderBy(g => g.Key)
            .Select(g => new MonthlyVolume(g.Key, [.. g.Select(v => new RegisterVolume(v.Zone, v.Volume))]))];
}

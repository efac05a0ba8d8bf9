using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Metering.Readings;

internal sealed class Metering(OchagDb db, IBulkWriter bulk, Acts acts, IClock clock) : IMetering
{
    public async Task<IReadOnlyDictionary<BuildingId, BuildingReadings>> ReadBuildings(
        IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel)
    {
        var ids = buildings.ToArray();
        var readings = (await db.Set<ReadingRow>().AsNoTracking()
            .Where(r => ids.Contains(r.BuildingId)).Known(db.AsOf)
            .Select(r => new { r.Id, r.BuildingId, r.MeterId, r.Taken, r.Received, r.Source, r.Mark, r.Zone, r.Index })
            .ToListAsync(cancel)).ToLookup(r => r.BuildingId);
        var volumes = (await db.Set<MonthlyVolumeRow>().AsNoTracking()
            .Where(v => ids.Contains(v.BuildingId)).Known(db.AsOf).ToListAsync(cancel)).ToLookup(v => v.BuildingId);

        var acted = await acts.Read(ids, cancel);
        var starts = await acts.ReadStarts(ids, cancel);
        var result = new Dictionary<BuildingId, BuildingReadings>();
        foreach (var id in ids)
        {
            result[id] = new(
                readings[id].GroupBy(r => r.MeterId).ToDictionary(g => g.Key, g => (IReadOnlyList<Reading>)[.. g
                    .GroupBy(r => (r.Taken, r.Received, r.Source, r.Mark))
                    .OrderBy(r => r.Key.Taken)
                    .Select(r => new Reading(
                        r.First().Id, g.Key, r.Key.Taken, r.Key.Received, r.Key.Source, r.Key.Mark,
                            [.. r.OrderBy(v => v.Zone).Select(v => new RegisterIndex(v.Zone, v.Index))]))]),
                volumes[id].Where(v => v.MeterId is not null).GroupBy(v => v.MeterId!.Value).ToDictionary(g => g.Key, Months),
                volumes[id].Where(v => v.PremisesId is not null).GroupBy(v => (v.PremisesId!.Value, v.Service))
                    .ToDictionary(g => g.Key, Months),
                [.. acted[id]],
                starts[id].ToDictionary(s => (s.PremisesId, s.Service), s => new StartState(s.MissingPeriods, s.FailedPeriods)));
        }

        return result;
    }

    public Task RecordActs(BuildingId building, IReadOnlyList<MeterAct> drawn, string by, string evidence, CancellationToken cancel) =>
        acts.Record(building, drawn, new(clock.GetCurrentInstant(), by, evidence), cancel);

    public Task RecordStart(
        BuildingId building, LocalDate day, IReadOnlyList<(PremisesId Premises, Service Service, StartState State)> states, string by,
            string evidence, CancellationToken cancel) =>
        acts.RecordStart(building, day, states, new(clock.GetCurrentInstant(), by, evidence), cancel);

    public async Task Record(
        IReadOnlyList<ReadingDraft> readings, IReadOnlyList<VolumeDraft> volumes, string by, string evidence, CancellationToken cancel)
    {
        var recorded = new Recorded(clock.GetCurrentInstant(), by, evidence);
        if (readings.Count > 0)
        {
            var id = await db.ReserveIds<ReadingRow>(readings.Sum(r => r.Values.Count), cancel);
            await bulk.Write(
                db,
                readings.SelectMany(reading => reading.Values.Select(value => new ReadingRow
                {
                    Id = id++,
                    MeterId = reading.Meter,
                    BuildingId = reading.Building,
                    Taken = reading.Taken,
                    Received = reading.Received,
                    Source = reading.Source,
                    Mark = reading.Mark,
                    Zone = value.Zone,
                    Index = value.Index,
                    Recorded = recorded,
                })),
                cancel);
        }

        if (volumes.Count > 0)
        {
            var id = await db.ReserveIds<MonthlyVolumeRow>(volumes.Sum(v => v.Values.Count), cancel);
            await bulk.Write(
                db,
                volumes.SelectMany(volume => volume.Values.Select(value => new MonthlyVolumeRow
                {
                    Id = id++,
                    BuildingId = volume.Building,
                    MeterId = volume.Meter,
                    PremisesId = volume.Premises,
                    Service = volume.Service,
                    Month = volume.Month,
                    Zone = value.Zone,
                    Volume = value.Volume,
                    Recorded = recorded,
                })),
                cancel);
        }
    }

    public async Task<ILookup<MeterId, Reading>> LatestReadings(
        IReadOnlyCollection<MeterId> meters, int limit, CancellationToken cancel)
    {
        var ids = meters.ToArray();
        var rows = await db.Set<ReadingRow>().AsNoTracking()
            .Where(r => ids.Contains(r.MeterId) && r.SupersededAt == null).ToListAsync(cancel);
        return rows.GroupBy(r => r.MeterId).SelectMany(g => g
                .GroupBy(r => (r.Taken, r.Received, r.Source, r.Mark))
                .OrderByDescending(r => r.Key.Taken)
                .Take(limit)
                .Select(r => new Reading(
                    r.First().Id, g.Key, r.Key.Taken, r.Key.Received, r.Key.Source, r.Key.Mark,
                        [.. r.OrderBy(v => v.Zone).Select(v => new RegisterIndex(v.Zone, v.Index))])))
            .ToLookup(r => r.Meter);
    }

    public async Task<IReadOnlyDictionary<MeterId, MonthlyVolume>> LatestVolumes(
        IReadOnlyCollection<MeterId> meters, CancellationToken cancel)
    {
        MeterId?[] ids = [.. meters.Select(m => (MeterId?)m)];
        var rows = await db.Set<MonthlyVolumeRow>().AsNoTracking()
            .Where(v => ids.Contains(v.MeterId) && v.SupersededAt == null).ToListAsync(cancel);
        return rows.GroupBy(v => v.MeterId!.Value).ToDictionary(g => g.Key, g => Months(g)[^1]);
    }

    public async Task<IReadOnlyList<RecordedReading>> FindReadings(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var wanted = ids.ToArray();
        return await db.Set<ReadingRow>().AsNoTracking().Where(r => wanted.Contains(r.Id))
            .Select(r => new RecordedReading(
                r.Id, r.MeterId, r.Taken, r.Received, r.Source, r.Zone, r.Index, r.Recorded.By, r.Recorded.At, r.Recorded.Evidence))
            .ToListAsync(cancel);
    }

    public Task<IReadOnlyList<RecordedAct>> ListActs(PremisesId premises, CancellationToken cancel) => acts.List(premises, cancel);

    private static IReadOnlyList<MonthlyVolume> Months(IEnumerable<MonthlyVolumeRow> rows) =>
        [.. rows.GroupBy(v => v.Month).OrderBy(g => g.Key)
            .Select(g => new MonthlyVolume(g.Key, [.. g.Select(v => new RegisterVolume(v.Zone, v.Volume))]))];
}

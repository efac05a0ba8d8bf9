using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Metering.Readings;

/// <summary>Acts and start states: read by building, recorded as facts.</summary>
internal sealed class Acts(OchagDb db, IBulkWriter bulk)
{
    public async Task<ILookup<BuildingId, MeterAct>> Read(BuildingId[] ids, CancellationToken cancel)
    {
        var acts = await db.Set<MeterActFact>().AsNoTracking().Known(db.AsOf).Where(a => ids.Contains(a.BuildingId)).OrderBy(a => a.Id)
            .ToListAsync(cancel);
        var indexes = await Indexes(acts, cancel);
        return acts.ToLookup(a => a.BuildingId, a => Act(a, indexes));
    }

    public async Task<IReadOnlyList<RecordedAct>> List(PremisesId premises, CancellationToken cancel)
    {
        var acts = await db.Set<MeterActFact>().AsNoTracking().Where(a => a.PremisesId == premises).OrderBy(a => a.Id).ToListAsync(cancel);
        var indexes = await Indexes(acts, cancel);
        return [.. acts.Select(a => new RecordedAct(
            Act(a, indexes), new(a.Recorded.By, a.Recorded.At, a.Recorded.Evidence), a.SupersededAt))];
    }

    private async Task<ILookup<long, MeterActIndex>> Indexes(List<MeterActFact> acts, CancellationToken cancel)
    {
        var numbers = acts.Select(a => a.Id).ToArray();
        return (numbers.Length == 0 ? [] : await db.Set<MeterActIndex>().AsNoTracking().Where(i => numbers.Contains(i.ActId))
            .OrderBy(i => i.Zone).ToListAsync(cancel)).ToLookup(i => i.ActId);
    }

    private static MeterAct Act(MeterActFact act, ILookup<long, MeterActIndex> indexes) => new(
        act.Id, act.PremisesId, act.Service, act.Kind, act.EffectiveFrom, act.Access, act.MeterId,
        [.. indexes[act.Id].Select(i => new RegisterIndex(i.Zone, i.Index))], act.Since, act.LastCheck, act.Removed, act.PerHour);

    public async Task<ILookup<BuildingId, StartStateFact>> ReadStarts(BuildingId[] ids, CancellationToken cancel) =>
        (await db.Set<StartStateFact>().AsNoTracking().Known(db.AsOf).Where(s => ids.Contains(s.BuildingId)).ToListAsync(cancel))
            .ToLookup(s => s.BuildingId);

    public async Task Record(BuildingId building, IReadOnlyList<MeterAct> acts, Recorded recorded, CancellationToken cancel)
    {
        if (acts.Count == 0)
            return;
        var first = await db.ReserveIds<MeterActFact>(acts.Count, cancel);
        await bulk.Write(
            db,
            acts.Select((a, i) => new MeterActFact
            {
                Id = first + i,
                BuildingId = building,
                PremisesId = a.Premises,
                Service = a.Service,
                Kind = a.Kind,
                Access = a.Access,
                MeterId = a.Meter,
                Since = a.From,
                LastCheck = a.LastCheck,
                Removed = a.Removed,
                PerHour = a.PerHour,
                EffectiveFrom = a.Drawn,
                Recorded = recorded,
            }),
            cancel);
        var indexes = acts.SelectMany((a, i) => (a.Values ?? []).Select(v => new MeterActIndex
        {
            ActId = first + i,
            Zone = v.Zone,
            Index = v.Index,
        })).ToList();
        if (indexes.Count > 0)
            await bulk.Write(db, indexes, cancel);
    }

    public async Task RecordStart(
        BuildingId building, LocalDate day, IReadOnlyList<(PremisesId Premises, Service Service, StartState State)> states,
        Recorded recorded, CancellationToken cancel)
    {
        if (states.Count == 0)
            return;
        var id = await db.ReserveIds<StartStateFact>(states.Count, cancel);
        await bulk.Write(
            db,
            states.Select(s => new StartStateFact
            {
                Id = id++,
                BuildingId = building,
                PremisesId = s.Premises,
                Service = s.Service,
                MissingPeriods = (short)s.State.MissingPeriods,
                FailedPeriods = (short)s.State.FailedPeriods,
                EffectiveFrom = day,
                Recorded = recorded,
            }),
            cancel);
    }
}

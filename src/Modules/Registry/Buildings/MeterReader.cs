using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Buildings;

/// <summary>Meters of buildings with their life, grouped by building and premises (null: the building's own).</summary>
internal sealed class MeterReader(OchagDb db)
{
    public Task<ILookup<(BuildingId Building, PremisesId? Premises), MeterRecord>> Read(BuildingId[] ids, CancellationToken cancel) =>
        Read(db.Set<Meter>().Where(m => ids.Contains(m.BuildingId)), cancel);

    public async Task<ILookup<(BuildingId Building, PremisesId? Premises), MeterRecord>> Read(
        IQueryable<Meter> which, CancellationToken cancel)
    {
        var meters = await which.AsNoTracking().ToListAsync(cancel);
        var installations = await Life<InstallationFact>(f => f.MeterId);
        var verifications = await Life<VerificationFact>(f => f.MeterId);
        var failures = await Life<MeterFailureFact>(f => f.MeterId);
        return (
            from meter in meters
            from installed in installations[meter.Id]
            orderby installed.From
            select (meter, installed)).ToLookup(m => (m.meter.BuildingId, m.meter.PremisesId), m => new MeterRecord(
                m.meter.Id,
                m.meter.Serial,
                m.meter.Service,
                m.meter.Digits,
                m.meter.Multiplier,
                ZoneSet.List(m.meter.Zones),
                m.installed.From,
                m.installed.To?.PlusDays(1),
                [.. verifications[m.meter.Id]],
                [.. failures[m.meter.Id]]));

        async Task<ILookup<MeterId, DayInterval>> Life<TFact>(System.Linq.Expressions.Expression<Func<TFact, MeterId>> meterOf)
            where TFact : Fact
        {
            var facts = await db.Set<TFact>().AsNoTracking().Known(db.AsOf)
                .Join(which, meterOf, m => m.Id,
                    (fact, m) => new { m.Id, fact.EffectiveFrom, fact.EffectiveTo })
                .ToListAsync(cancel);
            return facts.ToLookup(f => f.Id, f => new DayInterval(f.EffectiveFrom, f.EffectiveTo));
        }
    }
}

/// <summary>The registers of a meter as one number: a bit for each zone.</summary>
internal static class ZoneSet
{
    public static short Of(IEnumerable<Zone> zones) => zones.Aggregate((short)0, (set, zone) => (short)((ushort)set | 1 << (int)zone));

    public static Zone[] List(short set) => [.. Enum.GetValues<Zone>().Where(zone => (set & 1 << (int)zone) != 0)];
}

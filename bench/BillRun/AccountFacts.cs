using Microsoft.EntityFrameworkCore;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Buildings;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Bench.BillRun;

/// <summary>What one account brings to its building's month.</summary>
internal sealed record OneAccount(AccountRecord Account, PremisesRecord Premises, IEnumerable<Reading> Readings);

/// <summary>
/// The facts of one account, or of what is common to its house, as an application asks for them that works account by
/// account: by EF, each question answered by an index, only the columns it needs.
/// </summary>
internal sealed class AccountFacts(OchagDb db)
{
    public async Task<OneAccount> Read(AccountId id, CancellationToken stop)
    {
        var account = await (
            from a in db.Set<Account>().AsNoTracking()
            join t in db.Set<AccountTermFact>().Known() on a.Id equals t.AccountId
            join p in db.Set<PremisesPassportFact>().Known() on a.PremisesId equals p.PremisesId
            where a.Id == id
            select new { a.PremisesId, t, p }).SingleAsync(stop);
        var residents = await db.Set<ResidentsFact>().AsNoTracking().Known().Where(r => r.AccountId == id)
            .Select(r => new Residents(r.Id, r.EffectiveFrom, r.EffectiveTo, r.Count, r.Temporary)).ToListAsync(stop);
        var connections = await db.Set<ConnectionFact>().AsNoTracking().Known().Where(c => c.AccountId == id)
            .Select(c => new Connection(c.Service, c.EffectiveFrom, c.EffectiveTo)).ToListAsync(stop);
        var meters = await Meters(db.Set<Meter>().Where(m => m.PremisesId == account.PremisesId), stop);
        var (term, passport) = (account.t, account.p);
        return new(
            new(id, account.PremisesId, term.EffectiveFrom, term.EffectiveTo?.PlusDays(1), term.HolderKind, term.Owners, residents,
                connections, []),
            new(account.PremisesId,
                [
                    new(passport.EffectiveFrom, passport.EffectiveTo, passport.Kind, passport.Area, passport.OwnHeatSource,
                        passport.ColdMeterPossible, passport.HotMeterPossible),
                ],
                meters),
            await Readings(meters, stop));
    }

    /// <summary>The passport, the common needs and the meters of a house.</summary>
    public async Task<BuildingRecord> ReadHouse(BuildingId id, CancellationToken stop) => new(
        id,
        await db.Set<BuildingPassportFact>().AsNoTracking().Known().Where(p => p.BuildingId == id).Select(p => new BuildingPassport(
            p.EffectiveFrom, p.EffectiveTo, p.CommonArea, p.HotWaterSystem, p.ElectricitySources, p.HeatMeterPossible)).ToListAsync(stop),
        await db.Set<CommonNeedsFact>().AsNoTracking().Known().Where(n => n.BuildingId == id)
            .Select(n => new CommonNeeds(n.EffectiveFrom, n.EffectiveTo, n.Service, n.Mode, n.Capped)).ToListAsync(stop),
        [],
        [],
        await Meters(db.Set<Meter>().Where(m => m.BuildingId == id && m.PremisesId == null), stop));

    public async Task<IEnumerable<Reading>> Readings(IReadOnlyList<MeterRecord> meters, CancellationToken stop)
    {
        var ids = meters.Select(m => m.Id).ToArray();
        var rows = await db.Set<ReadingRow>().AsNoTracking().Where(r => ids.Contains(r.MeterId) && r.SupersededAt == null)
            .Select(r => new { r.Id, r.MeterId, r.Taken, r.Received, r.Source, r.Mark, r.Zone, r.Index }).ToListAsync(stop);
        return rows.GroupBy(r => (r.MeterId, r.Taken, r.Received, r.Source, r.Mark)).OrderBy(g => g.Key.Taken).Select(g => new Reading(
            g.First().Id, g.Key.MeterId, g.Key.Taken, g.Key.Received, g.Key.Source, g.Key.Mark,
            [.. g.OrderBy(r => r.Zone).Select(r => new RegisterIndex(r.Zone, r.Index))]));
    }

    public async Task<Dictionary<MeterId, IReadOnlyList<MonthlyVolume>>> Volumes(BuildingId id, CancellationToken stop)
    {
        var rows = await db.Set<MonthlyVolumeRow>().AsNoTracking()
            .Where(v => v.BuildingId == id && v.MeterId != null && v.SupersededAt == null).ToListAsync(stop);
        return rows.GroupBy(v => v.MeterId!.Value).ToDictionary(g => g.Key, g => (IReadOnlyList<MonthlyVolume>)
            [.. g.GroupBy(v => v.Month).Select(m => new MonthlyVolume(m.Key, [.. m.Select(v => new RegisterVolume(v.Zone, v.Volume))]))]);
    }

    private async Task<List<MeterRecord>> Meters(IQueryable<Meter> which, CancellationToken stop) =>
        [.. (await new MeterReader(db).Read(which, stop)).SelectMany(m => m)];
}

using Microsoft.EntityFrameworkCore;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Registry.Buildings;

/// <summary>
/// Accounts of buildings with their people and connections. A run reads all of a city: of a fact only what charges rest on,
/// without who recorded it and why.
/// </summary>
internal sealed class AccountReader(OchagDb db)
{
    public async Task<ILookup<BuildingId, AccountRecord>> Read(BuildingId[] ids, CancellationToken cancel)
    {
        var accounts = db.Set<Account>().AsNoTracking().Where(a => ids.Contains(a.BuildingId));
        var residents = (await db.Set<ResidentsFact>().AsNoTracking().Known(db.AsOf)
            .Join(accounts, f => f.AccountId, a => a.Id,
                (f, _) => new { f.AccountId, f.Id, f.EffectiveFrom, f.EffectiveTo, f.Count, f.Temporary })
            .ToListAsync(cancel)).ToLookup(f => f.AccountId);
        var connections = (await db.Set<ConnectionFact>().AsNoTracking().Known(db.AsOf)
            .Join(accounts, f => f.AccountId, a => a.Id, (f, _) => new { f.AccountId, f.Service, f.EffectiveFrom, f.EffectiveTo })
            .ToListAsync(cancel)).ToLookup(f => f.AccountId);
        var shares = (await db.Set<HolderShareFact>().AsNoTracking().Known(db.AsOf)
            .Join(accounts, f => f.AccountId, a => a.Id, (f, _) => new { f.AccountId, f.HolderId, f.Numerator, f.Denominator })
            .ToListAsync(cancel)).ToLookup(f => f.AccountId);
        var terms = await db.Set<AccountTermFact>().AsNoTracking().Known(db.AsOf)
            .Join(accounts, f => f.AccountId, a => a.Id,
                (f, a) => new { a.Id, a.BuildingId, a.PremisesId, a.Number, f.EffectiveFrom, f.EffectiveTo, f.HolderKind, f.Owners })
            .OrderBy(t => t.Number).ToListAsync(cancel);
        return terms.ToLookup(t => t.BuildingId, t => new AccountRecord(
            t.Id,
            t.PremisesId,
            t.EffectiveFrom,
            t.EffectiveTo?.PlusDays(1),
            t.HolderKind,
            t.Owners,
            [.. residents[t.Id].Select(r => new Residents(r.Id, r.EffectiveFrom, r.EffectiveTo, r.Count, r.Temporary))],
            [.. connections[t.Id].Select(c => new Connection(c.Service, c.EffectiveFrom, c.EffectiveTo))],
            [.. shares[t.Id].Select(s => new HolderShare(s.HolderId, s.Numerator, s.Denominator))]));
    }
}

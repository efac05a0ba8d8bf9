using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Facts;

internal sealed class RecordedFacts(OchagDb db) : IBillingFacts
{
    public Task<IReadOnlyList<RecordedQuality>> FindQuality(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var wanted = ids.ToArray();
        return Read(db.Set<QualityFact>().Where(q => wanted.Contains(q.Id)), cancel);
    }

    public Task<IReadOnlyList<RecordedQuality>> ListQuality(BuildingId building, CancellationToken cancel) =>
        Read(db.Set<QualityFact>().Where(q => q.BuildingId == building), cancel);

    public async Task<IReadOnlyList<RecordedBenefit>> FindBenefits(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var wanted = ids.ToArray();
        return [.. (await db.Set<BenefitFact>().AsNoTracking().Where(b => wanted.Contains(b.Id)).ToListAsync(cancel))
            .Select(b => new RecordedBenefit(
                b.AccountId,
                new(b.Id, ServiceSet.List(b.Services), b.Persons, b.Percent.ToExact(), b.EffectiveFrom, b.EffectiveTo),
                Origin(b)))];
    }

    public async Task<IReadOnlyList<RecordedLoad>> FindLoads(IReadOnlyCollection<long> ids, CancellationToken cancel)
    {
        var wanted = ids.ToArray();
        return [.. (await db.Set<ContractLoadFact>().AsNoTracking().Where(l => wanted.Contains(l.Id)).ToListAsync(cancel))
            .Select(l => new RecordedLoad(
                l.AccountId,
                new(l.Id, l.Number, l.Service, l.PerHour.ToExact(), l.HoursPerDay.ToExact(), l.EffectiveFrom, l.EffectiveTo),
                Origin(l)))];
    }

    private async Task<IReadOnlyList<RecordedQuality>> Read(IQueryable<QualityFact> which, CancellationToken cancel)
    {
        var facts = await which.AsNoTracking().OrderByDescending(q => q.Starts).ThenByDescending(q => q.Id).ToListAsync(cancel);
        if (facts.Count == 0)
            return [];
        var ids = facts.Select(f => f.Id).ToArray();
        var accounts = (await db.Set<QualityAccount>().AsNoTracking().Where(a => ids.Contains(a.QualityId)).ToListAsync(cancel))
            .ToLookup(a => a.QualityId, a => a.AccountId);
        var series = (await db.Set<QualityMeasure>().AsNoTracking().Where(m => ids.Contains(m.QualityId)).OrderBy(m => m.From)
            .ToListAsync(cancel)).ToLookup(m => m.QualityId);
        return [.. facts.Select(f => new RecordedQuality(f.BuildingId, Event(f, accounts, series), Origin(f), f.SupersededAt))];
    }

    internal static QualityEvent Event(
        QualityFact fact, ILookup<long, AccountId> accounts, ILookup<long, QualityMeasure> series) => new(
            fact.Id,
            fact.Service,
            accounts[fact.Id].Any() ? [.. accounts[fact.Id]] : null,
            fact.Starts,
            fact.Ends,
            fact.Kind,
            fact.Planned,
            fact.DeadEndMain,
            fact.NormTemperature?.ToExact(),
            [.. series[fact.Id].Select(m => new QualityLevel(m.From, m.Value.ToExact()))]);

    private static FactOrigin Origin(Fact fact) => new(fact.Recorded.By, fact.Recorded.At, fact.Recorded.Evidence);
}

using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Facts;

/// <summary>Gathers what evaluation needs of a few buildings: one question to each module, whatever their size.</summary>
internal sealed class FactsReader(OchagDb db, IRegistry registry, IMetering metering)
{
    public async Task<IReadOnlyList<BuildingFacts>> Read(
        TerritoryRecord territory, IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel)
    {
        var records = await registry.ReadBuildings(buildings, cancel);
        var readings = await metering.ReadBuildings(buildings, cancel);
        var absences = await Absences([.. records.SelectMany(r => r.Accounts).Select(a => a.Id)], cancel);
        return [.. records.Select(record => new BuildingFacts
        {
            Building = record,
            Currency = territory.Currency,
            Since = territory.BilledSince,
            Readings = readings[record.Id].Readings,
            MeterVolumes = readings[record.Id].MeterVolumes,
            History = readings[record.Id].History,
            Absences = absences,
        })];
    }

    private async Task<IReadOnlyDictionary<AccountId, IReadOnlyList<Absence>>> Absences(
        HashSet<AccountId> accounts, CancellationToken cancel)
    {
        // Absences are few: all of a base's known ones are fewer than the accounts of a chunk.
        var facts = await db.Set<AbsenceFact>().AsNoTracking().Known().ToListAsync(cancel);
        return facts.Where(f => accounts.Contains(f.AccountId)).GroupBy(f => f.AccountId).ToDictionary(
            g => g.Key,
            g => (IReadOnlyList<Absence>)[.. g.Select(f => new Absence(f.EffectiveFrom, f.EffectiveTo!.Value, f.Persons, f.Proof,
                f.Applied))]);
    }
}

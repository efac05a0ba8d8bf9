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
    // Absences are few, and a run reads thousands of chunks: all that are known when it begins are read once.
    private IReadOnlyDictionary<AccountId, IReadOnlyList<Absence>>? _absences;

    public async Task<IReadOnlyList<BuildingFacts>> Read(
        TerritoryRecord territory, IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel)
    {
        var records = await registry.ReadBuildings(buildings, cancel);
        var readings = await metering.ReadBuildings(buildings, cancel);
        _absences ??= await Absences(cancel);
        return [.. records.Select(record => new BuildingFacts
        {
            Building = record,
            Currency = territory.Currency,
            TimeZone = territory.TimeZone,
            Since = territory.BilledSince,
            Readings = readings[record.Id].Readings,
            MeterVolumes = readings[record.Id].MeterVolumes,
            History = readings[record.Id].History,
            Absences = _absences,
        })];
    }

    private async Task<IReadOnlyDictionary<AccountId, IReadOnlyList<Absence>>> Absences(CancellationToken cancel) =>
        (await db.Set<AbsenceFact>().AsNoTracking().Known().ToListAsync(cancel)).GroupBy(f => f.AccountId).ToDictionary(
            g => g.Key,
            g => (IReadOnlyList<Absence>)[.. g.Select(f => new Absence(
                f.EffectiveFrom, f.EffectiveTo!.Value, f.Persons, f.Proof, f.Applied))]);
}

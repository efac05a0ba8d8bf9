using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Facts;

/// <summary>Gathers what evaluation needs of a few buildings: one question to each module, whatever their size.</summary>
internal sealed class FactsReader(OchagDb db, IRegistry registry, IMetering metering)
{
    // Billing's own facts are few, and a run reads thousands of chunks: all that are known when it begins are read once.
    private OwnFacts? _own;

    public async Task<IReadOnlyList<BuildingFacts>> Read(
        TerritoryRecord territory, IReadOnlyCollection<BuildingId> buildings, CancellationToken cancel)
    {
        var records = await registry.ReadBuildings(buildings, cancel);
        var readings = await metering.ReadBuildings(buildings, cancel);
        var own = _own ??= await OwnFacts.Read(db, cancel);
        return [.. records.Select(record => new BuildingFacts
        {
            Building = record,
            Currency = territory.Currency,
            TimeZone = territory.TimeZone,
            Since = territory.BilledSince,
            Readings = readings[record.Id].Readings,
            MeterVolumes = readings[record.Id].MeterVolumes,
            History = readings[record.Id].History,
            Acts = readings[record.Id].Acts,
            StartStates = readings[record.Id].StartStates,
            Absences = own.Absences,
            QualityEvents = own.Quality.GetValueOrDefault(record.Id) ?? [],
            Benefits = own.Benefits,
            ContractLoads = own.Loads,
            HeatingCharged = own.HeatingCharged,
        })];
    }

    /// <summary>The facts of this module, by account or building.</summary>
    private sealed class OwnFacts
    {
        public required IReadOnlyDictionary<AccountId, IReadOnlyList<Absence>> Absences { get; init; }
        public required IReadOnlyDictionary<AccountId, IReadOnlyList<Benefit>> Benefits { get; init; }
        public required IReadOnlyDictionary<AccountId, IReadOnlyList<ContractLoad>> Loads { get; init; }
        public required IReadOnlyDictionary<(AccountId, int), Money> HeatingCharged { get; init; }
        public required IReadOnlyDictionary<BuildingId, IReadOnlyList<QualityEvent>> Quality { get; init; }

        public static async Task<OwnFacts> Read(OchagDb db, CancellationToken cancel) => new()
        {
            Absences = By(await Known<AbsenceFact>(db, cancel), f => f.AccountId, f => new Absence(
                f.EffectiveFrom, f.EffectiveTo!.Value, f.Persons, f.Proof, f.Applied)),
            Benefits = By(await Known<BenefitFact>(db, cancel), f => f.AccountId, f => new Benefit(
                f.Id, ServiceSet.List(f.Services), f.Persons, f.Percent.ToExact(), f.EffectiveFrom, f.EffectiveTo)),
            Loads = By(await Known<ContractLoadFact>(db, cancel), f => f.AccountId, f => new ContractLoad(
                f.Id, f.Number, f.Service, f.PerHour.ToExact(), f.HoursPerDay.ToExact(), f.EffectiveFrom, f.EffectiveTo)),
            HeatingCharged = (await Known<HeatingChargedFact>(db, cancel))
                .ToDictionary(f => (f.AccountId, f.EffectiveFrom.Year), f => f.Sum),
            Quality = await ReadQuality(db, cancel),
        };

        private static async Task<IReadOnlyDictionary<BuildingId, IReadOnlyList<QualityEvent>>> ReadQuality(
            OchagDb db, CancellationToken cancel)
        {
            var facts = await Known<QualityFact>(db, cancel);
            if (facts.Count == 0)
                return new Dictionary<BuildingId, IReadOnlyList<QualityEvent>>();
            var accounts = (await db.Set<QualityAccount>().AsNoTracking().ToListAsync(cancel))
                .ToLookup(a => a.QualityId, a => a.AccountId);
            var series = (await db.Set<QualityMeasure>().AsNoTracking().OrderBy(m => m.From).ToListAsync(cancel))
                .ToLookup(m => m.QualityId);
            return By(facts, f => f.BuildingId, f => RecordedFacts.Event(f, accounts, series));
        }

        private static Task<List<TFact>> Known<TFact>(OchagDb db, CancellationToken cancel)
            where TFact : Fact => db.Set<TFact>().AsNoTracking().Known(db.AsOf).OrderBy(f => f.Id).ToListAsync(cancel);

        private static Dictionary<TKey, IReadOnlyList<T>> By<TFact, TKey, T>(
            List<TFact> facts, Func<TFact, TKey> key, Func<TFact, T> read)
            where TKey : notnull =>
            facts.GroupBy(key).ToDictionary(g => g.Key, g => (IReadOnlyList<T>)[.. g.Select(read)]);
    }
}

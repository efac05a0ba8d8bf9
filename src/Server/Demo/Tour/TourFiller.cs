using System.Globalization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Server.Demo.Tour;

/// <summary>
/// Puts the houses of the tour into a territory, by the same contracts as everything else: each in a transaction of its
/// own, and what stands already is left alone.
/// </summary>
internal sealed class TourFiller(
    OchagDb db, IRegistryIntake registry, IMetering metering, IBilling billing, IBillingIntake facts)
{
    /// <summary>What every fact of the tour rests on; said in the reader's language by Words.Evidence.</summary>
    public const string Evidence = "an example of the demo's tour";

    private const string By = "demo";

    public async Task Fill(TerritoryRecord territory, CancellationToken stop)
    {
        await ChangeTariff(territory, stop);
        var drafts = TourStops.All.Select((example, i) => (Stop: example, Draft: Draft(territory, example, i + 1))).ToList();
        await registry.AddHouses(territory.Id, [.. drafts.Select(d => d.Draft)], stop);
        var empty = (await registry.ListEmptyHouses(territory.Id, stop)).ToDictionary(h => h.Address, h => h.Id, StringComparer.Ordinal);
        foreach (var (example, draft) in drafts)
        {
            if (!empty.TryGetValue(draft.Address, out var id))
                continue;
            var house = new TourHouse(territory, id);
            example.Build(house);
            await using var transaction = await db.Database.BeginTransactionAsync(stop);
            await Record(territory, id, house, stop);
            await transaction.CommitAsync(stop);
        }
    }

    private async Task ChangeTariff(TerritoryRecord territory, CancellationToken stop)
    {
        var made = TourTariff.Make(TourMonths.Of(territory));
        var sources = await billing.RuleSourcesOf(territory, stop);
        if (!sources.IsRefused && !sources.Value.Own.Any(p => p.Key == made[0].Key && p.From == made[0].From))
            await billing.RecordParameters(territory.Id, made, By, "invented decision of the demo region", stop);
    }

    private static HouseDraft Draft(TerritoryRecord territory, TourStop example, int number)
    {
        // Told once without an id, only to count its flats: the register of houses says how many there are.
        var house = new TourHouse(territory, default);
        example.Build(house);
        return new(
            string.Create(CultureInfo.InvariantCulture, $"г. {territory.Name}, ул. Примерная, д. {number}"),
            example.ExternalId, YearBuilt: 1958 + number, Floors: 2, Flats: house.Flats.Count);
    }

    private async Task Record(TerritoryRecord territory, BuildingId id, TourHouse house, CancellationToken stop)
    {
        var placed = (await registry.Fill([house.Draft], By, Evidence, stop))[0];
        var meters = placed.Meters.ToDictionary(
            m => m.Draft, m => m.Id, ReferenceEqualityComparer.Instance as IEqualityComparer<MeterDraft>);
        var all = house.Meters.Concat(house.Flats.SelectMany(f => f.Meters)).ToList();
        await metering.Record(
            [.. all.Where(m => m.Volumes.Count == 0).SelectMany(m => m.Readings.Select(r => r with { Meter = meters[m.Draft] }))],
            [.. all.SelectMany(m => m.Volumes.Select(v => v with { Meter = meters[m.Draft] }))],
            By, Evidence, stop);
        var flats = house.Flats.Select(flat => (Flat: flat, Place: placed.Accounts.First(a => ReferenceEquals(a.Draft, flat.Account))))
            .Select(f => (f.Flat, f.Place.Id, f.Place.Premises)).ToList();
        await metering.RecordActs(
            id,
            [.. flats.SelectMany(f => f.Flat.Acts.Select(a => a.Act with
            {
                Premises = f.Premises,
                Meter = a.Meter is { } meter ? meters[meter.Draft] : null,
            }))],
            By, Evidence, stop);
        await RecordBilling(territory, id, house, [.. flats.Select(f => (f.Flat, f.Id))], stop);
    }

    private async Task RecordBilling(
        TerritoryRecord territory, BuildingId id, TourHouse house, List<(TourFlat Flat, AccountId Id)> flats, CancellationToken stop)
    {
        await facts.RecordQuality(territory, id, house.Quality, By, Evidence, stop);
        await facts.RecordAbsences([.. flats.SelectMany(f => f.Flat.Absences.Select(a => (f.Id, a)))], By, Evidence, stop);
        await facts.RecordBenefits([.. flats.SelectMany(f => f.Flat.Benefits.Select(b => (f.Id, b)))], By, Evidence, stop);
        await facts.RecordLoads([.. flats.SelectMany(f => f.Flat.Loads.Select(l => (f.Id, l)))], By, Evidence, stop);
        var day = territory.BilledSince.FirstDay;
        await facts.RecordOpeningBalances(
            [.. flats.SelectMany(f => f.Flat.Openings.Select(o => (f.Id, o.Service, day, o.Sum)))], By, Evidence, stop);
    }
}

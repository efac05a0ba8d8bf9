using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Server.Demo;

namespace Ochag.Specs.Evaluation;

/// <summary>An invented house turned into facts without a database, the same for the same seed.</summary>
internal static class RandomBuilding
{
    public static readonly BillingPeriod Since = new(2025, 9);

    private static readonly TerritoryRecord Territory = new(
        new(1), "random", "random", NodaTime.DateTimeZoneProviders.Tzdb["Asia/Chita"], "ru-354", Currency.Rub, Since);

    public static BuildingFacts Of(ulong seed, int flats = 12, int months = 8)
    {
        var house = new HouseFiller(Territory, seed, Since.PlusMonths(months - 1))
            .Fill(new(new((long)seed), $"house {seed}", 1980, 5, flats, null, null));
        var meters = house.Meters.Select((life, i) => (life, Id: new MeterId(i + 1))).ToDictionary(
            m => m.life.Meter, m => m.Id, ReferenceEqualityComparer.Instance as IEqualityComparer<MeterDraft>);
        MeterRecord Record(MeterDraft meter) => new(
            meters[meter],
            meter.Serial,
            meter.Service,
            meter.Digits,
            meter.Multiplier,
            meter.Zones,
            meter.Installed,
            meter.Removed,
            meter.Verifications,
            meter.Failures);

        var draft = house.Draft;
        var premises = draft.Premises.Select((p, i) => new PremisesRecord(new(i + 1), p.Passports, [.. p.Meters.Select(Record)])).ToList();
        var accounts = draft.Premises.SelectMany((p, i) => p.Accounts.Select(a => new AccountRecord(
            new(i + 1), new(i + 1), a.Opened, a.Closed, a.HolderKind, a.Owners, a.Residents, a.Connections, [])));
        return new()
        {
            Building = new(draft.Building, draft.Passports, draft.CommonNeeds, premises, [.. accounts], [.. draft.Meters.Select(Record)]),
            Currency = Currency.Rub,
            TimeZone = Territory.TimeZone,
            Since = Since,
            Readings = house.Meters.ToDictionary(
                m => meters[m.Meter],
                m => (IReadOnlyList<Reading>)[.. m.Readings.Select(r => new Reading(
                    0, meters[m.Meter], r.Taken, r.Received, r.Source, r.Mark, r.Values))]),
            MeterVolumes = house.Meters.Where(m => m.Volumes.Count > 0).ToDictionary(
                m => meters[m.Meter],
                m => (IReadOnlyList<MonthlyVolume>)[.. m.Volumes.Select(v => new MonthlyVolume(v.Month, v.Values))]),
        };
    }

    public static IReadOnlyList<Parameter> Parameters => TerritoryParameters.Make();

    /// <summary>What a month comes to, as text: equal texts are equal bills.</summary>
    public static IReadOnlyList<string> Bill(BuildingFacts facts, Rules rules, BillingPeriod month) =>
        [.. Evaluator.EvaluateBuilding(facts, rules, month).Value.Lines.Select(l =>
            $"{l.Account.Value} {l.Service} {l.Component} {l.Basis} {l.Quantity} {l.Amount} {l.Vat}")];
}

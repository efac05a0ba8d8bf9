using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;
using Ochag.Storage.Bulk;

namespace Ochag.Billing.Facts;

internal sealed class BillingIntake(OchagDb db, IBulkWriter bulk, QualityBook quality, IClock clock) : IBillingIntake
{
    public Task RecordAbsences(
        IReadOnlyList<(AccountId Account, Absence Absence)> absences, string by, string evidence, CancellationToken cancel) =>
        Record(absences, static (id, recorded, a) => new AbsenceFact
        {
            Id = id,
            AccountId = a.Account,
            Persons = (short)a.Absence.Persons,
            Proof = a.Absence.Proof,
            Applied = a.Absence.Applied,
            EffectiveFrom = a.Absence.From,
            EffectiveTo = a.Absence.To,
            Recorded = recorded,
        }, by, evidence, cancel);

    public Task RecordOpeningBalances(
        IReadOnlyList<(AccountId Account, Service Service, LocalDate Day, Money Sum)> balances, string by, string evidence,
            CancellationToken cancel) =>
        Record(balances, static (id, recorded, b) => new OpeningBalanceFact
        {
            Id = id,
            AccountId = b.Account,
            Service = b.Service,
            Sum = b.Sum,
            EffectiveFrom = b.Day,
            Recorded = recorded,
        }, by, evidence, cancel);

    public Task RecordQuality(
        TerritoryRecord territory, BuildingId building, IReadOnlyList<QualityEvent> events, string by, string evidence,
            CancellationToken cancel) => quality.Write(territory, building, events, by, evidence, form: null, cancel);

    public Task<QualityDecision> EnterQuality(
        TerritoryRecord territory, BuildingId building, QualityEntry entry, Guid form, string by, CancellationToken cancel) =>
        quality.Enter(territory, building, entry, form, by, cancel);

    public Task<Refusal?> WithdrawQuality(BuildingId building, long fact, CancellationToken cancel) =>
        quality.Withdraw(building, fact, cancel);

    public Task RecordBenefits(
        IReadOnlyList<(AccountId Account, Benefit Benefit)> benefits, string by, string evidence, CancellationToken cancel) =>
        Record(benefits, static (id, recorded, b) => new BenefitFact
        {
            Id = id,
            AccountId = b.Account,
            Services = ServiceSet.Of(b.Benefit.Services),
            Persons = (short)b.Benefit.Persons,
            Percent = new(b.Benefit.Percent.Round(Fixed.Places)),
            EffectiveFrom = b.Benefit.From,
            EffectiveTo = b.Benefit.To,
            Recorded = recorded,
        }, by, evidence, cancel);

    public Task RecordLoads(
        IReadOnlyList<(AccountId Account, ContractLoad Load)> loads, string by, string evidence, CancellationToken cancel) =>
        Record(loads, static (id, recorded, l) => new ContractLoadFact
        {
            Id = id,
            AccountId = l.Account,
            Number = l.Load.Number,
            Service = l.Load.Service,
            PerHour = new(l.Load.PerHour.Round(Fixed.Places)),
            HoursPerDay = new(l.Load.HoursPerDay.Round(Fixed.Places)),
            EffectiveFrom = l.Load.From,
            EffectiveTo = l.Load.To,
            Recorded = recorded,
        }, by, evidence, cancel);

    public Task RecordHeatingCharged(
        IReadOnlyList<(AccountId Account, int Year, Money Sum)> charged, string by, string evidence, CancellationToken cancel) =>
        Record(charged, static (id, recorded, c) => new HeatingChargedFact
        {
            Id = id,
            AccountId = c.Account,
            Sum = c.Sum,
            EffectiveFrom = new(c.Year, 1, 1),
            EffectiveTo = new(c.Year, 12, 31),
            Recorded = recorded,
        }, by, evidence, cancel);

    /// <summary>Writes a row for each item.</summary>
    private async Task Record<TItem, TRow>(
        IReadOnlyList<TItem> items, Func<long, Recorded, TItem, TRow> row, string by, string evidence, CancellationToken cancel)
        where TRow : Fact
    {
        if (items.Count == 0)
            return;
        var recorded = new Recorded(clock.GetCurrentInstant(), by, evidence);
        var first = await db.ReserveIds<TRow>(items.Count, cancel);
        await bulk.Write(db, items.Select((item, i) => row(first + i, recorded, item)), cancel);
    }
}

/// <summary>Services as bits of one number.</summary>
internal static class ServiceSet
{
    public static short Of(IEnumerable<Service> services) =>
        services.Aggregate((short)0, (set, service) => (short)((ushort)set | 1 << (int)service));

    public static Service[] List(short set) => [.. Enum.GetValues<Service>().Where(service => (set & 1 << (int)service) != 0)];
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>How facts of billing are recorded, whether or not they turn out to count: in the caller's transaction.</summary>
public interface IBillingIntake
{
    Task RecordAbsences(
        IReadOnlyList<(AccountId Account, Absence Absence)> absences, string by, string evidence, CancellationToken cancel);

    /// <summary>Records what accounts owed when their books were opened here.</summary>
    Task RecordOpeningBalances(
        IReadOnlyList<(AccountId Account, Service Service, LocalDate Day, Money Sum)> balances, string by, string evidence,
            CancellationToken cancel);

    /// <summary>Records hours of poor quality of a building or of some of its accounts.</summary>
    /// <param name="evidence">The act, the log of the dispatcher.</param>
    Task RecordQuality(
        TerritoryRecord territory, BuildingId building, IReadOnlyList<QualityEvent> events, string by, string evidence,
            CancellationToken cancel);

    /// <summary>
    /// Decides by <see cref="QualityEntries.Decide"/> and records the event, whole or not at all. The same form again
    /// answers with the event that it brought; with other things in it, it is refused with <c>billing.quality-form-used</c>.
    /// </summary>
    /// <param name="form">The key of the form, made where it is shown.</param>
    Task<QualityDecision> EnterQuality(
        TerritoryRecord territory, BuildingId building, QualityEntry entry, Guid form, string by, CancellationToken cancel);

    /// <summary>
    /// Ends our knowing of a building's event: it is kept and counts no more. Refused with <c>billing.quality-unknown</c> or
    /// <c>billing.quality-withdrawn-already</c>; null: it is done.
    /// </summary>
    Task<Refusal?> WithdrawQuality(BuildingId building, long fact, CancellationToken cancel);

    Task RecordBenefits(
        IReadOnlyList<(AccountId Account, Benefit Benefit)> benefits, string by, string evidence, CancellationToken cancel);

    Task RecordLoads(
        IReadOnlyList<(AccountId Account, ContractLoad Load)> loads, string by, string evidence, CancellationToken cancel);

    /// <summary>Records what heating was charged in a year before billing here began, for the true-up of the next.</summary>
    Task RecordHeatingCharged(
        IReadOnlyList<(AccountId Account, int Year, Money Sum)> charged, string by, string evidence, CancellationToken cancel);
}

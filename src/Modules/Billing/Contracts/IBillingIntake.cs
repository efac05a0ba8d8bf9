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

    Task RecordBenefits(
        IReadOnlyList<(AccountId Account, Benefit Benefit)> benefits, string by, string evidence, CancellationToken cancel);

    Task RecordLoads(
        IReadOnlyList<(AccountId Account, ContractLoad Load)> loads, string by, string evidence, CancellationToken cancel);

    /// <summary>Records what heating was charged in a year before billing here began, for the true-up of the next.</summary>
    Task RecordHeatingCharged(
        IReadOnlyList<(AccountId Account, int Year, Money Sum)> charged, string by, string evidence, CancellationToken cancel);
}

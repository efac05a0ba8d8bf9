using NodaTime;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <param name="WithdrawnAt">When it was withdrawn; null: it counts.</param>
public sealed record RecordedQuality(BuildingId Building, QualityEvent Event, FactOrigin Origin, Instant? WithdrawnAt);

public sealed record RecordedBenefit(AccountId Account, Benefit Benefit, FactOrigin Origin);

public sealed record RecordedLoad(AccountId Account, ContractLoad Load, FactOrigin Origin);

/// <summary>Facts of billing as a working names them, with who recorded each and on what evidence; unknown ids are absent.</summary>
public interface IBillingFacts
{
    /// <summary>Quality hours by their ids, withdrawn ones too: a posted line may rest on one.</summary>
    Task<IReadOnlyList<RecordedQuality>> FindQuality(IReadOnlyCollection<long> ids, CancellationToken cancel);

    /// <summary>All quality hours ever recorded of a building, the latest first.</summary>
    Task<IReadOnlyList<RecordedQuality>> ListQuality(BuildingId building, CancellationToken cancel);

    Task<IReadOnlyList<RecordedBenefit>> FindBenefits(IReadOnlyCollection<long> ids, CancellationToken cancel);

    Task<IReadOnlyList<RecordedLoad>> FindLoads(IReadOnlyCollection<long> ids, CancellationToken cancel);
}

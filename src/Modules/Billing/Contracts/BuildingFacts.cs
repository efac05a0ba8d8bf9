using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Contracts;

/// <summary>
/// All facts that the charges of a building's month depend on. What follows from them (averages on account, counters of
/// missing periods) is computed from the facts each time, never stored as truth.
/// </summary>
public sealed record BuildingFacts
{
    public required BuildingRecord Building { get; init; }
    public required Currency Currency { get; init; }

    /// <summary>The first month billed here; what is known of earlier consumption stands in <see cref="History"/>.</summary>
    public required BillingPeriod Since { get; init; }

    /// <summary>Readings of every meter of the building.</summary>
    public required IReadOnlyDictionary<MeterId, IReadOnlyList<Reading>> Readings { get; init; }

    /// <summary>Months' volumes of building meters that are known without readings.</summary>
    public IReadOnlyDictionary<MeterId, IReadOnlyList<MonthlyVolume>> MeterVolumes { get; init; } =
        new Dictionary<MeterId, IReadOnlyList<MonthlyVolume>>();

    /// <summary>Volumes by meter of the months before <see cref="Since"/>, the base of averages.</summary>
    public IReadOnlyDictionary<(PremisesId Premises, Service Service), IReadOnlyList<MonthlyVolume>> History { get; init; } =
        new Dictionary<(PremisesId, Service), IReadOnlyList<MonthlyVolume>>();

    public IReadOnlyDictionary<AccountId, IReadOnlyList<Absence>> Absences { get; init; } =
        new Dictionary<AccountId, IReadOnlyList<Absence>>();
}

/// <param name="From">Day of departure, itself not counted (p.86).</param>
/// <param name="To">Day of return, itself not counted.</param>
/// <param name="Proof">Papers of p.93 were presented.</param>
/// <param name="Applied">Day of the application.</param>
public sealed record Absence(LocalDate From, LocalDate To, int Persons, bool Proof, LocalDate Applied);

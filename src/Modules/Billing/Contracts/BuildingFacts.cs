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

    /// <summary>The building's local time: hours of poor quality are elapsed hours of it.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>Periods in a row without readings, or with a meter out of order, that lie before <see cref="Since"/>.</summary>
    public IReadOnlyDictionary<(PremisesId Premises, Service Service), StartState> StartStates { get; init; } =
        new Dictionary<(PremisesId, Service), StartState>();

    /// <summary>Refused access, checks, interference, unauthorised connections.</summary>
    public IReadOnlyList<MeterAct> Acts { get; init; } = [];

    public IReadOnlyDictionary<AccountId, IReadOnlyList<Absence>> Absences { get; init; } =
        new Dictionary<AccountId, IReadOnlyList<Absence>>();

    public IReadOnlyList<QualityEvent> QualityEvents { get; init; } = [];

    public IReadOnlyDictionary<AccountId, IReadOnlyList<Benefit>> Benefits { get; init; } =
        new Dictionary<AccountId, IReadOnlyList<Benefit>>();

    /// <summary>Loads that the companies' contracts name.</summary>
    public IReadOnlyDictionary<AccountId, IReadOnlyList<ContractLoad>> ContractLoads { get; init; } =
        new Dictionary<AccountId, IReadOnlyList<ContractLoad>>();

    /// <summary>Heating charged in a year before <see cref="Since"/>, for the true-up of the next.</summary>
    public IReadOnlyDictionary<(AccountId Account, int Year), Money> HeatingCharged { get; init; } =
        new Dictionary<(AccountId, int), Money>();
}

/// <param name="From">Day of departure, itself not counted (p.86).</param>
/// <param name="To">Day of return, itself not counted.</param>
/// <param name="Proof">Papers of p.93 were presented.</param>
/// <param name="Applied">Day of the application.</param>
public sealed record Absence(LocalDate From, LocalDate To, int Persons, bool Proof, LocalDate Applied);

/// <param name="Persons">Entitled persons of the household.</param>
/// <param name="Percent">Of the fee for their share within the norm.</param>
/// <param name="To">Last day; null: open.</param>
public sealed record Benefit(
    long Fact, IReadOnlyList<Service> Services, int Persons, Exact Percent, LocalDate From, LocalDate? To);

/// <summary>What a company takes by its contract where no meter tells (p.43).</summary>
/// <param name="PerHour">Load: m3, kWh or Gcal per hour.</param>
public sealed record ContractLoad(
    long Fact, string Number, Service Service, Exact PerHour, Exact HoursPerDay, LocalDate From, LocalDate? To);

using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What an act about a premises' meter or wiring states. Stored: never renumber.</summary>
public enum MeterActKind : short
{
    /// <summary>The consumer did not let the controller in, twice (p.59 "v", 85).</summary>
    NoAccess = 1,

    /// <summary>A working meter shows more or less than was told (p.61).</summary>
    Difference = 2,

    /// <summary>Somebody meddled with the meter (p.62).</summary>
    Interference = 3,

    /// <summary>Connected past the meter (p.62).</summary>
    Unauthorised = 4,
}

/// <summary>An act about a service on a premises.</summary>
/// <param name="Id">The stored act, for the working; 0 in memory.</param>
/// <param name="Drawn">The day of the act.</param>
/// <param name="Access">Refused access: the day on which the controller was let in; null: not yet.</param>
/// <param name="Meter">The meter that was checked.</param>
/// <param name="Values">Its indexes at the check.</param>
/// <param name="From">First day of the interference or connection, where it is known.</param>
/// <param name="LastCheck">The check before, where <paramref name="From"/> is not known.</param>
/// <param name="Removed">Day on which it was put right; null: not yet.</param>
/// <param name="PerHour">Power of what was connected: kW, or m3 per hour; null: not known.</param>
public sealed record MeterAct(
    long Id,
    PremisesId Premises,
    Service Service,
    MeterActKind Kind,
    LocalDate Drawn,
    LocalDate? Access = null,
    MeterId? Meter = null,
    IReadOnlyList<RegisterIndex>? Values = null,
    LocalDate? From = null,
    LocalDate? LastCheck = null,
    LocalDate? Removed = null,
    Fixed? PerHour = null);

/// <summary>Billing periods in a row that went without a reading, or with a meter out of order, before Ochag billed.</summary>
public readonly record struct StartState(int MissingPeriods, int FailedPeriods);

using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>Who took a reading. The numbers are stored: never renumber.</summary>
public enum ReadingSource : short
{
    Consumer = 1,
    Controller = 2,
    Act = 3,
    Verification = 4,
}

/// <summary>What a reading stands for besides the index itself. Stored: never renumber.</summary>
public enum ReadingMark : short
{
    None = 0,

    /// <summary>Index at installation, or the last one billed before Ochag.</summary>
    Initial = 1,

    /// <summary>Last reading of a section that ends by removal, expiry or failure.</summary>
    Final = 2,

    /// <summary>Taken at the start of its day, cuts the month there.</summary>
    Split = 3,

    /// <summary>New start after verification: nothing is charged for the gap.</summary>
    Restart = 4,
}

/// <param name="Id">The stored reading, for the working; 0 in memory.</param>
/// <param name="Taken">The day the index was read.</param>
/// <param name="Received">The day it came in: decides the period of a consumer's reading (rules.md 18.2).</param>
/// <param name="Values">Index by zone.</param>
public sealed record Reading(
    long Id,
    MeterId Meter,
    LocalDate Taken,
    LocalDate Received,
    ReadingSource Source,
    ReadingMark Mark,
    IReadOnlyList<RegisterIndex> Values);

public readonly record struct RegisterIndex(Zone Zone, Fixed Index);

/// <summary>A month's volume known without readings: of a building's heat meter, or of the time before Ochag.</summary>
public sealed record MonthlyVolume(BillingPeriod Month, IReadOnlyList<RegisterVolume> Values);

public readonly record struct RegisterVolume(Zone Zone, Fixed Volume);

using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Contracts;

/// <summary>What a rule says of a reading, from the mildest.</summary>
public enum Verdict
{
    /// <summary>Nothing to ask; a finding of this kind is only kept with the reading.</summary>
    Fine,

    /// <summary>Unusual: taken when somebody confirms it.</summary>
    Warn,

    /// <summary>Hardly possible: taken when somebody confirms it, and somebody should go and look.</summary>
    Fail,

    /// <summary>Cannot be: not taken.</summary>
    Block,
}

/// <summary>A rule's verdict with its reason: a stable code and the facts that explain it.</summary>
public sealed record Finding(Verdict Verdict, Refusal Reason)
{
    public string Code => Reason.Code;
}

/// <summary>What an estimate of the use rests on.</summary>
public enum EstimateBasis
{
    /// <summary>The same season last year, scaled by how the use has changed since.</summary>
    Season,

    /// <summary>The meter's own last readings.</summary>
    Own,

    /// <summary>The middle one of the building's meters of this service.</summary>
    Peers,
}

/// <summary>The use that may be expected of a register, units a day.</summary>
public readonly record struct Estimate(Exact PerDay, EstimateBasis Basis);

/// <summary>A stored index of one register.</summary>
public sealed record KnownIndex(long Id, LocalDate Day, Fixed Index, ReadingMark Mark, string By, string Evidence);

/// <summary>One register on the sheet of a building: a meter's single one, or one of its zones.</summary>
/// <param name="Premises">Null: the building's own meter.</param>
/// <param name="Last">The last index known; null: none yet.</param>
/// <param name="LastYear">What it used in the same month a year ago; null: not known.</param>
public sealed record SheetRegister(MeterRecord Meter, PremisesId? Premises, Zone Zone, KnownIndex? Last, Exact? LastYear);

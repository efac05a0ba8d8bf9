using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Days of the month on which a premises' volume rests on one basis. By meter or average the volumes are known and lie
/// evenly over the days; by norm they follow from the persons of each account.
/// </summary>
/// <param name="Factor">The raising factor of p.42 is due: a meter could stand and none valid does.</param>
internal sealed record Piece(Span Days, Basis Basis, bool Factor, IReadOnlyList<ZoneVolume> Volumes)
{
    /// <summary>Why there is no volume by meter.</summary>
    public NormGround Ground { get; init; }

    /// <summary>Days of the piece that have no ordinary volume because of an interference (p.62, 18.8).</summary>
    public Span Barred { get; init; }

    /// <summary>What the reading of this piece settles; null: no reading closes it.</summary>
    public Settled? Settles { get; init; }

    public static Piece ByNorm(Span days, NormGround ground, bool factor) => new(days, Basis.Norm, factor, []) { Ground = ground };
}

/// <summary>Why a day goes by norm: absence (p.86) and volumes not supplied (p.100) ask for it.</summary>
internal enum NormGround
{
    /// <summary>No meter stands, nor can one, or the service needs none.</summary>
    NoMeter,

    /// <summary>No meter stands although one could: the raising factor is due.</summary>
    NoMeterThoughPossible,

    /// <summary>It is out of order, or its verification has run out (p.81(12)).</summary>
    Invalid,

    /// <summary>It works, and nobody told its index, or nobody was let in to it.</summary>
    Untold,
}

/// <summary>Months that one reading closes, and the volume billed for them on account.</summary>
internal readonly record struct Settled(int Months, Exact Billed);

internal readonly record struct ZoneVolume(Zone Zone, Fragment Volume);

/// <summary>
/// A part of a piece that one account is charged for: <see cref="Days"/> of the <see cref="PieceDays"/> over which the
/// volume is spread.
/// </summary>
internal sealed record Segment(Span Days, Basis Basis, Zone Zone, Fragment Volume, int PieceDays, bool Factor)
{
    public NormGround Ground { get; init; }
    public Settled? Settles { get; init; }

    public Exact Value => Days.Days == PieceDays
        ? Volume.Value
        : Volume.Value * Exact.Fraction(Days.Days, PieceDays);

    /// <summary>Puts the volume of <paramref name="days"/>, a part of this segment, on the tape.</summary>
    public void Put(Tape tape, Span days)
    {
        tape.During(days.From + 1, days.To).Append(Volume);
        if (days.Days != PieceDays)
            tape.During(days.From + 1, days.To); // a volume tells the days that it was measured on: those of the whole piece
        tape.Share(days, PieceDays);
    }
}

internal static class TapeShare
{
    /// <summary>Takes of the value on top what falls on <paramref name="days"/> of the <paramref name="all"/> it lies over.</summary>
    public static void Share(this Tape tape, Span days, int all)
    {
        if (days.Days != all)
            tape.In((int)Symbol.Days, days.Days).Multiply().In((int)Symbol.DaysInAll, all).Divide();
    }
}

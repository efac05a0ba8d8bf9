using Ochag.Foundation;
using Ochag.Metering.Contracts;

namespace Ochag.Metering.Validation;

/// <summary>Whether the meter is the one meant, and the number one that its dial can show.</summary>
internal static class IdentityRules
{
    public static Finding? Serial(ReadingCase reading) => reading.Serial is { } seen && seen.Trim() != reading.Meter.Serial
        ? new(Verdict.Block, new("metering.serial-differs", ("serial", reading.Meter.Serial), ("seen", seen.Trim())))
        : null;

    public static Finding? Format(ReadingCase reading)
    {
        if (reading.Index < Fixed.Zero || reading.Index.ToExact() >= reading.Dial)
            return new(Verdict.Block, new("metering.index-too-long", ("digits", $"{reading.Meter.Digits}")));
        var places = (int)reading.Thresholds["decimals"].Floor();
        return Exact.Parse(reading.Index.ToExact().ToDecimal(places)) == reading.Index.ToExact()
            ? null
            : new(Verdict.Block, new("metering.index-too-fine", ("places", $"{places}")));
    }

    /// <summary>A new meter begins where the old one has ended: without its last index the days between are nobody's.</summary>
    public static Finding? Replaced(ReadingCase reading) => reading is { WithoutFinal: { } old, Before: null }
        ? new(Verdict.Block, new("metering.replaced-without-final", ("serial", old.Serial)))
        : null;
}

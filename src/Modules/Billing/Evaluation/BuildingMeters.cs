using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>The volume of a building's own meter in a month.</summary>
internal static class BuildingMeters
{
    /// <summary>
    /// A known month's volume, else the difference of the last indexes taken in this month and before it, turned over
    /// the dial and multiplied; null when either is missing: the meter is silent.
    /// </summary>
    public static Exact? VolumeOf(BuildingFacts facts, Service service, BillingPeriod month)
    {
        Exact? sum = null;
        foreach (var meter in facts.Building.Meters)
        {
            if (meter.Service == service && VolumeOf(facts, meter, month) is { } volume)
                sum = (sum ?? Exact.Zero) + volume;
        }

        return sum;
    }

    private static Exact? VolumeOf(BuildingFacts facts, MeterRecord meter, BillingPeriod month)
    {
        foreach (var known in facts.MeterVolumes.GetValueOrDefault(meter.Id) ?? [])
        {
            if (known.Month == month)
                return known.Values[0].Volume.ToExact();
        }

        var readings = facts.Readings.GetValueOrDefault(meter.Id) ?? [];
        if (Last(readings, month) is not { } now || Last(readings, month.PlusMonths(-1)) is not { } before)
            return null;
        var difference = now.ToExact() - before.ToExact();
        if (difference.Sign < 0)
            difference += Exact.Of(meter.DialSize);
        return difference * meter.Multiplier.ToExact();
    }

    private static Fixed? Last(IReadOnlyList<Reading> readings, BillingPeriod month) =>
        readings.Where(r => BillingPeriod.Of(r.Taken) == month).MaxBy(r => r.Taken)?.Values[0].Index;
}

using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>Days of a month with one meter in one state.</summary>
/// <param name="Meter">The meter of the days; null: none stands.</param>
/// <param name="Valid">It works and its verification is in force (p.81(12)).</param>
/// <param name="Split">A reading cuts the month at the end of the section.</param>
internal readonly record struct Section(Span Days, MeterRecord? Meter, bool Valid, bool Split);

/// <summary>Cuts a month by the life of a premises' meters of one service.</summary>
internal sealed class MeterSections(IReadOnlyList<MeterRecord> meters, Func<MeterId, IReadOnlyList<Reading>> readings)
{
    public List<Section> Of(MonthRules rules)
    {
        var month = rules.Month;
        var cuts = new SortedSet<int> { 0, month.Days };
        var splits = new HashSet<int>();
        foreach (var meter in meters)
        {
            Cut(cuts, month, meter.Installed, Removed(meter, month)?.PlusDays(-1));
            foreach (var verified in meter.Verifications)
                Cut(cuts, month, verified.From, verified.To);
            foreach (var failed in meter.Failures)
                Cut(cuts, month, failed.From, failed.To);
            foreach (var reading in readings(meter.Id))
            {
                if (reading.Taken.Day > 1 && BillingPeriod.Of(reading.Taken) == month && ReadingPeriods.Cuts(reading, rules))
                {
                    cuts.Add(reading.Taken.Day - 1);
                    splits.Add(reading.Taken.Day - 1);
                }
            }
        }

        var sections = new List<Section>();
        var from = 0;
        foreach (var to in cuts.Skip(1))
        {
            var section = On(month, new(from, to), splits.Contains(to));
            if (sections is [.., { Split: false } last] && last.Meter == section.Meter && last.Valid == section.Valid)
                sections[^1] = section with { Days = new(last.Days.From, to) };
            else
                sections.Add(section);
            from = to;
        }

        return sections;
    }

    /// <summary>A meter works and is verified on the day.</summary>
    public static bool IsValid(MeterRecord meter, LocalDate day)
    {
        foreach (var failed in meter.Failures)
        {
            if (failed.Contains(day))
                return false;
        }

        if (meter.Verifications.Count == 0)
            return true;
        foreach (var verified in meter.Verifications)
        {
            if (verified.Contains(day))
                return true;
        }

        return false;
    }

    private Section On(BillingPeriod month, Span days, bool split)
    {
        var day = month.FirstDay.PlusDays(days.From);
        foreach (var meter in meters)
        {
            if (meter.Installed <= day && (Removed(meter, month) is not { } removed || day < removed))
                return new(days, meter, IsValid(meter, day), split);
        }

        return new(days, null, false, split);
    }

    /// <summary>A removal on the last day of a month does not cut it (rules.md 18.2).</summary>
    private static LocalDate? Removed(MeterRecord meter, BillingPeriod month) =>
        meter.Removed == month.LastDay ? month.LastDay.PlusDays(1) : meter.Removed;

    private static void Cut(SortedSet<int> cuts, BillingPeriod month, LocalDate from, LocalDate? to)
    {
        var days = Span.Of(month, from, to);
        if (days.From > 0 && days.From < month.Days)
            cuts.Add(days.From);
        if (days.To > 0 && days.To < month.Days)
            cuts.Add(days.To);
    }
}

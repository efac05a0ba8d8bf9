using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Planned stops (p.99, 100; 18.21): for the first 14 days of the year people without any meter do not pay the volume
/// that was not brought, hours of a day to hours of a day; the hours after them cost as those of a break.
/// </summary>
internal sealed class PlannedStops(BuildingVolumes volumes, AbsenceRule absence, MonthRules month, LineWriter writer)
{
    /// <summary>The stops of the month within the allowed days of the year, and the hours after them.</summary>
    public (List<Slice> Allowed, Exact OverHours) Split(QualityTimeline timeline)
    {
        var (allowed, over) = (new List<Slice>(), Exact.Zero);
        var (year, end) = (timeline.Start(new(month.Month.Year, 1)), timeline.End(month.Month));
        var left = Duration.FromDays(month.Setting(Settings.PlannedDays));
        foreach (var stop in timeline.Slices.Where(s => s.Trouble == Trouble.Planned).Select(s => s.Within(year, end)).OfType<Slice>())
        {
            var free = Duration.Min(left, stop.To - stop.From);
            left -= free;
            allowed.AddRange(timeline.Counted(month.Month, stop with { To = stop.From + free }));
            over += timeline.Counted(month.Month, stop with { From = stop.From + free })
                .Aggregate(Exact.Zero, (sum, s) => sum + s.Hours);
        }

        return (allowed, over);
    }

    /// <summary>Puts the reduction on the tape; false: nothing was charged by norm without a meter.</summary>
    public bool Put(AccountRecord account, Service service, QualityTimeline timeline, List<Slice> stops, Fee fee)
    {
        var components = VolumeLines.ComponentsOf(service, month).Where(c => c.Zone is null or Zone.Single).ToArray();
        if (stops.Count == 0 || components.Length == 0)
            return false;
        var away = absence.DaysOf(account, service).ToList();
        var some = false;
        foreach (var segment in volumes.Segments(account, service).Where(s => s is
            { Basis: Basis.Norm, Ground: NormGround.NoMeter or NormGround.NoMeterThoughPossible }))
        {
            for (var day = segment.Days.From; day < segment.Days.To; day++)
            {
                var (start, next) = (timeline.At(month.Month, day), timeline.At(month.Month, day + 1));
                var hours = stops.Aggregate(Exact.Zero, (sum, s) => sum + (s.Within(start, next)?.Hours ?? Exact.Zero));
                if (hours.IsZero)
                    continue;
                PutDay(account, components, segment, new(day, day + 1), hours, QualityTimeline.HoursOf(start, next), away,
                    fee.Cause);
                if (some)
                    writer.Tape.Add();
                some = true;
            }
        }

        if (some)
            fee.Reduce(writer.Tape).Finish();
        return some;
    }

    private void PutDay(
        AccountRecord account, VolumeComponent[] components, Segment segment, Span day, Exact hours, Exact dayHours, List<AbsentDays> away,
            long cause)
    {
        var tape = writer.Tape;
        segment.Put(tape, day);
        tape.From((int)FactKind.QualityEvent, cause).In((int)Symbol.Hours, hours).Multiply().In((int)Symbol.HoursInAll, dayHours).Divide();
        if (away.Find(a => a.Segment == segment && a.Days.Contains(day.From)) is { Persons: > 0 } absent)
        {
            tape.In((int)Symbol.Residents, absent.Persons).In((int)Symbol.Absent, absent.Absent).Subtract().Multiply()
                .In((int)Symbol.Residents, absent.Persons).Divide();
        }

        tape.Quantity();
        foreach (var (i, component) in components.Index())
        {
            var price = writer.Prices(account, component, day).Single();
            tape.From((int)FactKind.Parameter, price.Tariff.Parameter).In((int)Symbol.Tariff, price.Tariff.Value);
            if (price.Heat is { } heat)
                tape.From((int)FactKind.Parameter, heat.Parameter).In((int)Symbol.HeatPerCubicMetre, heat.Value).Multiply();
            if (i > 0)
                tape.Add();
        }

        tape.Multiply();
    }
}

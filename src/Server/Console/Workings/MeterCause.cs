using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Because = Ochag.Billing.Contracts.Clause;

namespace Ochag.Server.Console.Workings;

/// <summary>Why a month has no volume by the premises' own meter.</summary>
/// <param name="Clause">Null: the premises has never had a meter of the service.</param>
internal sealed record MeterCause(Clause? Clause, string Words)
{
    public bool HasMeter => Clause is not (null or Because.Away);

    /// <summary>The next reading sets right what is taken instead.</summary>
    public bool IsSettled => Clause is Because.NotSent or Because.Refused;

    /// <summary>It is for the meter that the raising factor is due (p.60), and not because none stands.</summary>
    public bool BringsFactor => Clause is Because.Failed or Because.Expired
        or Because.Refused;

    public static MeterCause Of(Telling t)
    {
        var line = t.Line;
        var (first, last) = (line.Period.FirstDay, line.Period.LastDay);
        var stood = t.Facts.Meters.Where(m => m.Service == line.Service && m.Installed <= last).ToList();
        var meter = stood.Find(m => m.Removed is null || m.Removed > first);
        if (meter is null)
        {
            return stood.MaxBy(m => m.Removed) is { } gone
                ? new(Because.Away, t.Words("story.cause.away", gone.Serial, Formats.Of(gone.Removed!.Value)))
                : new(null, t.Words("story.cause.none"));
        }

        var failed = meter.Failures.Where(f => f.From <= last && (f.To is null || f.To >= first)).Select(f => (LocalDate?)f.From).Min();
        if (failed is { } since)
            return new(Because.Failed, t.Words("story.cause.failed", meter.Serial, Formats.Of(since)));
        if (Expired(meter, first, last) is { } expired)
            return new(Because.Expired, t.Words("story.cause.expired", meter.Serial, Formats.Of(expired)));
        var act = t.Facts.Acts.Select(a => a.Act).FirstOrDefault(a => a.Kind == MeterActKind.NoAccess && a.Service == line.Service
            && a.Drawn <= last && (a.Access is null || a.Access > first));
        if (act is not null)
            return new(Because.Refused, t.Words("story.cause.refused", Formats.Of(act.Drawn)));
        return new(
            Because.NotSent,
            t.Facts.InARow is > 1 and var row && line.Basis.Each().Contains(Basis.Average)
                ? t.Words("story.cause.row", row)
                : t.Words("story.cause.notSent", Formats.Of(line.Period)));
    }

    /// <summary>The last day of the verification that ran out before the month's end; null: one holds, or none is recorded.</summary>
    private static LocalDate? Expired(MeterRecord meter, LocalDate first, LocalDate last) =>
        meter.Verifications.Count == 0 || meter.Verifications.Any(v => v.From <= last && (v.To is null || v.To >= last))
            ? null
            : meter.Verifications.Where(v => v.To < last).Max(v => v.To) ?? first;
}

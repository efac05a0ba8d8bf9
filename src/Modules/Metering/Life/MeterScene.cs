using NodaTime;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>What a step is decided by: its day, the meter and all that is known around it.</summary>
/// <param name="Life">Null: of a meter that is not there yet.</param>
/// <param name="Here">Meters that stand or stood in the same place.</param>
/// <param name="Named">Meters of the territory that bear the number of the one that comes.</param>
internal sealed record MeterScene(
    LocalDate Today, MeterLife? Life, IReadOnlyList<MeterLife> Here, IReadOnlyList<MeterPlace> Named, BuildingMetering? Metering);

/// <summary>What more than one step of a meter's life asks. Pure.</summary>
internal static class MeterRules
{
    private static readonly LocalDate Earliest = new(1990, 1, 1);

    /// <summary>The state that the form was opened on, the day, the paper.</summary>
    public static IEnumerable<Refusal> Step(MeterStep step, MeterScene scene)
    {
        if (step.Version is { } opened && opened != scene.Life?.Version)
            yield return new(Versions.ChangedMeanwhile);
        if (step.Day > scene.Today)
            yield return new("metering.step-of-the-future", ("today", $"{scene.Today:uuuu-MM-dd}"));
        else if (step.Day < Earliest)
            yield return new("metering.step-too-early", ("day", $"{Earliest:uuuu-MM-dd}"));
        if (step.Evidence.Trim().Length is 0 or > MeterStep.EvidenceLength)
            yield return new("metering.step-evidence-missing", ("most", $"{MeterStep.EvidenceLength}"));
    }

    /// <summary>A step of a meter that stands: not before it came, nor after it went.</summary>
    public static IEnumerable<Refusal> Stands(MeterStep step, MeterScene scene)
    {
        var standing = scene.Life?.Standing;
        if (standing is null || standing.To is not null && step.Day > standing.To.Value.PlusDays(1))
            yield return new("metering.step-meter-gone", ("day", $"{standing?.To:uuuu-MM-dd}"));
        else if (step.Day < standing.From)
            yield return new("metering.step-before-installed", ("day", $"{standing.From:uuuu-MM-dd}"));
    }

    /// <summary>A meter that goes: it must stand, have nothing after the day, and leave the last index of each register.</summary>
    public static IEnumerable<Refusal> Leaves(MeterStep step, IReadOnlyList<RegisterIndex> final, MeterScene scene)
    {
        foreach (var refusal in Stands(step, scene))
            yield return refusal;
        if (scene.Life is not { Standing: { } standing } life)
            yield break;
        if (standing.To is not null)
            yield return new("metering.step-meter-gone", ("day", $"{standing.To:uuuu-MM-dd}"));
        else if (step.Day == standing.From)
            yield return new("metering.step-before-installed", ("day", $"{standing.From.PlusDays(1):uuuu-MM-dd}"));
        var later = life.Place.Zones.Select(z => scene.Metering?.LastDayOf(life.Place.Id, z)).Max();
        if (later > step.Day)
            yield return new("metering.step-reading-after", ("day", $"{later:uuuu-MM-dd}"));
        foreach (var refusal in Judge(step, life.Place, final, scene, "final"))
            yield return refusal;
    }

    /// <summary>Readings of a known meter by the rules of all readings; a doubt is refused until it is confirmed.</summary>
    /// <param name="field">Which of a form's readings: a refusal says it.</param>
    public static IEnumerable<Refusal> Judge(
        MeterStep step, MeterPlace meter, IReadOnlyList<RegisterIndex> index, MeterScene scene, string field)
    {
        foreach (var zone in meter.Zones.Except(index.Select(i => i.Zone)))
            yield return new("metering.step-index-missing", ("field", field), ("zone", $"{zone}"));
        foreach (var value in index.Where(i => meter.Zones.Contains(i.Zone)))
        {
            if (OverDial(value, meter.Digits, field) is { } over)
            {
                yield return over;
                continue;
            }

            if (scene.Metering?.Find(meter.Id, step.Day) is not { } place)
                continue;
            var findings = Rules.Judge(scene.Metering.Case(place, value.Zone, value.Index, step.Day));
            foreach (var finding in findings.Where(f => f.Verdict == Verdict.Block || f.Verdict > Verdict.Fine && !step.Confirmed))
            {
                yield return finding.Reason with
                {
                    Facts =
                    [
                        .. finding.Reason.Facts, ("field", field), ("register", $"{value.Zone}"),
                        .. finding.Verdict == Verdict.Block ? Array.Empty<(string, string)>() : [("doubt", "yes")],
                    ],
                };
            }
        }
    }

    /// <summary>A meter that comes: its number, its dial, nothing else of its service in its place, the index it begins with.</summary>
    public static IEnumerable<Refusal> Comes(
        MeterStep step, NewMeter meter, IReadOnlyList<RegisterIndex> index, LocalDate? verifiedUntil, string seal, MeterScene scene)
    {
        if (meter.Serial.Trim().Length is 0 or > 60)
            yield return new("metering.serial-missing");
        if (meter.Digits is < 1 or > 12)
            yield return new("metering.digits-wrong", ("least", "1"), ("most", "12"));
        if (meter.Multiplier <= Fixed.Zero)
            yield return new("metering.multiplier-wrong");
        if (meter.Zones.Count > 1 && meter.Service != Service.Electricity)
            yield return new("metering.zones-of-electricity");
        var known = Known(meter, scene);
        if (known is null && scene.Named.Any(n => n.Service == meter.Service))
            yield return new("metering.serial-used", ("serial", meter.Serial));
        if (known is not null && (known.Place.Digits != meter.Digits || known.Multiplier != meter.Multiplier
            || !known.Place.Zones.SequenceEqual(meter.Zones)))
            yield return new("metering.meter-differs", ("serial", meter.Serial), ("digits", $"{known.Place.Digits}"));
        foreach (var zone in meter.Zones.Except(index.Select(i => i.Zone)))
            yield return new("metering.step-index-missing", ("field", "initial"), ("zone", $"{zone}"));
        foreach (var over in index.Select(i => OverDial(i, meter.Digits, "initial")).OfType<Refusal>())
            yield return over;
        if (verifiedUntil <= step.Day)
            yield return new("metering.verified-until-early");
        if (seal.Trim().Length > 20)
            yield return new("metering.seal-long", ("most", "20"));
    }

    /// <summary>The same meter that stood here before and comes back, as from a verification.</summary>
    public static MeterLife? Known(NewMeter meter, MeterScene scene) => scene.Here.FirstOrDefault(m =>
        m.Place.Serial == meter.Serial.Trim() && m.Place.Service == meter.Service && m.Standing?.To is not null);

    private static Refusal? OverDial(RegisterIndex index, int digits, string field) =>
        digits is >= 1 and <= 12 && (index.Index < Fixed.Zero || index.Index >= Fixed.Of(MeterRecord.DialSizeOf(digits)))
            ? new("metering.step-over-dial", ("digits", $"{digits}"), ("field", field), ("zone", $"{index.Zone}"))
            : null;
}

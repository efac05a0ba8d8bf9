using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Corrections;

/// <summary>A stored reading is put right or withdrawn: what may be, and what it changes. Pure.</summary>
internal static class CorrectReadingRules
{
    /// <summary>Every meter's first reading is one, and every correction of an earlier reading is backdated.</summary>
    private static readonly string[] Expected = ["metering.reading-first", "metering.reading-backdated"];

    public static CorrectionDecision Decide(CorrectReading correction, CorrectionScene scene)
    {
        if (correction.Version != scene.Version)
            return Refused(new Refusal(Versions.ChangedMeanwhile));
        if (scene.Now.Count == 0)
            return Refused(new Refusal("metering.correction-gone"));
        var refusals = new List<Refusal>();
        if (correction.Reason.Trim().Length is 0 or > IReadingEntry.RemarkLength)
            refusals.Add(new("metering.correction-reason-missing", ("most", $"{IReadingEntry.RemarkLength}")));
        var doubts = new List<Finding>();
        if (correction.Values is { } values)
        {
            refusals.AddRange(Wrong(values, scene));
            if (refusals.TrueForAll(r => r.Code == "metering.correction-reason-missing"))
                Judge(values, scene, refusals, doubts);
        }
        else if (IsKept(scene))
        {
            refusals.Add(new("metering.correction-mark-kept"));
        }

        return refusals.Count > 0
            ? Refused([.. refusals])
            : new([], doubts, Later(correction, scene), Changes(correction, scene), Draft(correction, scene));
    }

    public static CorrectionDecision Refused(params Refusal[] refusals) => new(refusals, [], [], [], null);

    /// <summary>With what a meter came or went other readings are counted from: it can be put right, not withdrawn.</summary>
    private static bool IsKept(CorrectionScene scene) => scene.Now[0].Mark switch
    {
        ReadingMark.Initial or ReadingMark.Restart =>
            scene.Place.Meter.Zones.Any(z => scene.Others(z).Any(k => k.Day > scene.Now[0].Taken)),
        ReadingMark.Final => scene.Place.Meter.Removed is not null,
        _ => false,
    };

    private static IEnumerable<Refusal> Wrong(IReadOnlyList<RegisterIndex> values, CorrectionScene scene)
    {
        foreach (var row in scene.Now)
        {
            if (values.All(v => v.Zone != row.Zone))
                yield return new("metering.step-index-missing", ("field", "index"), ("zone", $"{row.Zone}"));
        }

        foreach (var value in values)
        {
            if (scene.Now.All(r => r.Zone != value.Zone))
                yield return new("metering.register-foreign", ("field", "index"), ("zone", $"{value.Zone}"));
            else if (value.Index < Fixed.Zero || value.Index >= Fixed.Of(scene.Place.Meter.DialSize))
                yield return new(
                    "metering.step-over-dial", ("digits", $"{scene.Place.Meter.Digits}"), ("field", "index"), ("zone", $"{value.Zone}"));
        }

        if (scene.Now.All(r => values.Any(v => v.Zone == r.Zone && v.Index == r.Index)))
            yield return new("metering.correction-same");
    }

    private static void Judge(
        IReadOnlyList<RegisterIndex> values, CorrectionScene scene, List<Refusal> refusals, List<Finding> doubts)
    {
        foreach (var (zone, index) in values)
        {
            if (scene.Now.All(r => r.Zone != zone || r.Index == index))
                continue;
            var reading = scene.Case(zone, index);
            var findings = Rules.Judge(reading);
            // What comes after the very first index must not lie below it; a dial that has gone round stands there already.
            if (reading is { Before: null, After: { } after } && index > after.Index
                && scene.Now.First(r => r.Zone == zone).Index <= after.Index)
            {
                (string, string)[] facts = [("later", $"{after.Index}"), ("day", Say.Day(after.Day))];
                findings = [new(Verdict.Block, new("metering.reading-above-later", facts))];
            }

            (string, string)[] where = [("field", "index"), ("register", $"{zone}")];
            refusals.AddRange(findings.Where(f => f.Verdict == Verdict.Block)
                .Select(f => f.Reason with { Facts = [.. f.Reason.Facts, .. where] }));
            doubts.AddRange(findings.Where(f =>
                f.Verdict is Verdict.Warn or Verdict.Fail && !Expected.Contains(f.Code, StringComparer.Ordinal)));
        }
    }

    private static IReadOnlyList<Finding> Later(CorrectReading correction, CorrectionScene scene) =>
    [
        .. scene.Now.SelectMany(row =>
        {
            var asked = scene.JudgeLater(row.Zone, row.Index).Select(f => f.Code).ToHashSet(StringComparer.Ordinal);
            return scene.JudgeLater(row.Zone, IndexOf(correction, row.Zone)).Where(f => !asked.Contains(f.Code));
        }),
    ];

    private static IReadOnlyList<RegisterChange> Changes(CorrectReading correction, CorrectionScene scene) =>
    [
        .. scene.Now.Select(row =>
        {
            var (was, becomes) = (scene.Case(row.Zone, row.Index), IndexOf(correction, row.Zone));
            return new RegisterChange(
                row.Zone, row.Index, becomes, was.Use, becomes is { } index ? scene.Case(row.Zone, index).Use : null, was.Before);
        }),
    ];

    private static ReadingDraft Draft(CorrectReading correction, CorrectionScene scene) => new(
        scene.Place.Meter.Id, scene.Now[0].BuildingId, scene.Now[0].Taken, scene.Now[0].Received, scene.Now[0].Source, scene.Now[0].Mark,
        correction.Values ?? []);

    private static Fixed? IndexOf(CorrectReading correction, Zone zone) =>
        correction.Values?.Where(v => v.Zone == zone).Select(v => (Fixed?)v.Index).FirstOrDefault();
}

using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Corrections;

/// <summary>What a correction is decided by.</summary>
/// <param name="Chain">Everything ever recorded of the reading, a row for each register.</param>
/// <param name="Place">Its meter, as it stood on the day.</param>
internal sealed record CorrectionScene(
    IReadOnlyList<ReadingRow> Chain, BuildingMetering Metering, (MeterRecord Meter, PremisesId? Premises) Place)
{
    public IReadOnlyList<ReadingRow> Now { get; } = [.. Chain.Where(r => r.SupersededAt is null).OrderBy(r => r.Zone)];

    public string Version => VersionOf(Chain);

    /// <summary>Readings of a register without the one that is put right, oldest first.</summary>
    public IReadOnlyList<KnownIndex> Others(Zone zone) =>
        [.. Metering.KnownOf(Place.Meter.Id, zone).Where(k => Now.All(n => n.Id != k.Id))];

    public ReadingCase Case(Zone zone, Fixed index) =>
        Metering.Case(Place, zone, index, Now[0].Taken) with { Known = Others(zone) };

    /// <summary>The reading after it, judged with another index (or none) before it.</summary>
    public IReadOnlyList<Finding> JudgeLater(Zone zone, Fixed? index)
    {
        var others = Others(zone);
        var day = Now[0].Taken;
        if (others.FirstOrDefault(k => k.Day > day) is not { } later)
            return [];
        var known = others.Where(k => k.Day < later.Day).ToList();
        if (index is { } value)
            known.Add(new(0, day, value, Now[0].Mark, "", ""));
        return known.Count == 0
            ? []
            : [.. Rules.Judge(Metering.Case(Place, zone, later.Index, later.Day) with { Known = known })
                .Where(f => f.Verdict > Verdict.Fine && !Evidence.Confirms(later.Evidence, f.Code))];
    }

    public static string VersionOf(IEnumerable<ReadingRow> chain) =>
        Versions.Of(chain.Select(r => (r.Id, r.SupersededAt is not null)));
}

using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>A verification: from a day to the last on which it is in force, with the index that was seen, if it was.</summary>
internal sealed class VerifyMeterHandler(MeterDesk desk, IMeterBook meters)
{
    public static IReadOnlyList<Refusal> Decide(VerifyMeter verify, MeterScene scene)
    {
        var refusals = MeterRules.Step(verify.Step, scene).Concat(MeterRules.Stands(verify.Step, scene)).ToList();
        if (verify.Until <= verify.Step.Day)
            refusals.Add(new("metering.verified-until-early"));
        if (scene.Life is not { } life)
            return refusals;
        if (life.Known(MeterStage.Verified).LastOrDefault() is { } last && verify.Step.Day <= last.From)
            refusals.Add(new("metering.verified-later", ("day", $"{last.From:uuuu-MM-dd}")));
        if (verify.Index.Count > 0)
            refusals.AddRange(MeterRules.Judge(verify.Step, life.Place, verify.Index, scene, "index"));
        return refusals;
    }

    public Task<MeterDecision> Run(TerritoryRecord territory, VerifyMeter verify, string by, CancellationToken cancel) => desk.Run(
        territory, verify.Meter, null, scene => Decide(verify, scene),
        async scene =>
        {
            var (step, life) = (verify.Step, scene.Life!);
            await meters.Verify(verify.Meter, step.Day, verify.Until, by, step.Evidence.Trim(), cancel);
            if (verify.Index.Count > 0)
            {
                // After days without a verification it is counted anew from here: what ran meanwhile went by norm.
                var lapsed = life.Known(MeterStage.Verified).LastOrDefault()?.To < step.Day.PlusDays(-1);
                await desk.Read(
                    life.Place.Id, life.Place.Building, step, lapsed ? ReadingMark.Restart : ReadingMark.None,
                    ReadingSource.Verification, verify.Index, by, cancel);
            }

            return verify.Meter;
        },
        cancel);
}

using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>One meter goes and another comes on the same day: two parts of one month.</summary>
internal sealed class ReplaceMeterHandler(MeterDesk desk, IMeterBook meters)
{
    public static IReadOnlyList<Refusal> Decide(ReplaceMeter replace, MeterScene scene)
    {
        var step = replace.Step;
        var refusals = MeterRules.Step(step, scene).Concat(MeterRules.Leaves(step, replace.Final, scene)).ToList();
        refusals.AddRange(MeterRules.Comes(step, replace.Next, replace.Initial, replace.VerifiedUntil, replace.Seal, scene));
        var other = scene.Here.FirstOrDefault(m => m.Place.Id != replace.Meter && m.Place.Service == replace.Next.Service
            && m.Known(MeterStage.Installed).Any(l => l.To is null || l.To >= step.Day));
        if (other is not null)
            refusals.Add(new("metering.meter-stands", ("serial", other.Place.Serial)));
        return refusals;
    }

    public Task<MeterDecision> Run(TerritoryRecord territory, ReplaceMeter replace, string by, CancellationToken cancel)
    {
        replace = replace with { Next = replace.Next with { Serial = replace.Next.Serial.Trim() } };
        return desk.Run(
            territory, replace.Meter, replace.Next, scene => Decide(replace, scene),
            async scene =>
            {
                var step = replace.Step;
                await meters.Remove(replace.Meter, step.Day, by, step.Evidence.Trim(), cancel);
                await desk.Read(
                    replace.Meter, scene.Life!.Place.Building, step, ReadingMark.Final, ReadingSource.Act, replace.Final, by, cancel);
                return await desk.Bring(
                    step, replace.Next, replace.Initial, replace.VerifiedUntil, replace.Seal, scene, by, cancel);
            },
            cancel);
    }
}

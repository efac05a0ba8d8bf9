using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>A meter goes, and leaves its last index.</summary>
internal sealed class RemoveMeterHandler(MeterDesk desk, IMeterBook meters)
{
    public static IReadOnlyList<Refusal> Decide(RemoveMeter remove, MeterScene scene) =>
        [.. MeterRules.Step(remove.Step, scene), .. MeterRules.Leaves(remove.Step, remove.Final, scene)];

    public Task<MeterDecision> Run(TerritoryRecord territory, RemoveMeter remove, string by, CancellationToken cancel) => desk.Run(
        territory, remove.Meter, null, scene => Decide(remove, scene),
        async scene =>
        {
            await meters.Remove(remove.Meter, remove.Step.Day, by, remove.Step.Evidence.Trim(), cancel);
            await desk.Read(
                remove.Meter, scene.Life!.Place.Building, remove.Step, ReadingMark.Final, ReadingSource.Act, remove.Final, by, cancel);
            return remove.Meter;
        },
        cancel);
}

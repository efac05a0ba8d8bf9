using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>A meter comes to a place where none of its service stands, with the index that it begins with.</summary>
internal sealed class InstallMeterHandler(MeterDesk desk)
{
    public static IReadOnlyList<Refusal> Decide(InstallMeter install, MeterScene scene)
    {
        var (step, meter) = (install.Step, install.Meter);
        var refusals = MeterRules.Step(step, scene).ToList();
        refusals.AddRange(MeterRules.Comes(step, meter, install.Index, install.VerifiedUntil, install.Seal, scene));
        // Two meters of one service in one place are counted apart by nobody: the one that stands is replaced.
        var standing = scene.Here.FirstOrDefault(m => m.Place.Service == meter.Service
            && m.Known(MeterStage.Installed).Any(l => l.To is null || l.To >= step.Day));
        if (standing is not null)
            refusals.Add(new("metering.meter-stands", ("serial", standing.Place.Serial)));
        return refusals;
    }

    public Task<MeterDecision> Run(TerritoryRecord territory, InstallMeter install, string by, CancellationToken cancel)
    {
        install = install with { Meter = install.Meter with { Serial = install.Meter.Serial.Trim() } };
        return desk.Run(
            territory, null, install.Meter, scene => Decide(install, scene),
            scene => desk.Bring(install.Step, install.Meter, install.Index, install.VerifiedUntil, install.Seal, scene, by, cancel),
            cancel);
    }
}

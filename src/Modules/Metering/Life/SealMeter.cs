using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>A seal is put on a meter, or found broken.</summary>
internal sealed class SealMeterHandler(MeterDesk desk, IMeterBook meters)
{
    public static IReadOnlyList<Refusal> Decide(SealMeter seal, MeterScene scene)
    {
        var refusals = MeterRules.Step(seal.Step, scene).Concat(MeterRules.Stands(seal.Step, scene)).ToList();
        var number = seal.Seal.Trim();
        if (number.Length is 0 or > 20)
            refusals.Add(new("metering.seal-missing", ("most", "20")));
        if (scene.Life is not { } life)
            return refusals;
        var whole = life.Known(MeterStage.Sealed).FirstOrDefault(l => l.Value.Seal == number && l.To is null);
        var ever = life.Known(MeterStage.Sealed).Where(l => l.Value.Seal == number).Max(l => (NodaTime.LocalDate?)(l.To ?? l.From));
        if (!seal.Broken && (whole is not null || ever >= seal.Step.Day))
            refusals.Add(new("metering.seal-there", ("seal", number)));
        if (seal.Broken && whole is null)
            refusals.Add(new("metering.seal-unknown", ("seal", number)));
        if (seal.Broken && whole?.From >= seal.Step.Day)
            refusals.Add(new("metering.seal-put-later", ("day", $"{whole.From:uuuu-MM-dd}")));
        return refusals;
    }

    public Task<MeterDecision> Run(TerritoryRecord territory, SealMeter seal, string by, CancellationToken cancel) => desk.Run(
        territory, seal.Meter, null, scene => Decide(seal, scene),
        async _ =>
        {
            var (day, number, evidence) = (seal.Step.Day, seal.Seal.Trim(), seal.Step.Evidence.Trim());
            await (seal.Broken
                ? meters.BreakSeal(seal.Meter, number, day, by, evidence, cancel)
                : meters.Seal(seal.Meter, number, day, by, evidence, cancel));
            return seal.Meter;
        },
        cancel);
}

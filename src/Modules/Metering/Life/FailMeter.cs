using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;

namespace Ochag.Metering.Life;

/// <summary>A meter is out of order on some days, works again, or never failed: what it shows on these days is not counted.</summary>
internal sealed class FailMeterHandler(MeterDesk desk, IMeterBook meters)
{
    public static IReadOnlyList<Refusal> Decide(FailMeter fail, MeterScene scene)
    {
        var refusals = MeterRules.Step(fail.Step, scene).Concat(MeterRules.Stands(fail.Step, scene)).ToList();
        if (fail.Until < fail.Step.Day)
            refusals.Add(new("metering.failure-days-turned", ("day", Say.Day(fail.Step.Day))));
        if (fail.Until > scene.Today)
            refusals.Add(new("metering.failure-until-future", ("today", Say.Day(scene.Today))));
        if (Known(scene).FirstOrDefault(l => (fail.Until is null || l.From <= fail.Until) && (l.To is null || fail.Step.Day <= l.To))
            is { } there)
        {
            refusals.Add(new("metering.failure-there", ("day", Say.Day(there.From))));
        }

        return refusals;
    }

    public static IReadOnlyList<Refusal> Decide(RepairMeter repair, MeterScene scene)
    {
        var refusals = MeterRules.Step(repair.Step, scene).ToList();
        if (Known(scene).FirstOrDefault(l => l.To is null) is not { } open)
            refusals.Add(new("metering.failure-none"));
        else if (repair.Step.Day <= open.From)
            refusals.Add(new("metering.failure-began-later", ("day", Say.Day(open.From))));
        return refusals;
    }

    public static IReadOnlyList<Refusal> Decide(WithdrawFailure withdraw, MeterScene scene)
    {
        var refusals = MeterRules.Step(withdraw.Step, scene).ToList();
        if (Known(scene).All(l => l.Id != withdraw.Record))
            refusals.Add(new("metering.failure-unknown"));
        return refusals;
    }

    public Task<MeterDecision> Run(TerritoryRecord territory, FailMeter fail, string by, CancellationToken cancel) => desk.Run(
        territory, fail.Meter, null, scene => Decide(fail, scene),
        async _ =>
        {
            await meters.Fail(fail.Meter, fail.Step.Day, fail.Until, by, fail.Step.Evidence.Trim(), cancel);
            return fail.Meter;
        },
        cancel);

    public Task<MeterDecision> Run(TerritoryRecord territory, RepairMeter repair, string by, CancellationToken cancel) => desk.Run(
        territory, repair.Meter, null, scene => Decide(repair, scene),
        async _ =>
        {
            await meters.Repair(repair.Meter, repair.Step.Day, by, repair.Step.Evidence.Trim(), cancel);
            return repair.Meter;
        },
        cancel);

    public Task<MeterDecision> Run(TerritoryRecord territory, WithdrawFailure withdraw, string by, CancellationToken cancel) => desk.Run(
        territory, withdraw.Meter, null, scene => Decide(withdraw, scene),
        async _ =>
        {
            await meters.WithdrawFailure(withdraw.Meter, withdraw.Record, by, withdraw.Step.Evidence.Trim(), cancel);
            return withdraw.Meter;
        },
        cancel);

    private static IEnumerable<FactLine<MeterEvent>> Known(MeterScene scene) => scene.Life?.Known(MeterStage.Failed) ?? [];
}

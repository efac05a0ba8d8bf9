using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// A break of gas by the Ukrainian rules (Decree 1145; 18.24): no free hours; carriage for all, gas itself only for the
/// part of the fee by planned volume or norm, by hours to the hours of the month.
/// </summary>
internal sealed class GasBreak(BuildingVolumes volumes, MonthRules month, LineWriter writer)
{
    public void Write(AccountRecord account, QualityTimeline timeline, List<ChargeLine> lines)
    {
        var hours = timeline.Slices.Where(s => s.Trouble is Trouble.Break or Trouble.Planned)
            .SelectMany(s => timeline.Counted(month.Month, s)).Aggregate(Exact.Zero, (sum, s) => sum + s.Hours);
        if (hours.IsZero)
            return;
        var all = timeline.HoursOf(month.Month);
        foreach (var line in lines)
        {
            if (line.Component.Kind == ComponentKind.Distribution)
                writer.Tape.In((int)Symbol.Fee, line.Amount.ToExact());
            else if (!PutWithoutMeter(account))
                continue;
            new ReductionTape(writer.Tape, [], line.Amount, timeline.Slices[^1].Fact).Share(hours, all);
            writer.Tape.Round().Negate();
            writer.Close(
                account, Service.Gas, new(ComponentKind.QualityBreak, line.Component.Kind), Bases.Of(Basis.Hours), Unit.Hour,
                Formula.QualityByShare, rounded: true);
        }
    }

    private bool PutWithoutMeter(AccountRecord account)
    {
        var component = VolumeLines.ComponentsOf(Service.Gas, month)[0];
        var segments = volumes.Segments(account, Service.Gas).Where(s => s.Basis is Basis.Planned or Basis.Norm);
        if (writer.PutCharge(account, segments, component, quantity: false) == default)
            return false;
        writer.Tape.Round().Name((int)Symbol.Fee);
        return true;
    }
}

using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// What acts add to an account's month: the difference of a check (p.61, 18.7), interference by ten norms and
/// unauthorised connection by its power (p.62, 18.8). The tariff is that of the day of the act.
/// </summary>
internal sealed class ActsRule(BuildingFacts facts, Rules rules, BuildingVolumes volumes, MonthRules month, LineWriter writer)
{
    private readonly NormVolumes _norms = new(facts);

    public void Write(AccountRecord account)
    {
        foreach (var act in facts.Acts)
        {
            if (act.Premises != account.Premises || BillingPeriod.Of(act.Drawn) != month.Month
                || !People.Open(account, month.Month).Contains(act.Drawn.Day - 1))
            {
                continue;
            }

            if (act.Kind == MeterActKind.Difference)
                Difference(account, act);
            else if (act is { Kind: MeterActKind.Unauthorised, PerHour: { } perHour })
                Power(account, act, perHour);
            else if (act.Kind is MeterActKind.Interference or MeterActKind.Unauthorised)
                ByNorms(account, act);
        }
    }

    /// <summary>The days of the act's own month until the interference was removed (18.8).</summary>
    public static Span DaysWithoutOrdinaryVolume(BuildingFacts facts, PremisesId premises, Service service, MonthRules month)
    {
        foreach (var act in facts.Acts)
        {
            if (act.Premises == premises && act.Service == service && BillingPeriod.Of(act.Drawn) == month.Month && ByNorm(act))
                return Span.Of(month.Month, Start(act, month), act.Removed);
        }

        return default;
    }

    private static bool ByNorm(MeterAct act) =>
        act.Kind == MeterActKind.Interference || act is { Kind: MeterActKind.Unauthorised, PerHour: null };

    /// <summary>The known day or the last check, not earlier than so many months before the month of the act.</summary>
    private static LocalDate Start(MeterAct act, MonthRules month)
    {
        var earliest = month.Month.PlusMonths(-month.Setting(Settings.InterferenceMonths)).FirstDay;
        return LocalDate.Max(earliest, act.From ?? act.LastCheck ?? earliest);
    }

    private void Difference(AccountRecord account, MeterAct act)
    {
        var found = volumes.Meters(volumes.PremisesOf(account), act.Service).Checked.Where(c => c.Act == act).SelectMany(c => c.Volumes);
        foreach (var volume in found)
        {
            foreach (var component in ComponentsOf(act.Service, volume.Zone))
            {
                Put(account, act, component, () => writer.Tape.Append(volume.Volume));
                Close(account, act, component, ComponentKind.P61, Basis.Meter, Formula.CheckDifference);
            }
        }
    }

    private void Power(AccountRecord account, MeterAct act, Fixed perHour)
    {
        var days = Period.DaysBetween(Start(act, month), act.Removed ?? act.Drawn) + 1;
        foreach (var component in ComponentsOf(act.Service, Zone.Single))
        {
            Put(account, act, component, () => writer.Tape.From((int)FactKind.MeterAct, act.Id).In((int)Symbol.Load, perHour)
                .In((int)Symbol.HoursPerDay, 24).Multiply().In((int)Symbol.Days, days).Multiply());
            Close(account, act, component, ComponentKind.P62, Basis.Calculated, Formula.UnauthorisedPower);
        }
    }

    private void ByNorms(AccountRecord account, MeterAct act)
    {
        var parts = new List<(BillingPeriod Month, NormPart Part)>();
        var (first, last) = (Start(act, month), act.Removed ?? act.Drawn);
        for (var m = BillingPeriod.Of(first); m <= BillingPeriod.Of(last); m = m.PlusMonths(1))
        {
            var days = Span.Of(m, first, last);
            parts.AddRange(_norms.Of(account, volumes.PremisesOf(account), act.Service, rules.For(m), days).Select(p => (m, p)));
        }

        foreach (var component in ComponentsOf(act.Service, Zone.Single))
        {
            ByNorms(account, act, component, ComponentKind.P62, [.. parts.Where(p => p.Month < month.Month)]);
            ByNorms(account, act, component, ComponentKind.P62Current, [.. parts.Where(p => p.Month >= month.Month)]);
        }
    }

    private void ByNorms(
        AccountRecord account, MeterAct act, VolumeComponent component, ComponentKind kind,
            List<(BillingPeriod Month, NormPart Part)> parts)
    {
        if (parts.Count == 0)
            return;
        var factor = month.Number(Settings.InterferenceFactor);
        Put(account, act, component, () =>
        {
            foreach (var (i, (of, part)) in parts.Index())
            {
                part.Put(writer.Tape, of.Days);
                if (i > 0)
                    writer.Tape.Add();
            }

            writer.Tape.In((int)Symbol.InterferenceFactor, factor).Multiply();
        });
        Close(account, act, component, kind, Basis.Norm, Formula.Interference);
    }

    /// <summary>A volume at the price of the day of the act.</summary>
    private void Put(AccountRecord account, MeterAct act, VolumeComponent component, Action putVolume)
    {
        var day = act.Drawn.Day - 1;
        putVolume();
        writer.PutPrice(writer.Prices(account, component, new(day, day + 1)).Single(), quantity: true);
    }

    private void Close(
        AccountRecord account, MeterAct act, VolumeComponent component, ComponentKind kind, Basis basis, Formula formula) =>
        writer.Close(account, act.Service, new(kind, VolumeLines.PartOf(component)), Bases.Of(basis), component.Unit, formula);

    private IEnumerable<VolumeComponent> ComponentsOf(Service service, Zone zone) =>
        VolumeLines.ComponentsOf(service, month).Where(c => c.Zone is null || c.Zone == zone);
}

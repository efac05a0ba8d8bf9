using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Benefits in kind (rules.md section 6, 18.22): of the beneficiaries' share of the volume, within their norm, at the mean
/// price of the individual volume, less what reductions for quality took already. One line for a service.
/// </summary>
internal sealed class BenefitRule(
    BuildingFacts facts, BuildingVolumes volumes, AbsenceRule absence, Heating heating, MonthRules month, LineWriter writer)
{
    /// <param name="takenOff">The volume that p.47 takes off.</param>
    /// <param name="first">The number of the account's first line.</param>
    public void Write(AccountRecord account, Service service, Exact takenOff, int first)
    {
        var benefits = (facts.Benefits.GetValueOrDefault(account.Id) ?? []).Where(b => b.Services.Contains(service)).ToList();
        if (benefits.Count == 0)
            return;
        var lines = Fee.LinesOf(writer.Lines, first, service);
        var fee = Sum(lines);
        var reduced = Sum(writer.Lines.Skip(first).Where(l => l.Service == service && IsQuality(l.Component.Kind)));
        var (charge, volume) = ChargeOf(account, service);
        if (fee.Sign <= 0 || volume.Sign <= 0)
            return;
        var net = volume - takenOff - Away(account, service);
        var some = false;
        foreach (var benefit in benefits)
        {
            var (share, norm) = ShareOf(account, service, benefit);
            if (norm.IsZero)
                continue;
            Put(benefit, share * net / volume, norm, charge, volume);
            if (some)
                writer.Tape.Add();
            some = true;
        }

        if (some)
            Close(account, service, lines[0], fee, reduced);
    }

    private void Put(Benefit benefit, Exact share, Exact norm, Exact charge, Exact volume) =>
        writer.Tape.In((int)Symbol.BeneficiaryVolume, share).In((int)Symbol.BeneficiaryNorm, norm).Min().Quantity()
            .In((int)Symbol.Charge, charge).Multiply().In((int)Symbol.Volume, volume).Divide()
            .From((int)FactKind.Benefit, benefit.Fact).In((int)Symbol.Percent, benefit.Percent).Multiply()
            .In((int)Symbol.Percent, 100).Divide();

    private void Close(AccountRecord account, Service service, ChargeLine main, Exact fee, Exact reduced)
    {
        if (!reduced.IsZero)
        {
            writer.Tape.In((int)Symbol.Fee, fee).In((int)Symbol.Reduction, reduced).Add().Multiply()
                .In((int)Symbol.Fee, fee).Divide();
        }

        writer.Tape.Negate();
        writer.Close(account, service, new(ComponentKind.Benefit), main.Basis, main.Unit, Formula.Benefit);
    }

    /// <summary>The unrounded charge of the individual volume of all components, and the volume.</summary>
    private (Exact Charge, Exact Volume) ChargeOf(AccountRecord account, Service service)
    {
        if (service == Service.Heating)
            return heating.Charge(account);
        var all = volumes.Segments(account, service);
        var ranges = PriceRanges.Of(account, service, all, month, Exact.Zero);
        var charge = Exact.Zero;
        foreach (var component in VolumeLines.ComponentsOf(service, month))
        {
            var segments = all.Where(s => component.Zone is null || s.Zone == component.Zone).ToList();
            if (segments.Count == 0)
                continue;
            writer.PutCharge(account, segments, component, quantity: false, ranges: ranges);
            charge += writer.Tape.Top;
            writer.Tape.Clear();
        }

        return (charge, volumes.Volume(account, service));
    }

    /// <summary>The beneficiaries' part of the volume by persons of each day, and their norm of those days.</summary>
    private (Exact Share, Exact Norm) ShareOf(AccountRecord account, Service service, Benefit benefit)
    {
        var (share, norm) = (Exact.Zero, Exact.Zero);
        foreach (var served in People.Served(account, service, month.Month))
        {
            var entitled = Span.Of(month.Month, benefit.From, benefit.To).Intersect(served);
            if (entitled.IsEmpty)
                continue;
            foreach (var people in People.Count(account, month, entitled))
            {
                if (people.Persons == 0)
                    continue;
                var part = Exact.Fraction(Math.Min(benefit.Persons, people.Persons), people.Persons);
                share += VolumeOn(account, service, people.Days) * part;
                norm += NormOn(account, service, people.Days) * part;
            }
        }

        return (share, norm);
    }

    private Exact VolumeOn(AccountRecord account, Service service, Span days)
    {
        if (service == Service.Heating)
            return heating.Charge(account).Volume * OfServed(account, days);
        var sum = Exact.Zero;
        foreach (var segment in volumes.Segments(account, service))
            sum += segment.Volume.Value * Exact.Fraction(Math.Max(0, segment.Days.Intersect(days).Days), segment.PieceDays);
        return sum;
    }

    /// <summary>The norm of all persons on some days, whatever the volume rests on.</summary>
    private Exact NormOn(AccountRecord account, Service service, Span days) => service == Service.Heating
        ? heating.NormOf(account) * OfServed(account, days)
        : volumes.ByNorm(account, service, days, factor: false, NormGround.NoMeter).Aggregate(Exact.Zero, (sum, s) => sum + s.Value);

    private Exact OfServed(AccountRecord account, Span days) =>
        Exact.Fraction(days.Days, People.Served(account, Service.Heating, month.Month).Sum(s => s.Days));

    private Exact Away(AccountRecord account, Service service) => absence.DaysOf(account, service).Aggregate(
        Exact.Zero,
        (sum, a) => sum + a.Segment.Volume.Value * Exact.Fraction(a.Days.Days * (long)a.Absent, (long)a.Segment.PieceDays * a.Persons));

    private static bool IsQuality(ComponentKind kind) => kind is >= ComponentKind.QualityBreak and <= ComponentKind.QualityCold;

    private static Exact Sum(IEnumerable<ChargeLine> lines) => lines.Aggregate(Exact.Zero, (sum, l) => sum + l.Amount.ToExact());
}

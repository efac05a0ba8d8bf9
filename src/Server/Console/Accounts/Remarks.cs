using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Console.Accounts;

/// <summary>What needs attention on an account, the gravest first. Pure.</summary>
internal static class Remarks
{
    /// <summary>A verification that ends within so many days is named: a visit of a fitter takes weeks.</summary>
    private const int VerificationWarning = 60;

    public static IReadOnlyList<Remark> Of(AccountView view)
    {
        var remarks = new List<Remark>();
        if (!view.IsOpen)
            remarks.Add(new("remark.closed", true));
        foreach (var meter in view.Card.Meters.Where(m => m.Removed is null))
            remarks.AddRange(OfMeter(meter, view));
        if (view.Months is [var last, ..])
        {
            var lines = view.Lines[last].Where(l => l.Component.IsMain).ToList();
            foreach (var service in Based(lines, Basis.Average))
                remarks.Add(new("remark.average", false, service));
            if (view.Lines[last].Any(l => l.Component.Kind == ComponentKind.Excess))
                remarks.Add(new("remark.excess", false));
        }

        return [.. remarks.OrderByDescending(r => r.IsGrave)];
    }

    private static IEnumerable<Service> Based(IEnumerable<PostedLine> lines, Basis basis) =>
        lines.Where(l => l.Basis.Each().Contains(basis)).Select(l => l.Service).Distinct();

    private static IEnumerable<Remark> OfMeter(MeterRecord meter, AccountView view)
    {
        if (meter.Failures.Any(f => f.Contains(view.Today)))
            yield return new("remark.failed", true, meter.Service, meter.Serial);
        if (meter.Verifications.Count > 0 && !meter.Verifications.Any(v => v.To is null))
        {
            var until = meter.Verifications.Max(v => v.To!.Value);
            if (until < view.Today)
                yield return new("remark.expired", true, meter.Service, meter.Serial, until);
            else if (until <= view.Today.PlusDays(VerificationWarning))
                yield return new("remark.expiring", false, meter.Service, meter.Serial, until);
        }

        // Readings of the last closed month: the open one may still bring its own.
        var closed = BillingPeriod.Of(view.Today).PlusMonths(-1);
        var taken = view.Readings[meter.Id].Select(r => (LocalDate?)r.Taken).FirstOrDefault();
        if (taken is null)
            yield return new("remark.noReadings", false, meter.Service, meter.Serial);
        else if (BillingPeriod.MonthsBetween(BillingPeriod.Of(taken.Value), closed) is > 0 and var missed)
            yield return new("remark.missed", missed >= 3, meter.Service, meter.Serial, taken.Value, missed);
    }
}

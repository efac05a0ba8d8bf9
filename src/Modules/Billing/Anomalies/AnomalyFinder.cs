using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Anomalies;

/// <summary>From where on a bill looks odd.</summary>
/// <param name="Factor">Times what it was, or a part of it.</param>
/// <param name="FactorAfterEstimate">Times what was estimated: a reading settles what was charged without one.</param>
/// <param name="LeastMinor">A smaller change is not worth a look, however many times it is.</param>
/// <param name="LongEstimateMonths">Without a reading; p.59: an average may stand for three.</param>
/// <param name="NoReadingMonths">Without a reading.</param>
/// <param name="ImbalancePercent">Of the building's volume.</param>
internal sealed record AnomalyLimits(
    int Factor = 3, int FactorAfterEstimate = 10, long LeastMinor = 1_000_00, int LongEstimateMonths = 3, int NoReadingMonths = 6,
    int ImbalancePercent = 30);

/// <summary>An account's bill: what it comes to, and by service.</summary>
internal sealed record BillSum(long Total, IReadOnlyList<ServiceSum> Services)
{
    public ServiceSum? Find(Service service)
    {
        foreach (var sum in Services)
        {
            if (sum.Service == service)
                return sum;
        }

        return null;
    }

    public long? Of(Service service) => Find(service)?.Minor;
}

/// <summary>The bills of a few buildings' accounts in the months that a draft is held against.</summary>
/// <param name="HasMonth">The month before was billed here at all.</param>
internal sealed record EarlierBills(
    bool HasMonth, IReadOnlyDictionary<AccountId, BillSum> LastMonth, IReadOnlyDictionary<AccountId, BillSum> LastYear)
{
    public static readonly EarlierBills None =
        new(false, new Dictionary<AccountId, BillSum>(), new Dictionary<AccountId, BillSum>());
}

/// <summary>What was found; amounts in minor units.</summary>
internal sealed record Found(
    AnomalyKind Kind, AccountId? Account, Service? Service, long Now, long? LastMonth, long? LastYear, long AtRisk, int Months = 0);

/// <summary>Looks at the month of one building as somebody would who knows the month before and the year before. Pure.</summary>
internal sealed class AnomalyFinder(
    BuildingFacts facts, EvaluatedBuilding evaluated, IReadOnlyDictionary<AccountId, BillSum> bills, EarlierBills earlier,
    BillingPeriod month, AnomalyLimits limits)
{
    private readonly Dictionary<Service, (long Now, long Before)> _building = [];

    /// <summary>A building that could not be evaluated: what its accounts paid the month before is at risk.</summary>
    public static Found Refused(Refusal refusal, IEnumerable<AccountId> accounts, EarlierBills earlier)
    {
        var before = accounts.Sum(a => earlier.LastMonth.GetValueOrDefault(a)?.Total ?? 0);
        var kind = refusal.Code == "billing.parameter-missing" ? AnomalyKind.NoTariff : AnomalyKind.NotEvaluated;
        return new(kind, null, null, 0, earlier.HasMonth ? before : null, null, before);
    }

    public IEnumerable<Found> Find()
    {
        foreach (var balance in evaluated.Balances)
        {
            if (Imbalance(balance) is { } odd)
                yield return odd;
        }

        CompareBuilding();
        var premises = facts.Building.Premises.ToDictionary(p => p.Id);
        foreach (var account in facts.Building.Accounts.Where(IsOpen))
        {
            foreach (var found in Account(account, premises[account.Premises]))
                yield return found;
        }
    }

    private bool IsOpen(AccountRecord account) =>
        account.Opened <= month.LastDay && (account.Closed is not { } closed || closed >= month.LastDay);

    private IEnumerable<Found> Account(AccountRecord account, PremisesRecord premises)
    {
        var now = bills.GetValueOrDefault(account.Id);
        var (lastMonth, lastYear) = (earlier.LastMonth.GetValueOrDefault(account.Id), earlier.LastYear.GetValueOrDefault(account.Id));
        if ((now?.Total ?? 0) == 0)
        {
            if (lastMonth is { Total: > 0 })
                yield return new(AnomalyKind.Zero, account.Id, null, 0, lastMonth.Total, lastYear?.Total, lastMonth.Total);
            yield break;
        }

        if (now!.Total < 0)
            yield return new(AnomalyKind.Negative, account.Id, null, now.Total, lastMonth?.Total, lastYear?.Total, -now.Total);
        if (earlier.HasMonth && lastMonth is null && account.Opened >= month.PlusMonths(-1).FirstDay)
            yield return new(AnomalyKind.FirstBill, account.Id, null, now.Total, null, null, now.Total);
        foreach (var sum in now.Services)
        {
            if (Change(account.Id, sum, lastMonth?.Find(sum.Service), lastYear?.Find(sum.Service)) is { } change)
                yield return change;
        }

        foreach (var silent in Silent(account, premises, now))
            yield return silent with { LastMonth = lastMonth?.Of(silent.Service!.Value), LastYear = lastYear?.Of(silent.Service!.Value) };
    }

    private Found? Change(AccountId account, ServiceSum sum, ServiceSum? lastMonth, ServiceSum? lastYear)
    {
        var (service, now) = (sum.Service, sum.Minor);
        var (before, year) = (lastMonth?.Minor, lastYear?.Minor);
        var held = new[] { Expected(service, before), year }.Where(v => v > 0).Select(v => v!.Value).ToList();
        if (held.Count == 0)
            return null;
        var (most, least) = (held.Max(), held.Min());
        var settles = lastMonth is { } last && last.Estimated != sum.Estimated;
        if (now - most > limits.LeastMinor && now / (settles ? limits.FactorAfterEstimate : limits.Factor) > most)
            return new(AnomalyKind.Rise, account, service, now, before, year, now - most);
        return !settles && least - now > limits.LeastMinor && least / limits.Factor > now
            ? new(AnomalyKind.Drop, account, service, now, before, year, least - now)
            : null;
    }

    /// <summary>Heating follows the weather: what it was grows or falls as that of the whole building does.</summary>
    private long? Expected(Service service, long? before)
    {
        if (service != Service.Heating || before is not { } was)
            return before;
        var (now, then) = _building.GetValueOrDefault(service);
        return then <= 0 ? null : (long)((Int128)was * now / then);
    }

    private void CompareBuilding()
    {
        foreach (var (account, bill) in bills)
        {
            var before = earlier.LastMonth.GetValueOrDefault(account);
            foreach (var (service, minor, _) in bill.Services)
            {
                var (now, then) = _building.GetValueOrDefault(service);
                _building[service] = (now + minor, then + (before?.Of(service) ?? 0));
            }
        }
    }

    /// <summary>Meters that stand and are silent: the longest silence of each service.</summary>
    private IEnumerable<Found> Silent(AccountRecord account, PremisesRecord premises, BillSum now)
    {
        foreach (var meters in premises.Meters
            .Where(m => m.Installed <= month.LastDay && (m.Removed is not { } removed || removed > month.LastDay))
            .GroupBy(m => m.Service))
        {
            if (now.Of(meters.Key) is not { } minor || minor <= 0)
                continue;
            var months = meters.Max(MonthsSilent);
            if (months >= limits.LongEstimateMonths)
            {
                var kind = months >= limits.NoReadingMonths ? AnomalyKind.NoReading : AnomalyKind.LongEstimate;
                yield return new(kind, account.Id, meters.Key, minor, null, null, checked(minor * months), months);
            }
        }
    }

    /// <summary>Months from the last reading, or from the day the meter was installed, to this one.</summary>
    private int MonthsSilent(MeterRecord meter)
    {
        var last = meter.Installed;
        foreach (var reading in facts.Readings.GetValueOrDefault(meter.Id) ?? [])
        {
            if (reading.Taken <= month.LastDay.PlusDays(1) && reading.Taken > last && reading.Values.Count > 0)
                last = reading.Taken;
        }

        var since = BillingPeriod.Of(last) is var read && read < facts.Since ? facts.Since.PlusMonths(-1) : read;
        return 12 * (month.Year - since.Year) + month.Month - since.Month;
    }

    private Found? Imbalance(ServiceBalance balance)
    {
        if (balance.BuildingVolume is not { } volume || volume <= Exact.Zero || balance.Billed <= Exact.Zero)
            return null;
        var apart = balance.OverCap + balance.Negative;
        if (apart * Exact.Of(100) <= volume * Exact.Of(limits.ImbalancePercent))
            return null;
        var sum = evaluated.Lines.Where(l => l.Service == balance.Service).Sum(l => l.Total.Minor);
        var risk = (long)(apart * Exact.Of(sum) / balance.Billed).Round(0);
        return risk < limits.LeastMinor ? null : new(AnomalyKind.OutOfBalance, null, balance.Service, sum, null, null, risk);
    }
}

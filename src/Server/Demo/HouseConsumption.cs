using NodaTime;
using Ochag.Foundation;
using Ochag.Registry.Contracts;

namespace Ochag.Server.Demo;

/// <summary>What a house really uses, month by month: the flats' sums, so that its own meters agree with them.</summary>
internal sealed class HouseConsumption(BillingPeriod since, BillingPeriod through)
{
    // Share of a cold month's heat, January to December: a continental winter.
    private static readonly int[] Cold = [100, 88, 68, 38, 6, 0, 0, 0, 4, 40, 70, 94];

    private readonly Dictionary<(Service, BillingPeriod), long> _flats = [];

    public BillingPeriod Since { get; } = since;
    public int Months { get; } = BillingPeriod.MonthsBetween(since, through) + 1;

    public IEnumerable<BillingPeriod> Each() => Enumerable.Range(0, Months).Select(Since.PlusMonths);

    public void Add(Service service, BillingPeriod month, long millionths) =>
        _flats[(service, month)] = _flats.GetValueOrDefault((service, month)) + millionths;

    /// <summary>Gcal of the house by month; months without heat are absent.</summary>
    public IEnumerable<(BillingPeriod Month, Fixed Volume)> Heat(Fixed area, Seeded random)
    {
        // One meter in eight is out of order for a few months: then the weather tells the volume.
        var silent = random.Chance(12) ? random.Next(0, Months) : Months;
        foreach (var (i, month) in Each().Index())
        {
            var share = Cold[month.Month - 1];
            if (share > 0 && (i < silent || i >= silent + 4))
                yield return (month, new(area.Millionths / 1000 * 31 * share / 100 * random.Next(92, 108) / 100));
        }
    }

    /// <summary>Indexes of the house's meter at the end of each month, the one before the first included.</summary>
    public IEnumerable<(LocalDate Day, Fixed Index)> House(Service service, Seeded random, Fixed multiplier)
    {
        var index = random.Next(1_000L, 90_000L) * 1_000_000;
        yield return (Since.PlusMonths(-1).LastDay, new(index));
        foreach (var month in Each())
        {
            // Lifts, stairs and leaks: a few per cent over the flats, now and then less than they report.
            var used = _flats.GetValueOrDefault((service, month)) * random.Next(98, 108) / 100;
            index += used * 1_000_000 / multiplier.Millionths / 1_000 * 1_000;
            yield return (month.LastDay, new(index % 100_000_000_000_000));
        }
    }
}

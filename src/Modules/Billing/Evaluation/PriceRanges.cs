using System.Globalization;
using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Electricity of people whose price rises with the volume of the month (Decree 1178; rules.md 1.2): the month's volume
/// is split by the bounds, and each zone takes part in every range in proportion (INT-3). A reading of several months
/// meets the bounds of all of them, above what was billed on account.
/// </summary>
internal sealed class PriceRanges
{
    private readonly MonthRules _month;
    private readonly Exact _volume;
    private readonly List<Exact> _parts = [];

    private PriceRanges(MonthRules month, Exact billed, Exact volume, int months)
    {
        (_month, _volume) = (month, volume);
        var (low, high) = (Exact.Min(billed, billed + volume), Exact.Max(billed, billed + volume));
        var bottom = Exact.Zero;
        foreach (var bound in Bounds(month))
        {
            var top = bound * Exact.Of(months);
            Take(low, high, bottom, top);
            bottom = top;
        }

        Take(low, high, bottom, Exact.Max(high, bottom));
    }

    /// <summary>The ranges of an account's volume; null: its electricity has one price.</summary>
    /// <param name="takenOff">A volume that p.47 takes off the whole.</param>
    public static PriceRanges? Of(
        AccountRecord account, Service service, IReadOnlyList<Segment> segments, MonthRules month, Exact takenOff)
    {
        if (service != Service.Electricity || segments.Count == 0 || account.HolderKind != HolderKind.Person
            || month.Setting(Settings.ElectricityRanges) == 0)
        {
            return null;
        }

        var volume = segments.Aggregate(Exact.Zero, (sum, s) => sum + s.Value) - takenOff;
        var settled = segments.Select(s => s.Settles).OfType<Settled>().OrderByDescending(s => s.Months).FirstOrDefault();
        return new(month, settled.Billed, volume, Math.Max(1, settled.Months));
    }

    /// <summary>The mean price of the ranges times the volume on top.</summary>
    public void PutPrice(Tape tape, Level tariff)
    {
        if (_volume.IsZero)
        {
            tape.From((int)FactKind.Parameter, tariff.Parameter).In((int)Symbol.Tariff, tariff.Value).Multiply();
            return;
        }

        for (var range = 0; range < _parts.Count; range++)
        {
            var price = range == 0 ? tariff : InRange(tariff, range + 1);
            tape.In((int)Symbol.RangeVolume, _parts[range]).Name((int)Symbol.RangeVolume)
                .From((int)FactKind.Parameter, price.Parameter).In((int)Symbol.Tariff, price.Value).Multiply();
            if (range > 0)
                tape.Add();
        }

        tape.In((int)Symbol.Volume, _volume).Divide().Multiply();
    }

    private void Take(Exact low, Exact high, Exact bottom, Exact top)
    {
        var part = Exact.Max(Exact.Zero, Exact.Min(high, top) - Exact.Max(low, bottom));
        _parts.Add(_volume.Sign < 0 ? -part : part);
    }

    private static IEnumerable<Exact> Bounds(MonthRules month)
    {
        for (var range = 1; month.Find(ParameterTable.RangeBound, $"electricity.{range}", 0) is { } bound; range++)
            yield return bound;
    }

    /// <summary>The tariff of a higher range on the days of the first one's.</summary>
    private Level InRange(Level first, int range)
    {
        var key = first.Key + string.Create(CultureInfo.InvariantCulture, $".{range}");
        return _month.Over(ParameterTable.Tariff, key, first.Days).First();
    }
}

using Ochag.Billing.Contracts;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// A building's heat meter that is silent (p.59(1), Decree 1176 since 01.03.2025; rules.md 18.14): for at most six heating
/// months its volume follows the weather, V = sum(V) / sum(D) * D over its last six heating months with a volume (three
/// at least), where D is heated days times degrees between the room and the street. After that: the norm.
/// </summary>
internal static class HeatMeterAverage
{
    /// <summary>How far back a month with a volume is looked for.</summary>
    private const int MonthsBack = 36;

    /// <summary>The month's volume, Gcal; null: it goes by norm.</summary>
    public static Fragment? Find(BuildingFacts facts, Rules rules, MonthRules month)
    {
        var (silent, known) = (0, new List<(Exact Volume, Exact DegreeDays)>());
        var window = month.Setting(Settings.AverageWindow);
        for (var back = 0; back < MonthsBack && known.Count < window; back++)
        {
            var earlier = rules.For(month.Month.PlusMonths(-back));
            if (HeatedDays(earlier) == 0)
                continue;
            if (BuildingMeters.VolumeOf(facts, Service.Heating, earlier.Month) is { } volume)
                known.Add((volume, DegreeDays(earlier)));
            else if (known.Count == 0)
                silent++;
        }

        return silent <= month.Setting(Settings.HeatAveragePeriods) && known.Count >= month.Setting(Settings.AverageLeast)
            ? ByWeather(known, DegreeDays(month))
            : null;
    }

    private static Fragment ByWeather(List<(Exact Volume, Exact DegreeDays)> known, Exact degreeDays)
    {
        var tape = new Tape();
        Sum(Symbol.MonthVolume, known.Select(k => k.Volume));
        Sum(Symbol.DegreeDays, known.Select(k => k.DegreeDays));
        return tape.Divide().In((int)Symbol.DegreeDays, degreeDays).Multiply().Name((int)Symbol.BuildingVolume).Cut();

        void Sum(Symbol symbol, IEnumerable<Exact> values)
        {
            foreach (var (i, value) in values.Index())
            {
                tape.In((int)symbol, value);
                if (i > 0)
                    tape.Add();
            }
        }
    }

    private static Exact DegreeDays(MonthRules month) => Exact.Of(HeatedDays(month))
        * (month.Get(ParameterTable.Setting, Settings.IndoorBase, 0) - month.Get(ParameterTable.Outdoor, "mean", 0));

    private static int HeatedDays(MonthRules month) => month.Heated.Sum(h => h.Days);
}

using Ochag.Billing.Contracts;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;

namespace Ochag.Billing.Evaluation;

/// <summary>
/// Drainage by day: the cold and hot water of the day; on days when all the water is by norm, persons times the norm of
/// drainage (rules.md 18.9).
/// </summary>
internal sealed class Drainage(BuildingVolumes volumes, MonthRules month)
{
    private static readonly Basis[] Strongest = [Basis.Meter, Basis.Average, Basis.CalculatedP43];

    private readonly Tape _tape = new();

    public List<Segment> Segments(AccountRecord account)
    {
        var water = volumes.Segments(account, Service.ColdWater).Concat(volumes.Segments(account, Service.HotWater)).ToList();
        var segments = new List<Segment>();
        foreach (var served in People.Served(account, Service.Drainage, month.Month))
        {
            foreach (var days in served.CutBy(water.Select(w => w.Days)))
                segments.AddRange(On(account, days, water));
        }

        return segments;
    }

    private IEnumerable<Segment> On(AccountRecord account, Span days, List<Segment> water)
    {
        var parts = water.Where(w => !w.Days.Intersect(days).IsEmpty).ToList();
        if (parts.TrueForAll(p => p.Basis == Basis.Norm))
            return volumes.ByNorm(account, Service.Drainage, days, factor: false, parts.Select(p => p.Ground).DefaultIfEmpty().Max());

        parts[0].Put(_tape, days);
        foreach (var part in parts.Skip(1))
        {
            part.Put(_tape, days);
            _tape.Add();
        }

        var volume = _tape.Cut();
        var basis = Strongest.First(b => parts.Exists(p => p.Basis == b));
        return [new(days, basis, Zone.Single, volume, days.Days, false)];
    }
}

using Microsoft.EntityFrameworkCore;
using Ochag.Metering.Storage;
using Ochag.Metering.Validation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Tuning;

/// <summary>The thresholds by which readings of a territory are judged: its own, with the defaults behind them.</summary>
internal sealed class ThresholdReader(OchagDb db, ThresholdBook defaults)
{
    public async Task<ThresholdBook> Of(TerritoryId territory, CancellationToken cancel) =>
        defaults.With(Rows(await db.Set<ThresholdFact>().AsNoTracking().Known().Where(t => t.TerritoryId == territory)
            .ToListAsync(cancel)));

    public static IReadOnlyList<Threshold> Rows(IEnumerable<ThresholdFact> facts) =>
        [.. facts.Select(f => new Threshold(f.Name, f.Service, f.EffectiveFrom, f.EffectiveTo, f.Value.ToExact()))];
}

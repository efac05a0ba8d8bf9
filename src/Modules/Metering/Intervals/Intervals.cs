using Microsoft.EntityFrameworkCore;
using Ochag.Metering.Contracts;
using Ochag.Metering.Storage;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Metering.Intervals;

internal sealed class Intervals(OchagDb db) : IIntervals
{
    public async Task<IReadOnlyList<IntervalDay>> Latest(MeterId meter, int days, CancellationToken cancel) =>
        [.. (await db.Set<IntervalDayFact>().AsNoTracking().Known().Where(d => d.MeterId == meter)
            .OrderByDescending(d => d.EffectiveFrom).Take(days).ToListAsync(cancel)).Select(Day)];

    public static IntervalDay Day(IntervalDayFact fact) =>
        new(fact.MeterId, fact.EffectiveFrom, fact.Minutes, PackedDay.Unpack(fact.Uses));
}

using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>How far a run is: while it works by the marks of its buildings, afterwards by what it says itself.</summary>
internal static class RunProgress
{
    public static async Task<RunRecord> Of(OchagDb db, Run run, CancellationToken cancel)
    {
        if (run.State != RunState.Evaluating)
            return Record(run);
        var marks = await db.Set<RunBuilding>().AsNoTracking().Where(b => b.RunId == run.Id).GroupBy(b => b.RunId).Select(g => new
        {
            Buildings = g.Count(),
            Accounts = g.Sum(b => b.Accounts),
            Lines = g.Sum(b => (long)b.Lines),
            Minor = g.Sum(b => b.TotalMinor),
            Refused = g.Count(b => b.Refusal != null),
        }).SingleOrDefaultAsync(cancel);
        return Record(run) with
        {
            BuildingsDone = marks?.Buildings ?? 0,
            Accounts = marks?.Accounts ?? 0,
            Lines = marks?.Lines ?? 0,
            Total = new(marks?.Minor ?? 0, run.Total.Currency),
            Refused = marks?.Refused ?? 0,
        };
    }

    /// <summary>What its buildings come to so far, by service.</summary>
    public static async Task<IReadOnlyList<(Service Service, Money Sum)>> SumsOf(OchagDb db, Run run, CancellationToken cancel)
    {
        var sums = await db.Set<RunSum>().AsNoTracking().Where(s => s.RunId == run.Id).GroupBy(s => s.Service)
            .Select(g => new { g.Key, Minor = g.Sum(s => s.SumMinor) }).ToListAsync(cancel);
        return [.. sums.OrderBy(s => s.Key).Select(s => (s.Key, new Money(s.Minor, run.Total.Currency)))];
    }

    public static RunRecord Plus(RunRecord run, RunChunk chunk) => run with
    {
        BuildingsDone = run.BuildingsDone + chunk.Buildings.Count,
        Accounts = run.Accounts + chunk.Bills.Count,
        Lines = run.Lines + chunk.Lines.Count,
        Total = new(run.Total.Minor + chunk.Buildings.Sum(b => b.TotalMinor), run.Total.Currency),
        Refused = run.Refused + chunk.Buildings.Count(b => b.Refusal is not null),
    };

    public static RunRecord Record(Run run) => new(
        run.Id,
        run.TerritoryId,
        run.Period,
        run.State,
        run.StartedAt,
        run.StartedBy,
        run.PostedAt,
        run.Buildings,
        run.BuildingsDone,
        run.Accounts,
        run.Lines,
        run.Total,
        run.Refused);
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>
/// Code never moves money silently: posted months are evaluated again by the rules and facts that were known when they were
/// posted, with the code of today. Where a line comes out otherwise nothing is posted until somebody releases it; the money
/// itself is posted by recalculation. Facts that came later are no drift.
/// </summary>
internal sealed class DriftCheck(OchagDb db, IRegistry registry, DriftComparison comparison, IClock clock)
{
    public const string Blocked = "billing.drift";

    /// <summary>As many posted months of a territory are looked at, the last ones.</summary>
    public const int Months = 2;

    /// <summary>
    /// May the territory post? Months that another version of the evaluator posted are looked at first, each once for a
    /// version. Null: it may.
    /// </summary>
    public async Task<Refusal?> Refuse(TerritoryId territory, CancellationToken cancel)
    {
        foreach (var run in (await Posted(territory, Months, cancel)).Where(r => r.EvaluatorVersion != Evaluator.Version))
        {
            if (await db.Set<DriftRow>().AnyAsync(d => d.RunId == run.Id && d.EvaluatorVersion == Evaluator.Version, cancel))
                continue;
            if ((await Look(await Find(territory, cancel), run, null, cancel)).Refusal is { } refusal)
                return refusal;
        }

        var open = await db.Set<DriftRow>().AsNoTracking().Where(d => d.TerritoryId == territory && d.State == DriftState.Open)
            .ToListAsync(cancel);
        return open.Count == 0 ? null : Refusal((await Find(territory, cancel)).Code, open);
    }

    /// <summary>Looks at the last posted months, whichever version posted them; the newest first.</summary>
    public async Task<Outcome<IReadOnlyList<DriftMonth>>> Check(
        TerritoryRecord territory, int months, IProgress<long>? progress, CancellationToken cancel)
    {
        var found = new List<DriftMonth>();
        foreach (var run in await Posted(territory.Id, months, cancel))
        {
            var month = await Look(territory, run, progress, cancel);
            if (month.IsRefused)
                return month.Refusal!;
            found.Add(month.Value);
        }

        return found;
    }

    /// <summary>Somebody answers for what is open. Refused with <c>billing.drift-unanswered</c> and <c>billing.no-drift</c>.</summary>
    public async Task<Outcome<IReadOnlyList<ReleasedDrift>>> Release(
        TerritoryRecord territory, string ground, string by, CancellationToken cancel)
    {
        var (said, name) = (ground.Trim(), by.Trim());
        if (said.Length is 0 or > FactModel.TextLength || name.Length is 0 or > FactModel.TextLength)
            return new Refusal("billing.drift-unanswered", ("most", FactModel.TextLength.ToString(CultureInfo.InvariantCulture)));
        var open = await db.Set<DriftRow>().Where(d => d.TerritoryId == territory.Id && d.State == DriftState.Open)
            .ToListAsync(cancel);
        if (open.Count == 0)
            return new Refusal("billing.no-drift", ("territory", territory.Code));
        var now = clock.GetCurrentInstant();
        foreach (var row in open)
            (row.State, row.Ground, row.ReleasedBy, row.ReleasedAt) = (DriftState.Released, said, name, now);
        await db.SaveChangesAsync(cancel);
        var ids = open.Select(o => o.RunId).ToArray();
        var months = await db.Set<Run>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Period, cancel);
        return open.OrderBy(o => months[o.RunId]).Select(o => new ReleasedDrift(months[o.RunId], o.Count, o.Sum, said, name, now)).ToList();
    }

    /// <summary>What is posted has a moment of posting, whatever became of it since.</summary>
    private async Task<List<Run>> Posted(TerritoryId territory, int months, CancellationToken cancel) =>
        await db.Set<Run>().AsNoTracking().Where(r => r.TerritoryId == territory && r.PostedAt != null)
            .OrderByDescending(r => r.Period).Take(months).ToListAsync(cancel);

    private async Task<TerritoryRecord> Find(TerritoryId territory, CancellationToken cancel) =>
        (await registry.ListTerritories(cancel)).First(t => t.Id == territory);

    private async Task<Outcome<DriftMonth>> Look(TerritoryRecord territory, Run run, IProgress<long>? progress, CancellationToken cancel)
    {
        var compared = await comparison.Compare(territory, run, progress, cancel);
        if (compared.Refusal is { } refusal)
            return refusal;
        var sums = compared.Value;
        var state = await Record(territory, run, sums, cancel);
        return new DriftMonth(
            run.Period, run.Id, run.EvaluatorVersion, run.RulePack, sums.Lines, sums.Count, new(sums.Minor, territory.Currency), state,
            sums.First);
    }

    /// <summary>The same difference, found again, is released already; a later look takes the place of an open one.</summary>
    private async Task<DriftState> Record(TerritoryRecord territory, Run run, DriftSums sums, CancellationToken cancel)
    {
        var before = await db.Set<DriftRow>().Where(d => d.RunId == run.Id).ToListAsync(cancel);
        foreach (var open in before.Where(d => d.State == DriftState.Open))
            open.State = DriftState.Replaced;
        var released = before.Find(d => d.State == DriftState.Released && d.Fingerprint == sums.Fingerprint);
        var row = new DriftRow
        {
            Id = await db.ReserveIds<DriftRow>(1, cancel),
            TerritoryId = territory.Id,
            RunId = run.Id,
            FoundAt = clock.GetCurrentInstant(),
            EvaluatorVersion = Evaluator.Version,
            RulePack = territory.RulePack,
            Count = sums.Count,
            Sum = new(sums.Minor, territory.Currency),
            Fingerprint = sums.Fingerprint,
            State = sums.Count == 0 ? DriftState.Agrees : released is null ? DriftState.Open : DriftState.Released,
            Ground = released?.Ground,
            ReleasedBy = released?.ReleasedBy,
            ReleasedAt = released?.ReleasedAt,
        };
        db.Add(row);
        await db.SaveChangesAsync(cancel);
        return row.State;
    }

    private static Refusal Refusal(string territory, List<DriftRow> open) => new(
        Blocked, ("territory", territory), ("count", open.Sum(d => d.Count).ToString(CultureInfo.InvariantCulture)),
        ("sum", new Money(open.Sum(d => d.Sum.Minor), open[0].Sum.Currency).ToString()));
}

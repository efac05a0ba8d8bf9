using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Ochag.Billing.Anomalies;
using Ochag.Billing.Contracts;
using Ochag.Billing.Runs;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Metering.Contracts;
using Ochag.Registry.Contracts;
using Ochag.Registry.Storage;
using Ochag.Storage;

namespace Ochag.Bench.BillRun;

/// <summary>
/// A month as a usual application bills it: an account's facts are asked for by EF, its lines and its bill saved and
/// committed by SaveChanges, then the next. A house's month is evaluated once, when all its accounts are known: some charges
/// rest on the neighbours'. It writes beside the run's rows, in a run of its own.
/// </summary>
internal sealed class RowByRow(IServiceProvider services, TerritoryRecord territory, Rules rules, RunRecord run, int? server)
{
    private readonly RunId _own = new(run.Id.Value + 1_000_000);

    /// <returns>What all accounts of the run would take, from the first <paramref name="most"/> of them.</returns>
    public async Task<(Spent Whole, int Measured)> Measure(int most, CancellationToken stop)
    {
        var houses = new List<(BuildingId House, AccountId[] Accounts)>();
        await With(async db =>
        {
            if (db.Database.IsNpgsql())
                await MakeParts(db, stop);
            var accounts = await db.Set<Account>().AsNoTracking().OrderBy(a => a.BuildingId).ThenBy(a => a.Id)
                .Select(a => new { a.BuildingId, a.Id }).ToListAsync(stop);
            houses.AddRange(accounts.GroupBy(a => a.BuildingId).Select(g => (g.Key, g.Select(a => a.Id).ToArray())));
        });

        // The first house pays for what EF prepares once.
        var unmeasured = houses.Count > 1 ? 1 : 0;
        foreach (var (house, accounts) in houses.Take(unmeasured))
            await Bill(house, accounts, stop);
        var measured = 0;
        var spent = await Spent.On(async () =>
        {
            foreach (var (house, accounts) in houses.Skip(unmeasured).TakeWhile(_ => measured < most))
            {
                await Bill(house, accounts, stop);
                measured += accounts.Length;
            }
        }, server);
        var times = (double)run.Accounts / measured;
        return (new(spent.Seconds * times, spent.CpuSeconds * times), measured);
    }

    private async Task Bill(BuildingId house, AccountId[] accounts, CancellationToken stop)
    {
        var known = new List<OneAccount>();
        foreach (var account in accounts)
            await With(async db => known.Add(await new AccountFacts(db).Read(account, stop)));
        BuildingFacts? facts = null;
        await With(async db => facts = await Whole(new(db), house, known, stop));
        var chunk = new RunChunk(_own, run.Period, territory.Currency, []);
        chunk.Add(facts!, Evaluator.EvaluateBuilding(facts!, rules, run.Period).Value, EarlierBills.None);
        var lines = chunk.Lines.ToLookup(l => l.AccountId);
        foreach (var bill in chunk.Bills)
        {
            await With(async db =>
            {
                db.Add(bill);
                db.AddRange(lines[bill.AccountId]);
                await db.SaveChangesAsync(stop);
            });
        }
    }

    private async Task<BuildingFacts> Whole(AccountFacts reader, BuildingId house, List<OneAccount> known, CancellationToken stop)
    {
        var record = await reader.ReadHouse(house, stop);
        var readings = await reader.Readings(record.Meters, stop);
        return new()
        {
            Building = record with { Premises = [.. known.Select(k => k.Premises)], Accounts = [.. known.Select(k => k.Account)] },
            Currency = territory.Currency,
            TimeZone = territory.TimeZone,
            Since = territory.BilledSince,
            Readings = known.SelectMany(k => k.Readings).Concat(readings).GroupBy(r => r.Meter)
                .ToDictionary(g => g.Key, g => (IReadOnlyList<Reading>)[.. g]),
            MeterVolumes = await reader.Volumes(house, stop),
        };
    }

    /// <summary>On PostgreSQL a run's rows lie in a part of their own.</summary>
    private async Task MakeParts(OchagDb db, CancellationToken stop)
    {
        foreach (var table in new[] { "billing_bill", "billing_charge_line" })
        {
            var sql = string.Create(CultureInfo.InvariantCulture,
                $"CREATE TABLE {table}_row_by_row PARTITION OF {table}_{run.Period.Number} FOR VALUES IN ({_own.Value})");
            await db.Database.ExecuteSqlRawAsync(sql, stop);
        }
    }

    /// <summary>A context for a piece of work, as for a request.</summary>
    private async Task With(Func<OchagDb, Task> work)
    {
        await using var scope = services.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<OchagDb>());
    }
}

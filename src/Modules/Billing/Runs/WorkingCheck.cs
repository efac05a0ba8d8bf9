using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Foundation.Workings;
using Ochag.Registry.Contracts;
using Ochag.Storage;

namespace Ochag.Billing.Runs;

/// <summary>Computes posted lines again from their stored workings, by the checker that knows nothing of the evaluator.</summary>
internal sealed class WorkingCheck(OchagDb db)
{
    /// <summary>Faults that are told one by one; the rest is only counted.</summary>
    private const int Told = 20;

    public async Task<CheckedWorkings> Check(
        TerritoryId territory, BillingPeriod? month, IProgress<long>? progress, CancellationToken cancel)
    {
        var runs = await db.Set<Run>().AsNoTracking().Counting()
            .Where(r => r.TerritoryId == territory && (month == null || r.Period == month))
            .OrderBy(r => r.Period).ToListAsync(cancel);
        var (lines, faults, total) = (0L, 0L, new List<BrokenWorking>());
        foreach (var run in runs)
        {
            var posted = db.Set<ChargeLineRow>().AsNoTracking().Where(l => l.PostedIn == run.Period && l.RunId == run.Id)
                .Select(l => new { l.PostedIn, l.AccountId, l.RunId, l.Number, l.Amount, l.Quantity, l.Working }).AsAsyncEnumerable();
            await foreach (var line in posted.WithCancellation(cancel))
            {
                if (++lines % 10_000 == 0)
                    progress?.Report(lines);
                if (Fault(line.Working, line.Amount, line.Quantity) is not { } fault)
                    continue;
                faults++;
                if (total.Count < Told)
                    total.Add(new(new(line.PostedIn, line.AccountId, line.RunId, line.Number), fault));
            }
        }

        return new(lines, faults, total);
    }

    /// <summary>What is wrong with a line; null: it comes out.</summary>
    internal static string? Fault(byte[] working, Money amount, Fixed quantity)
    {
        try
        {
            var replayed = Replay.Run(Working.Read(working));
            if (replayed.Amount != amount.ToExact())
                return $"comes to {replayed.Amount.ToDecimal(2)}, posted is {amount}";
            return replayed.Quantity.Round(Fixed.Places) == quantity.Millionths
                ? null
                : $"the quantity comes to {replayed.Quantity}, posted is {quantity}";
        }
        catch (FormatException broken)
        {
            return broken.Message;
        }
    }
}

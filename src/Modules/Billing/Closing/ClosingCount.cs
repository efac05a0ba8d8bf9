using Microsoft.EntityFrameworkCore;
using Ochag.Billing.Contracts;
using Ochag.Billing.Storage;
using Ochag.Foundation;
using Ochag.Storage;

namespace Ochag.Billing.Closing;

/// <summary>Counts the sheet of a run from its lines in one pass, whatever their number, and keeps it with a closed month.</summary>
internal sealed class ClosingCount(OchagDb db)
{
    private const int ToldEvery = 10_000;

    public async Task<Outcome<ClosingSheet>> Count(Run run, IProgress<long>? progress, CancellationToken cancel)
    {
        var sums = new ClosingSums();
        var lines = db.Set<ChargeLineRow>().AsNoTracking().Where(l => l.PostedIn == run.Period && l.RunId == run.Id)
            .Select(l => new ClosingLine(
                l.AccountId, l.Number, l.Service, l.Component, l.Unit, l.Quantity, l.Amount.Minor, l.VatRate, l.VatMinor, l.VatOnTop,
                l.Working)).AsAsyncEnumerable();
        await foreach (var line in lines.WithCancellation(cancel))
        {
            try
            {
                sums.Add(line);
            }
            catch (FormatException)
            {
                return new Refusal(
                    "billing.closing-working-broken", ("account", $"{line.Account.Value}"), ("line", $"{line.Number}"));
            }

            if (sums.Lines % ToldEvery == 0)
                progress?.Report(sums.Lines);
        }

        return new ClosingSheet(run.Id, false, run.Total.Currency, sums.Groups(run.Total.Currency), sums.Accounts());
    }

    /// <summary>Puts the sheet beside the step that closes the month; the caller saves.</summary>
    public void Keep(ClosingSheet sheet)
    {
        db.AddRange(sheet.Groups.Select((g, i) => new ClosingRow
        {
            RunId = sheet.Run, Number = i + 1, Service = g.Service, Component = g.Component.Code, Unit = g.Unit, LowPrice = g.LowPrice,
            HighPrice = g.HighPrice, Prices = g.Prices, VatRate = g.VatRate, VatOnTop = g.VatOnTop, Lines = g.Lines,
            Quantity = g.Quantity, AmountMinor = g.Amount.Minor, VatMinor = g.Vat.Minor,
        }));
        db.AddRange(sheet.Accounts.Select(a => new ClosingServiceRow { RunId = sheet.Run, Service = a.Key, Accounts = a.Value }));
    }

    /// <summary>What was kept when the month was closed; null: closed before sheets were kept.</summary>
    public async Task<ClosingSheet?> Kept(Run run, CancellationToken cancel)
    {
        var rows = await db.Set<ClosingRow>().AsNoTracking().Where(r => r.RunId == run.Id).OrderBy(r => r.Number).ToListAsync(cancel);
        if (rows.Count == 0)
            return null;
        var accounts = await db.Set<ClosingServiceRow>().AsNoTracking().Where(r => r.RunId == run.Id)
            .ToDictionaryAsync(r => r.Service, r => r.Accounts, cancel);
        var currency = run.Total.Currency;
        return new(
            run.Id, true, currency,
            [.. rows.Select(r => new ClosingGroup(
                r.Service, Component.FromCode(r.Component), r.Unit, r.LowPrice, r.HighPrice, r.Prices, r.VatRate, r.VatOnTop, r.Lines,
                r.Quantity, new(r.AmountMinor, currency), new(r.VatMinor, currency)))],
            accounts);
    }
}
